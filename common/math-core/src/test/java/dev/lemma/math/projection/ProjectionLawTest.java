// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws over the choice of the seed: unbiasedness and the variance of squared norms, by Monte
 * Carlo over 12,000 fixed seeds. Each check has a false alarm rate of about 1e-6 (central limit
 * theorem, the error of a variance from the sample's own fourth moment).
 */
class ProjectionLawTest {
  private static final int SEEDS = 12_000;
  private static final int D = 24;

  /** Squared norms of the images of u under one matrix for each seed. */
  private static double[] squaredNorms(LongFunction<Projection> matrices, int k, double[] u) {
    double[] ratios = new double[SEEDS];
    double[] out = new double[k];
    for (int seed = 0; seed < SEEDS; seed++) {
      matrices.apply(seed).project(u, out);
      ratios[seed] = Specs.dot(out, out);
    }
    return ratios;
  }

  /** Whether squared norms have mean 1 and the variance that a law says. */
  private static boolean fits(double[] ratios, double variance) {
    double n = ratios.length;
    double mean = Arrays.stream(ratios).sum() / n;
    double second = Arrays.stream(ratios).map(r -> (r - 1) * (r - 1)).sum() / n;
    double fourth = Arrays.stream(ratios).map(r -> Math.pow(r - 1, 4)).sum() / n;
    // Rounding alone remains where the variance is 0.
    double error = Math.sqrt((fourth - second * second) / n) + 1e-25;
    return Chance.meanFits(mean, 1, Math.sqrt(variance / n) + 1e-13)
        && Chance.meanFits(second, variance, error);
  }

  static Stream<Arguments> families() {
    double[] spread = Specs.unit(Specs.gaussians(1, D));
    double[] pair = new double[D];
    pair[3] = 0.8;
    pair[17] = -0.6;
    double[] single = new double[D];
    single[5] = 1;
    return Stream.of(Family.values())
        .flatMap(
            family ->
                Stream.of(spread, pair, single)
                    .flatMap(
                        u -> Stream.of(6, 16).map(k -> Arguments.of(family, k, u, Specs.q4(u)))));
  }

  @ParameterizedTest(name = "{0}, k = {1}, q4 = {3}")
  @MethodSource("families")
  void squaredNormsHaveMeanOneAndTheVarianceOfTheLaw(Family family, int k, double[] u, double q4) {
    double[] ratios = squaredNorms(seed -> Projection.of(Specs.of(family, seed, k, D)), k, u);
    double law = Projection.of(Specs.of(family, 0, k, D)).squaredNormVariance(q4);
    assertThat(fits(ratios, law)).isTrue();
  }

  @Test
  void theCheckRefusesBrokenMatricesAndWrongLaws() {
    double[] u = Specs.unit(Specs.gaussians(1, D));
    double q4 = Specs.q4(u);
    int k = 16;
    double signLaw = Projection.of(Specs.of(Family.SIGN, 0, k, D)).squaredNormVariance(q4);
    double[] sign = squaredNorms(seed -> Projection.of(Specs.of(Family.SIGN, seed, k, D)), k, u);
    assertThat(fits(sign, signLaw)).isTrue();
    assertThat(fits(sign, 2.0 / k)).as("the Gaussian law, %s above", q4).isFalse();
    assertThat(fits(sign, signLaw * 1.08)).as("8 %% off").isFalse();

    // Every second feature has the signs of its left neighbour.
    double[] shared = u.clone();
    Arrays.fill(shared, 0);
    for (int j = 0; j < D; j++) {
      shared[j - j % 2] += u[j];
    }
    double[] broken =
        squaredNorms(seed -> Projection.of(Specs.of(Family.SIGN, seed, k, D)), k, shared);
    assertThat(fits(broken, signLaw)).as("signs shared by neighbours").isFalse();

    double[] veryFewMatrices =
        squaredNorms(seed -> Projection.of(Specs.of(Family.SIGN, seed % 7, k, D)), k, u);
    assertThat(fits(veryFewMatrices, signLaw)).as("seven seeds only").isFalse();
  }

  @Test
  void unevenBlocksOfTheSparseSignFamilyFollowTheirOwnSum() {
    // k = 7 in 5 blocks: sizes 1, 1, 2, 1, 2.
    int k = 7;
    ProjectionSpec spec = new ProjectionSpec(Family.SPARSE_SIGN, 0, k, OptionalLong.of(D), 5, 0);
    double[] u = Specs.unit(Specs.gaussians(2, D));
    double law = Projection.of(spec).squaredNormVariance(Specs.q4(u));
    assertThat(law).isCloseTo(2 * (1 - Specs.q4(u)) * (1 + 1 + 0.5 + 1 + 0.5) / 25, within(1e-15));
    double[] ratios =
        squaredNorms(
            seed ->
                Projection.of(
                    new ProjectionSpec(Family.SPARSE_SIGN, seed, k, OptionalLong.of(D), 5, 0)),
            k,
            u);
    assertThat(fits(ratios, law)).isTrue();
    assertThat(fits(ratios, 2 * (1 - Specs.q4(u)) / k)).as("the law of even blocks").isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"SIGN", "SPARSE_SIGN", "HADAMARD"})
  void aSingleFeatureKeepsItsLengthExactly(Family family) {
    // k and the number of signs are powers of four: the scale is exact.
    double[] single = new double[D];
    single[5] = 3;
    double[] out = new double[16];
    for (int seed = 0; seed < 100; seed++) {
      Projection.of(Specs.of(family, seed, 16, D)).project(single, out);
      assertThat(Specs.dot(out, out)).isEqualTo(9);
    }
  }

  @Test
  void theVerySparseFamilyLosesFeatures() {
    // (1 - 1/50)^20 = 0.668 of the columns are empty; 400 seeds, false alarm 1e-6.
    ProjectionSpec zero =
        new ProjectionSpec(Family.VERY_SPARSE, 0, 20, OptionalLong.of(D), 0, 0.02);
    assertThat(Projection.of(zero).squaredNormVariance(1))
        .isCloseTo((2 + 47) / 20.0, within(1e-12));
    double[] single = new double[D];
    single[5] = 1;
    double[] out = new double[20];
    int lost = 0;
    for (int seed = 0; seed < 400; seed++) {
      Projection.of(new ProjectionSpec(Family.VERY_SPARSE, seed, 20, OptionalLong.of(D), 0, 0.02))
          .project(single, out);
      lost += Specs.dot(out, out) == 0 ? 1 : 0;
    }
    double share = Math.pow(0.98, 20);
    assertThat(Chance.meanFits(lost / 400.0, share, Math.sqrt(share * (1 - share) / 400))).isTrue();
  }

  @Test
  void everyOutputOfTheVerySparseFamilyIsHitAtItsDensity() {
    ProjectionSpec spec = Specs.open(Family.VERY_SPARSE, 5, 11);
    Projection projection = Projection.of(spec);
    long[] hits = new long[11];
    double signs = 0;
    double[] out = new double[11];
    int features = 20_000;
    for (int j = 0; j < features; j++) {
      SparseRow row = new SparseRow();
      row.append(j, 1);
      projection.project(row, out);
      for (int c = 0; c < 11; c++) {
        hits[c] += out[c] != 0 ? 1 : 0;
        signs += Math.signum(out[c]);
      }
    }
    for (int c = 0; c < 11; c++) {
      assertThat(
              Chance.meanFits(
                  (double) hits[c] / features,
                  Specs.DENSITY,
                  Math.sqrt(Specs.DENSITY * (1 - Specs.DENSITY) / features)))
          .as("output %d", c)
          .isTrue();
    }
    assertThat(Chance.meanFits(signs, 0, Math.sqrt(Specs.DENSITY * 11 * features))).isTrue();
  }

  @Test
  void densityOneHasNoZeros() {
    double[] out = new double[9];
    double[] single = {0, 1};
    Projection.of(new ProjectionSpec(Family.VERY_SPARSE, 3, 9, OptionalLong.of(2), 0, 1))
        .project(single, out);
    assertThat(out).containsOnly(1.0 / 3, -1.0 / 3);
  }

  @Test
  void gaussianSquaredNormsFollowTheChiSquareLaw() {
    int k = 6;
    double[] u = Specs.unit(Specs.gaussians(3, D));
    double[] ratios =
        squaredNorms(seed -> Projection.of(Specs.of(Family.GAUSSIAN, seed, k, D)), k, u);
    ChiSquaredDistribution law = ChiSquaredDistribution.of(k);
    assertThat(Chance.follows(ratios, r -> law.cumulativeProbability(k * r))).isTrue();
    ChiSquaredDistribution other = ChiSquaredDistribution.of(k + 1);
    assertThat(Chance.follows(ratios, r -> other.cumulativeProbability((k + 1) * r))).isFalse();
  }

  @Test
  void orthonormalSquaredNormsFollowTheBetaLawForEveryDirection() {
    int k = 6;
    BetaDistribution law = BetaDistribution.of(k / 2.0, (D - k) / 2.0);
    double[] last = new double[D];
    last[D - 1] = 1;
    for (double[] u : new double[][] {last, Specs.unit(Specs.gaussians(3, D))}) {
      double[] ratios =
          squaredNorms(seed -> Projection.of(Specs.of(Family.ORTHONORMAL, seed, k, D)), k, u);
      assertThat(Chance.follows(ratios, r -> law.cumulativeProbability(r * k / D))).isTrue();
    }
  }

  @Test
  void squareOrthonormalMatricesAreHaar() {
    // Diaconis and Shahshahani: over O(d) the trace has mean 0 and variance 1 for d of at least 2.
    // A Householder factor whose signs nobody fixed has a mean far from 0.
    int d = 4;
    double sum = 0;
    double squares = 0;
    double[] firsts = new double[SEEDS];
    double[] out = new double[d];
    for (int seed = 0; seed < SEEDS; seed++) {
      Projection q = Projection.of(Specs.of(Family.ORTHONORMAL, seed, d, d));
      double trace = 0;
      for (int j = 0; j < d; j++) {
        double[] e = new double[d];
        e[j] = 1;
        q.project(e, out);
        trace += out[j];
        if (j == 0) {
          firsts[seed] = out[0];
        }
      }
      sum += trace;
      squares += trace * trace;
    }
    assertThat(Chance.meanFits(sum / SEEDS, 0, 1 / Math.sqrt(SEEDS))).isTrue();
    // E trace^4 = 3: the variance of its square is 2.
    assertThat(Chance.meanFits(squares / SEEDS, 1, Math.sqrt(2.0 / SEEDS))).isTrue();
    // An entry x of a Haar matrix: (1 + x)/2 ~ Beta((d - 1)/2, (d - 1)/2).
    BetaDistribution law = BetaDistribution.of((d - 1) / 2.0, (d - 1) / 2.0);
    assertThat(Chance.follows(firsts, x -> law.cumulativeProbability((1 + x) / 2))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"ORTHONORMAL", "HADAMARD"})
  void withAllOutputsItIsAnIsometry(Family family) {
    Projection projection = Projection.of(Specs.of(family, 12, 64, 64));
    double[] u = Specs.unit(Specs.gaussians(9, 64));
    double[] out = new double[64];
    double[] back = new double[64];
    projection.project(u, out);
    assertThat(Specs.dot(out, out)).isCloseTo(1, within(1e-13));
    projection.backProject(out, back);
    assertThat(back).containsExactly(u, within(1e-13));
    assertThat(projection.squaredNormVariance(0.2)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void theTransposeTimesTheMatrixIsTheIdentityOnAverage(Family family) {
    int d = 10;
    int k = 5;
    double[] sums = new double[d];
    double[] squares = new double[d];
    double[] e = new double[d];
    e[6] = 1;
    double[] out = new double[k];
    double[] back = new double[d];
    for (int seed = 0; seed < SEEDS; seed++) {
      Projection projection = Projection.of(Specs.of(family, seed, k, d));
      projection.project(e, out);
      projection.backProject(out, back);
      for (int j = 0; j < d; j++) {
        sums[j] += back[j];
        squares[j] += back[j] * back[j];
      }
    }
    for (int j = 0; j < d; j++) {
      double mean = sums[j] / SEEDS;
      double error = Math.sqrt(Math.max(0, squares[j] / SEEDS - mean * mean) / SEEDS) + 1e-15;
      assertThat(Chance.meanFits(mean, e[j], error)).as("entry %d", j).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Family.class, mode = Mode.EXCLUDE, names = "VERY_SPARSE")
  void noFamilyButTheVerySparseIsWorseThanTheGaussian(Family family) {
    Projection projection = Projection.of(Specs.of(family, 0, 8, 64));
    for (double q4 : new double[] {1.0 / 64, 0.3, 1}) {
      assertThat(projection.squaredNormVariance(q4)).isBetween(0.0, 2.0 / 8);
    }
  }
}
