// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static dev.lemma.math.projection.DistanceScale.SQUARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.projection.Guarantee.AllPairs;
import dev.lemma.math.projection.Guarantee.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicBoundsTest {
  /** The values of scikit-learn's own documentation and examples. */
  @ParameterizedTest
  @CsvSource({
    "1000000, 0.5, 663",
    "1000000, 0.1, 11841",
    "1000000, 0.01, 1112658",
    "10000, 0.1, 7894",
    "100000, 0.1, 9868"
  })
  void scikitLearnDocumentation(long rows, double eps, long k) {
    assertThat(ClassicBounds.scikitLearn(rows, eps)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({"1000000, 0.5, 663.14", "1000000, 0.1, 11841.87"})
  void scikitLearnCutsOffWhatTheBoundAsksFor(long rows, double eps, double bound) {
    assertThat(ClassicBounds.dasguptaGupta(rows, eps)).isCloseTo(bound, within(0.005));
  }

  /** The article's table, to its last digit. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0.1, 16578.613, 11052.408, 8837.552, 5920.933, 0.0005",
    "1000, 0.5, 663.1445, 442.0963, 438.4258, 331.5723, 0.00005",
    "10000, 0.2, 5526.204, 3684.136, 3125.956, 2125.463, 0.0005",
    "100000, 0.3, 3070.113, 2046.742, 1835.425, 1279.214, 0.0005"
  })
  void boundsOfTheArticle(
      long rows,
      double eps,
      double almostSure,
      double existence,
      double chernoff,
      double dasguptaGupta,
      double halfDigit) {
    assertThat(ClassicBounds.articleDimension(rows, eps)).isCloseTo(almostSure, within(halfDigit));
    assertThat(ClassicBounds.articleExistence(rows, eps)).isCloseTo(existence, within(halfDigit));
    assertThat(ClassicBounds.articleChernoff(rows, eps)).isCloseTo(chernoff, within(halfDigit));
    assertThat(ClassicBounds.dasguptaGupta(rows, eps)).isCloseTo(dasguptaGupta, within(halfDigit));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.5, 0.0878739, 5e-8", "64, 0.5, 0.2706706, 5e-8", "200, 0.3, 0.2107985, 1e-7"})
  void unitNormLemma(long n, double eps, double bound, double halfDigit) {
    assertThat(ClassicBounds.unitNormLemma(n, eps)).isCloseTo(bound, within(halfDigit));
  }

  @Test
  void chernoffPairOfTheArticle() {
    assertThat(Math.exp(ClassicBounds.logChernoff(100, 0.5, SQUARED)))
        .isCloseTo(0.00891920, within(5e-9));
  }

  /** Each bound above the exact law, in the order of their sharpness. */
  @ParameterizedTest
  @CsvSource({"5, 0.9", "64, 0.5", "300, 0.2", "11841, 0.1", "11841, 0.001"})
  void boundsLieAboveTheLaw(long k, double eps) {
    for (DistanceScale scale : DistanceScale.values()) {
      assertThat(ClassicBounds.logChernoff(k, eps, scale))
          .isGreaterThan(new ChiSquareLaw(k).logOutside(eps, scale));
    }
    assertThat(Math.log(ClassicBounds.unitNormLemma(k, eps)))
        .isGreaterThan(ClassicBounds.logChernoff(k, eps, SQUARED));
  }

  @ParameterizedTest
  @CsvSource({"300, 0.5", "1000000, 0.1", "1000000000000, 0.01"})
  void chernoffDimensionIsTheSmallest(long rows, double eps) {
    Guarantee guarantee = new AllPairs(rows);
    for (DistanceScale scale : DistanceScale.values()) {
      long k = ClassicBounds.chernoff(guarantee, eps, 0.01, scale);
      double allowance = guarantee.logAllowance(0.01);
      assertThat(ClassicBounds.logChernoff(k, eps, scale)).isLessThanOrEqualTo(allowance);
      assertThat(ClassicBounds.logChernoff(k - 1, eps, scale)).isGreaterThan(allowance);
      assertThat(k).isGreaterThan(JlBounds.dimension(guarantee, eps, 0.01, scale));
    }
  }

  @Test
  void chernoffForAShareOfPairsNeedsNoDelta() {
    assertThat(ClassicBounds.chernoff(new Share(0.99), 0.2, 0.3, SQUARED))
        .isEqualTo(ClassicBounds.chernoff(new Share(0.99), 0.2, 0.9, SQUARED))
        .isGreaterThan(334);
  }

  @Test
  void articleDimensionsKeepTheirPromise() {
    // 24 ln N / eps^2 and its sharper form promise a failure of at most 1 / N.
    for (long rows : new long[] {1000, 100_000}) {
      for (double eps : new double[] {0.1, 0.5}) {
        for (double bound :
            new double[] {
              ClassicBounds.articleDimension(rows, eps), ClassicBounds.articleChernoff(rows, eps)
            }) {
          TailLaw law = new ChiSquareLaw((long) Math.ceil(bound));
          assertThat(JlBounds.failure(law, new AllPairs(rows), eps, SQUARED))
              .isLessThan(1.0 / rows);
        }
      }
    }
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> ClassicBounds.scikitLearn(0, 0.1))
        .hasMessage("rows must be at least 1, found 0");
    assertThatThrownBy(() -> ClassicBounds.scikitLearn(10, 1))
        .hasMessage("eps must lie in (0, 1), found 1.0");
    assertThatThrownBy(() -> ClassicBounds.dasguptaGupta(10, 0.1, 1))
        .hasMessage("delta must lie in (0, 1), found 1.0");
  }
}
