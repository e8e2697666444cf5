// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.SparseRow;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelFunctionTest {
  private static final double[] Q = {.3, -.2, .5, .1};
  private static final double[] K = {.4, .1, -.3, .2};

  /** The numbers of the article's example, to ten digits. */
  @Test
  void softmaxVariancesAreThoseOfTheExample() {
    KernelFunction.Softmax softmax = new KernelFunction.Softmax(1);
    PairMeasures pair = PairMeasures.of(Q, K);
    assertThat(softmax.value(pair)).isCloseTo(0.9704455335485, within(1e-13));
    assertThat(softmax.onePositiveVariance(pair)).isCloseTo(0.8265025178, within(1e-10));
    assertThat(softmax.trigonometricVariance(pair)).isCloseTo(0.2775222661, within(1e-10));
    double a = Math.exp(pair.squaredSum());
    assertThat(softmax.frequencyVariance(pair))
        .isCloseTo(0.5 * (1 - 1 / a) * 0.8265025178, within(1e-10));
  }

  /** Known: with one coordinate at distance 1 and s = 1 the closed forms of the Matern kernel. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.36787944117144233",
    "1.5, 0.4833577245965077",
    "2.5, 0.5239941088318203",
  })
  void maternHasItsClosedForms(double smoothness, double expected) {
    PairMeasures pair = PairMeasures.of(new double[] {0}, new double[] {1});
    assertThat(new KernelFunction.Matern(1, smoothness).value(pair))
        .isCloseTo(expected, within(1e-15));
  }

  @Test
  void smoothMaternComesNearTheGaussian() {
    PairMeasures pair = PairMeasures.of(new double[] {0, 0}, new double[] {0.5, 0.7});
    assertThat(new KernelFunction.Matern(1, 10.5).value(pair))
        .isCloseTo(new KernelFunction.Gaussian(1).value(pair), within(0.03));
  }

  @Test
  void measuresOfSparseRowsAreThoseOfDenseOnes() {
    SparseRow x = new SparseRow();
    SparseRow y = new SparseRow();
    double[] a = {0, 2, 0, -1, 0, 0, 3};
    double[] b = {1, 0, 0, 4, 0, 5, 0};
    for (int j = 0; j < a.length; j++) {
      if (a[j] != 0) {
        x.append(j, a[j]);
      }
      if (b[j] != 0) {
        y.append(j, b[j]);
      }
    }
    assertThat(PairMeasures.of(x, y)).isEqualTo(PairMeasures.of(a, b));
    assertThat(PairMeasures.of(a, b)).isEqualTo(new PairMeasures(16, 64, -4, 56));
  }

  @Test
  void theMedianIsTakenOfTheDistanceThatTheKernelSees() {
    List<PairMeasures> pairs =
        List.of(
            PairMeasures.of(new double[] {0, 0}, new double[] {3, 4}),
            PairMeasures.of(new double[] {0, 0}, new double[] {0, 0}),
            PairMeasures.of(new double[] {0, 0}, new double[] {6, 8}));
    KernelFunction gaussian = new KernelFunction.Gaussian(1);
    assertThat(MedianRule.bandwidth(gaussian, 2, pairs)).hasValue(7.5);
    assertThat(MedianRule.bandwidth(new KernelFunction.Laplacian(1), 2, pairs)).hasValue(10.5);
    assertThat(MedianRule.bandwidth(new KernelFunction.Softmax(1), 16, List.of())).hasValue(2);
    assertThat(MedianRule.bandwidth(gaussian, 2, pairs.subList(1, 2)))
        .isEqualTo(OptionalDouble.empty());
    assertThat(MedianRule.bandwidth(gaussian, 2, pairs.subList(0, 1))).hasValue(5);
  }

  /** The article's quantiles, and one far into each tail by tables of the chi-square law. */
  @ParameterizedTest
  @CsvSource({
    "4, 0.25, 1.38656321",
    "4, 0.5, 1.83212827",
    "4, 0.75, 2.32061825",
    "64, 0.25, 7.48665541",
    "64, 0.5, 7.95830271",
    "64, 0.75, 8.43949882",
    "1, 0.5, 0.67448975",
    "1, 0.999, 3.29052673",
    "2, 0.000001, 0.00141421",
    "1024, 0.5, 31.98958284",
  })
  void quantilesOfNorms(int n, double p, double expected) {
    assertThat(new ChiLaw(n).quantile(p)).isCloseTo(expected, within(6e-9));
  }

  /** By scipy.stats.f: the squared norm over n follows F(n, f). */
  @ParameterizedTest
  @CsvSource({
    "4, 1, 0.25, 1.4876551893480998",
    "4, 1, 0.5, 2.7001591377882885",
    "4, 1, 0.999, 1499.9994444442905",
    "64, 5, 1e-06, 2.6156499485285867",
    "64, 5, 0.5, 8.530233572390554",
    "64, 5, 0.9999999, 252.67571540142941",
    "1024, 1, 0.5, 47.426419366993",
    "1024, 21, 0.75, 36.29567846974775",
    "1, 1, 0.5, 1.0",
    "2, 3, 0.001, 0.04474000614111984",
  })
  void quantilesOfNormsOfTheStudentLaw(int n, int degrees, double p, double expected) {
    assertThat(new StudentNormLaw(n, degrees).quantile(p))
        .isCloseTo(expected, within(1e-8 * expected));
  }
}
