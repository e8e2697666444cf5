// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final WeightSemantics ROWS = WeightSemantics.FREQUENCY;

  private static ClassMoments oneClass(double[]... rows) {
    return TwoPassMoments.of(rows, new int[rows.length], 1);
  }

  /** With one feature T^2 is the square of Student's statistic. */
  @Test
  void oneFeatureIsStudentsTest() {
    ClassMoments a = oneClass(new double[][] {{1}, {2}, {4}, {5}});
    ClassMoments b = oneClass(new double[][] {{3}, {6}, {7}});
    HotellingTest test = Drift.ofMeans(a, b, 0, ROWS).orElseThrow();
    double variance = (10 + 26.0 / 3) / 5;
    double t = (3 - 16.0 / 3) / Math.sqrt(variance * (1 / 4.0 + 1 / 3.0));
    assertThat(test.tSquared()).isCloseTo(t * t, within(1e-12));
    assertThat(test.distance()).isCloseTo(Math.pow(3 - 16.0 / 3, 2) / variance, within(1e-12));
    assertThat(test.above()).isEqualTo(1);
    assertThat(test.below()).isEqualTo(5);
    double p = 2 * TDistribution.of(5).survivalProbability(Math.abs(t));
    assertThat(Math.exp(test.logP())).isCloseTo(p, within(1e-12));
  }

  @Test
  void fTailsAgreeWithTheOracle() {
    for (double shift : new double[] {0.02, 0.3, 1, 4}) {
      double[][] rows = TwoPassMoments.gaussians(60, 3, 1, 40);
      double[][] moved = TwoPassMoments.gaussians(50, 3, 1, 41);
      Arrays.stream(moved).forEach(row -> row[1] += shift);
      HotellingTest test = Drift.ofMeans(oneClass(rows), oneClass(moved), 0, ROWS).orElseThrow();
      double expected = FDistribution.of(3, 106).survivalProbability(test.f());
      assertThat(test.below()).isEqualTo(106);
      assertThat(Math.exp(test.logP())).isCloseTo(expected, within(1e-9 * expected + 1e-15));
    }
  }

  /** False alarms at the level of 5%, over 300 pairs: a binomial count, at {@link Chance}. */
  @Test
  void bothTestsHoldTheirLevel() {
    int runs = 300;
    int means = 0;
    int covariances = 0;
    for (int run = 0; run < runs; run++) {
      double[][] rows = TwoPassMoments.gaussians(120, 3, 2, 1000 + run);
      int[] labels = TwoPassMoments.turns(120, 2);
      ClassMoments a = TwoPassMoments.of(Arrays.copyOf(rows, 60), Arrays.copyOf(labels, 60), 2);
      ClassMoments b =
          TwoPassMoments.of(
              Arrays.copyOfRange(rows, 60, 120), Arrays.copyOfRange(labels, 60, 120), 2);
      means += Drift.ofMeans(a, b, 1, ROWS).orElseThrow().logP() < Math.log(0.05) ? 1 : 0;
      covariances += Drift.ofCovariances(a, b, ROWS).orElseThrow().logP() < Math.log(0.05) ? 1 : 0;
    }
    double error = Math.sqrt(0.05 * 0.95 / runs);
    assertThat(Chance.meanFits((double) means / runs, 0.05, error)).as(means + "").isTrue();
    assertThat(Chance.meanFits((double) covariances / runs, 0.05, error))
        .as(covariances + "")
        .isTrue();
  }

  /** One feature: M = nu ln v - sum of nu_i ln v_i, Bartlett's statistic. */
  @Test
  void oneFeatureIsBartlettsTest() {
    ClassMoments a = oneClass(new double[][] {{1}, {2}, {4}, {5}});
    ClassMoments b = oneClass(new double[][] {{3}, {16}, {7}, {1}, {0}});
    double va = 10.0 / 3;
    double vb = (315 - 27 * 27 / 5.0) / 4;
    double m = 7 * Math.log((3 * va + 4 * vb) / 7) - 3 * Math.log(va) - 4 * Math.log(vb);
    BoxTest test = Drift.ofCovariances(a, b, ROWS).orElseThrow();
    assertThat(test.m()).isCloseTo(m, within(1e-12));
    double c = (1 / 3.0 + 1 / 4.0 - 1 / 7.0) / 3;
    assertThat(test.chiSquare()).isCloseTo((1 - c) * m, within(1e-12));
    assertThat(test.degrees()).isEqualTo(1);
    assertThat(test.rank()).isEqualTo(1);
  }

  @Test
  void unitsAndDependentFeaturesChangeNothing() {
    double[][] a = TwoPassMoments.gaussians(40, 2, 1, 42);
    double[][] b = TwoPassMoments.gaussians(40, 2, 1, 43);
    HotellingTest plain = Drift.ofMeans(oneClass(a), oneClass(b), 0, ROWS).orElseThrow();
    BoxTest plainBox = Drift.ofCovariances(oneClass(a), oneClass(b), ROWS).orElseThrow();
    double[][][] wide = {a, b};
    ClassMoments[] moments = new ClassMoments[2];
    for (int g = 0; g < 2; g++) {
      moments[g] =
          oneClass(
              Arrays.stream(wide[g])
                  .map(x -> new double[] {9, 1e5 * x[0], x[1] + 1e3, x[0] - x[1]})
                  .toArray(double[][]::new));
    }
    HotellingTest test = Drift.ofMeans(moments[0], moments[1], 0, ROWS).orElseThrow();
    assertThat(test.above()).isEqualTo(2);
    assertThat(test.tSquared()).isCloseTo(plain.tSquared(), within(1e-8));
    assertThat(test.logP()).isCloseTo(plain.logP(), within(1e-8));
    assertThat(Drift.ofCovariances(moments[0], moments[1], ROWS).orElseThrow().m())
        .isCloseTo(plainBox.m(), within(1e-8));
  }

  @Test
  void certaintiesAndWhatCannotBeTested() {
    ClassMoments zeros = oneClass(new double[][] {{0, 1}, {0, 2}, {0, 4}});
    ClassMoments ones = oneClass(new double[][] {{1, 1}, {1, 3}, {1, 4}});
    HotellingTest certain = Drift.ofMeans(zeros, ones, 0, ROWS).orElseThrow();
    assertThat(certain.tSquared()).isInfinite();
    assertThat(certain.logP()).isEqualTo(Double.NEGATIVE_INFINITY);
    ClassMoments varying = oneClass(new double[][] {{1, 1}, {2, 3}, {1, 4}, {0, 0}});
    BoxTest degenerate = Drift.ofCovariances(zeros, varying, ROWS).orElseThrow();
    assertThat(degenerate.m()).isInfinite();
    assertThat(degenerate.logP()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Drift.ofMeans(oneClass(new double[] {1, 2}), ones, 0, ROWS)).isPresent();
    assertThat(Drift.ofMeans(oneClass(new double[] {1, 2}), oneClass(new double[] {1, 3}), 0, ROWS))
        .isEmpty();
    assertThat(Drift.ofMeans(ClassMoments.empty(1, 2, ScatterLayout.PER_CLASS), ones, 0, ROWS))
        .isEmpty();
    assertThat(Drift.ofCovariances(oneClass(new double[] {1, 2}), ones, ROWS)).isEmpty();
    assertThatThrownBy(() -> Drift.ofMeans(ones, oneClass(new double[] {1}), 0, ROWS))
        .hasMessage("moments of 1 classes and 2 features cannot be compared with 1 and 1");
  }

  /** The pooled layout has one scatter, of more degrees of freedom. */
  @Test
  void withoutScattersByClassThePooledOneServes() {
    int[] labels = TwoPassMoments.turns(60, 3);
    ClassMoments a = TwoPassMoments.of(TwoPassMoments.gaussians(60, 2, 3, 44), labels, 3);
    ClassMoments b = TwoPassMoments.of(TwoPassMoments.gaussians(60, 2, 3, 45), labels, 3);
    assertThat(Drift.ofMeans(a, b, 2, ROWS).orElseThrow().below()).isEqualTo(40 - 2 - 2 + 1);
    assertThat(Drift.ofMeans(a.pooled(), b.pooled(), 2, ROWS).orElseThrow().below())
        .isEqualTo(120 - 6 - 2 + 1);
  }
}
