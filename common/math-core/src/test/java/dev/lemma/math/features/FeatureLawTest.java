// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Means and variances of kernel estimates over many seeds. A mean is held against its own standard
 * error: 4.5 of them, false alarms below 7e-6 a case. Seeds are fixed, so that a test that passes
 * passes always.
 */
class FeatureLawTest {
  private static final double ALARM = 4.5;
  private static final int K = 32;
  private static final double[] X = {.3, -.2, .5, .1, 0, .9, -.4, .2};
  private static final double[] Y = {.4, .1, -.3, .2, .6, .5, 0, -.1};
  private static final PairMeasures PAIR = PairMeasures.of(X, Y);

  /** Estimates of the kernel of X and Y, one a seed. */
  private static double[] estimates(FeatureSpec first, int seeds) {
    return estimates(first, seeds, FeatureLawTest::all);
  }

  private static double all(double[][] z) {
    return dot(z, 0, z[0].length);
  }

  private static double dot(double[][] z, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += z[0][i] * z[1][i];
    }
    return sum;
  }

  private static double[] estimates(
      FeatureSpec first, int seeds, ToDoubleFunction<double[][]> estimate) {
    double[] all = new double[seeds];
    double[][] z = new double[2][first.k()];
    for (int s = 0; s < seeds; s++) {
      FeatureMap map =
          FeatureMap.of(
              new FeatureSpec(
                  first.kernel(), first.frequencies(), first.norms(), first.k(), first.d(), s));
      map.map(X, z[0]);
      map.map(Y, z[1]);
      all[s] = estimate.applyAsDouble(z);
    }
    return all;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  /** How many standard errors the mean is away from a value. */
  private static double away(double[] values, double from) {
    return (mean(values) - from) / Math.sqrt(variance(values) / values.length);
  }

  private static FeatureSpec spec(String kernel, String design, String norms) {
    KernelFunction function =
        switch (kernel) {
          case "gaussian" -> new KernelFunction.Gaussian(1.2);
          case "laplacian" -> new KernelFunction.Laplacian(3);
          case "matern-0.5" -> new KernelFunction.Matern(1.5, 0.5);
          case "matern-2.5" -> new KernelFunction.Matern(1.5, 2.5);
          default -> new KernelFunction.Softmax(1.1);
        };
    return new FeatureSpec(
        function, FrequencyDesign.valueOf(design), NormDesign.valueOf(norms), K, X.length, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "gaussian, IID, INDEPENDENT",
    "gaussian, IID, STRATIFIED",
    "gaussian, ORTHOGONAL, INDEPENDENT",
    "gaussian, ORTHOGONAL, STRATIFIED",
    "gaussian, HADAMARD, STRATIFIED",
    "laplacian, IID, INDEPENDENT",
    "matern-0.5, IID, INDEPENDENT",
    "matern-0.5, IID, STRATIFIED",
    "matern-2.5, ORTHOGONAL, STRATIFIED",
    "matern-2.5, HADAMARD, INDEPENDENT",
    "softmax, IID, INDEPENDENT",
    "softmax, ORTHOGONAL, STRATIFIED",
    "softmax, HADAMARD, INDEPENDENT"
  })
  void estimatesHaveTheKernelAsTheirMean(String kernel, String design, String norms) {
    FeatureSpec spec = spec(kernel, design, norms);
    double[] estimates = estimates(spec, 600);
    assertThat(away(estimates, spec.kernel().value(PAIR))).isBetween(-ALARM, ALARM);
  }

  @Test
  void theTestOfMeansSeesABandwidthThatIsOffByAFifth() {
    FeatureSpec spec = spec("gaussian", "IID", "INDEPENDENT");
    double other = spec.kernel().withBandwidth(1.2 * spec.kernel().bandwidth()).value(PAIR);
    assertThat(Math.abs(away(estimates(spec, 600), other))).isGreaterThan(2 * ALARM);
  }

  /** The relative standard error of a variance of 4,000 estimates is some 3 %: six of them. */
  @ParameterizedTest
  @CsvSource({"gaussian", "laplacian", "matern-0.5", "matern-2.5", "softmax"})
  void independentFrequenciesHaveTheVarianceOfTheFormula(String kernel) {
    FeatureSpec spec = spec(kernel, "IID", "INDEPENDENT");
    double predicted = spec.kernel().frequencyVariance(PAIR) / spec.count();
    assertThat(variance(estimates(spec, 4000)) / predicted).isBetween(0.82, 1.18);
  }

  /** One positive feature a frequency: the article's variance, from the first half of features. */
  @Test
  void onePositiveFeatureHasTheVarianceOfTheArticle() {
    FeatureSpec spec = spec("softmax", "IID", "INDEPENDENT");
    KernelFunction.Softmax softmax = (KernelFunction.Softmax) spec.kernel();
    // Features of both signs are over sqrt(2 m): alone, the first half is half of the estimate.
    double[] positive = estimates(spec, 4000, z -> 2 * dot(z, 0, K / 2));
    assertThat(away(positive, softmax.value(PAIR))).isBetween(-ALARM, ALARM);
    assertThat(variance(positive) / (softmax.onePositiveVariance(PAIR) / spec.count()))
        .isBetween(0.75, 1.25);
    assertThat(variance(estimates(spec, 4000))).isLessThan(variance(positive));
  }

  /** The trigonometric estimate of the softmax kernel, out of features of the Gaussian one. */
  @Test
  void theTrigonometricEstimateHasTheVarianceOfTheArticle() {
    KernelFunction.Softmax softmax = new KernelFunction.Softmax(1.2);
    double factor = Math.exp(0.5 * PAIR.squaredNorms() / (1.2 * 1.2));
    FeatureSpec gaussian = spec("gaussian", "IID", "INDEPENDENT");
    double[] estimates = estimates(gaussian, 4000, z -> factor * all(z));
    assertThat(away(estimates, softmax.value(PAIR))).isBetween(-ALARM, ALARM);
    assertThat(variance(estimates) / (softmax.trigonometricVariance(PAIR) / gaussian.count()))
        .isBetween(0.82, 1.18);
  }

  @Test
  void orthogonalDirectionsAndStratifiedNormsHaveLessVariance() {
    double iid = variance(estimates(spec("gaussian", "IID", "INDEPENDENT"), 1200));
    double stratified = variance(estimates(spec("gaussian", "IID", "STRATIFIED"), 1200));
    double orthogonal = variance(estimates(spec("gaussian", "ORTHOGONAL", "INDEPENDENT"), 1200));
    double both = variance(estimates(spec("gaussian", "ORTHOGONAL", "STRATIFIED"), 1200));
    assertThat(stratified).isLessThan(0.95 * iid);
    assertThat(orthogonal).isLessThan(0.8 * iid);
    assertThat(both).isLessThan(0.95 * orthogonal);
    double matern = variance(estimates(spec("matern-0.5", "IID", "INDEPENDENT"), 1200));
    double strata = variance(estimates(spec("matern-0.5", "IID", "STRATIFIED"), 1200));
    assertThat(strata).isLessThan(0.7 * matern);
  }

  /** Quantiles lack the tails: the mean square of norms is below d, the more so the fewer. */
  @Test
  void quantilesFallShortOfTheMeanSquare() {
    FeatureSpec quantiles = spec("gaussian", "ORTHOGONAL", "QUANTILES").withK(8);
    double[] norms = FrequencyNorms.of(quantiles, X.length);
    double few = Arrays.stream(norms).map(r -> r * r).average().orElseThrow();
    assertThat(few).isBetween(0.85 * X.length, 0.97 * X.length);
    double[] many = FrequencyNorms.of(quantiles.withK(4096), X.length);
    assertThat(Arrays.stream(many).map(r -> r * r).average().orElseThrow())
        .isBetween(0.995 * X.length, (double) X.length);
    Arrays.sort(norms);
    ChiLaw law = new ChiLaw(X.length);
    for (int i = 0; i < norms.length; i++) {
      assertThat(norms[i]).isEqualTo(law.quantile((i + 1.0) / (norms.length + 1)));
    }
  }

  @Test
  void oneNormLiesInEachStratum() {
    FeatureSpec spec = spec("gaussian", "ORTHOGONAL", "STRATIFIED");
    double[] norms = FrequencyNorms.of(spec, X.length);
    Arrays.sort(norms);
    ChiLaw law = new ChiLaw(X.length);
    for (int i = 1; i < norms.length; i++) {
      double edge = law.quantile((double) i / norms.length);
      assertThat(norms[i - 1]).isLessThanOrEqualTo(edge);
      assertThat(norms[i]).isGreaterThanOrEqualTo(edge);
    }
  }
}
