// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static dev.lemma.math.projection.DistanceScale.SQUARED;
import static dev.lemma.math.projection.DistanceScale.UNSQUARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.projection.Guarantee.AllPairs;
import dev.lemma.math.projection.Guarantee.Norms;
import dev.lemma.math.projection.Guarantee.Queries;
import dev.lemma.math.projection.Guarantee.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact solver against independently computed tables, and its own properties. */
class JlBoundsTest {
  private static final double UNUSED = 0.5;

  @ParameterizedTest
  @CsvFileSource(resources = "all-pairs.csv", numLinesToSkip = 1)
  void allPairsTable(
      long rows,
      double eps,
      long scikitLearn,
      long exact5,
      long exact1,
      long exactMillionth,
      long explicit1,
      double failureAtScikitLearn,
      double halfDigit) {
    Guarantee guarantee = new AllPairs(rows);
    assertThat(ClassicBounds.scikitLearn(rows, eps)).isEqualTo(scikitLearn);
    assertThat(JlBounds.dimension(guarantee, eps, 0.05, SQUARED)).isEqualTo(exact5);
    assertThat(JlBounds.dimension(guarantee, eps, 0.01, SQUARED)).isEqualTo(exact1);
    assertThat(JlBounds.dimension(guarantee, eps, 1e-6, SQUARED)).isEqualTo(exactMillionth);
    assertThat(ClassicBounds.dasguptaGupta(rows, eps, 0.01)).isEqualTo(explicit1);
    assertThat(JlBounds.failure(new ChiSquareLaw(scikitLearn), guarantee, eps, SQUARED))
        .isCloseTo(failureAtScikitLearn, within(halfDigit));
  }

  @ParameterizedTest
  @CsvSource({
    "0.95, 0.1, 768", "0.95, 0.2, 191", "0.95, 0.3, 85",
    "0.99, 0.1, 1330", "0.99, 0.2, 334", "0.99, 0.3, 150",
    "0.999, 0.1, 2179", "0.999, 0.2, 555", "0.999, 0.3, 254"
  })
  void shareOfPairs(double share, double eps, long k) {
    assertThat(JlBounds.dimension(new Share(share), eps, UNUSED, SQUARED)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000000, 0.1, 9592",
    "1000, 1000000, 0.2, 2537",
    "10000, 100000000, 0.1, 12474",
    "10000, 100000000, 0.2, 3304"
  })
  void queriesAgainstRows(long queries, long rows, double eps, long k) {
    assertThat(JlBounds.dimension(new Queries(queries, rows), eps, 0.01, SQUARED)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({"1000000, 6744", "1000000000, 9592"})
  void normsAlone(long rows, long k) {
    assertThat(JlBounds.dimension(new Norms(rows), 0.1, 0.01, SQUARED)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({"10000, 2037", "1000000, 2958"})
  void unsquaredDistances(long rows, long k) {
    assertThat(JlBounds.dimension(new AllPairs(rows), 0.1, 0.01, UNSQUARED)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({
    "512, 10000, 0.2, 435", "512, 10000, 0.1, 505", "512, 1000000, 0.1, 512",
    "1024, 10000, 0.2, 695", "1024, 10000, 0.1, 949", "1024, 1000000, 0.1, 988",
    "2048, 10000, 0.2, 1009", "2048, 10000, 0.1, 1684", "2048, 1000000, 0.1, 1815",
    "4096, 10000, 0.2, 1375", "4096, 10000, 0.1, 2741", "4096, 1000000, 0.1, 3106",
    "16384, 10000, 0.2, 1916", "16384, 10000, 0.1, 5443", "16384, 1000000, 0.1, 6833",
    "131072, 10000, 0.2, 2165", "131072, 10000, 0.1, 7825", "131072, 1000000, 0.1, 11089"
  })
  void orthonormalRows(long d, long rows, double eps, long k) {
    assertThat(JlBounds.haarDimension(new AllPairs(rows), eps, 0.01, SQUARED, d)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({"1000, 0.5, 364", "1000, 0.1, 7403"})
  void failureOfOneOverNAsInTheArticle(long rows, double eps, long k) {
    assertThat(JlBounds.dimension(new AllPairs(rows), eps, 1.0 / rows, SQUARED)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0.5, 0.000910885, 5e-10",
    "64, 0.5, 0.00620161, 5e-9",
    "200, 0.3, 0.00318078, 5e-9"
  })
  void exactTailsOfTheArticle(long k, double eps, double tail, double halfDigit) {
    assertThat(new ChiSquareLaw(k).shareOutside(eps, SQUARED)).isCloseTo(tail, within(halfDigit));
  }

  /** The premise of the search, on every k of a range and both scales. */
  @ParameterizedTest
  @CsvSource({"0.001", "0.1", "0.5", "0.9", "0.9999999"})
  void failureFallsWithEveryStepOfKUnderTheChiSquareLaw(double eps) {
    for (DistanceScale scale : DistanceScale.values()) {
      double before = 0;
      for (long k = 1; k <= 2000; k++) {
        double now = new ChiSquareLaw(k).logOutside(eps, scale);
        assertThat(now).as("k = %d, eps = %s, %s", k, eps, scale).isLessThan(before);
        before = now;
      }
    }
  }

  /** Likewise for the Beta law, up to k = d where nothing fails. */
  @ParameterizedTest
  @CsvSource({"0.001", "0.1", "0.5", "0.9", "0.9999999"})
  void failureFallsWithEveryStepOfKUnderTheBetaLaw(double eps) {
    for (DistanceScale scale : DistanceScale.values()) {
      for (long d = 1; d <= 100; d++) {
        double before = Double.POSITIVE_INFINITY;
        for (long k = 1; k <= d; k++) {
          double now = new BetaLaw(k, d).logOutside(eps, scale);
          assertThat(now).as("k = %d, d = %d, eps = %s, %s", k, d, eps, scale).isLessThan(before);
          before = now;
        }
        assertThat(before).isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 0.9", "300, 0.5", "10000, 0.05", "1000000000000, 0.3", "1000000000000, 0.002"})
  void oneDimensionLessFails(long rows, double eps) {
    Guarantee guarantee = new AllPairs(rows);
    for (DistanceScale scale : DistanceScale.values()) {
      for (double delta : new double[] {0.9, 0.01, 1e-12, 1e-300}) {
        long k = JlBounds.dimension(guarantee, eps, delta, scale);
        double logDelta = Math.log(delta);
        assertThat(JlBounds.logFailure(new ChiSquareLaw(k), guarantee, eps, scale))
            .isLessThanOrEqualTo(logDelta + 1e-12 * Math.abs(logDelta));
        if (k > 1) {
          assertThat(JlBounds.logFailure(new ChiSquareLaw(k - 1), guarantee, eps, scale))
              .isGreaterThan(logDelta);
        }
      }
    }
  }

  @Test
  void tinyFailureProbabilitiesKeepTheirLogarithm() {
    Guarantee guarantee = new AllPairs(1_000_000_000_000L);
    ChiSquareLaw law = new ChiSquareLaw(30_000);
    assertThat(JlBounds.failure(law, guarantee, 0.6, SQUARED)).isZero();
    assertThat(JlBounds.logFailure(law, guarantee, 0.6, SQUARED)).isBetween(-2000.0, -1800.0);
  }

  @Test
  void failureIsAtMostOne() {
    assertThat(JlBounds.failure(new ChiSquareLaw(1), new AllPairs(1000), 0.1, SQUARED))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"50", "334", "12184", "1000000", "10000000000"})
  void epsilonInvertsTheDimension(long k) {
    for (Guarantee guarantee :
        new Guarantee[] {new Share(0.99), new Norms(1000), new AllPairs(1_000_000)}) {
      for (DistanceScale scale : DistanceScale.values()) {
        TailLaw law = new ChiSquareLaw(k);
        double eps = JlBounds.epsilon(law, guarantee, 0.01, scale).orElse(Double.NaN);
        if (k == 50 && !(guarantee instanceof Share)) {
          continue;
        }
        assertThat(law.logOutside(eps, scale))
            .isCloseTo(guarantee.logAllowance(0.01), within(1e-9));
        if (k < 1_000_000_000) {
          assertThat(JlBounds.dimension(guarantee, eps, 0.01, scale)).isEqualTo(k);
        }
      }
    }
  }

  @Test
  void epsilonIsEmptyWhereNoneBelowOneWillDo() {
    assertThat(JlBounds.epsilon(new ChiSquareLaw(20), new AllPairs(1_000_000), 0.01, SQUARED))
        .isEmpty();
  }

  @Test
  void epsilonOfARotationIsZero() {
    assertThat(JlBounds.epsilon(new BetaLaw(64, 64), new AllPairs(1000), 0.01, SQUARED))
        .hasValue(0);
  }

  @Test
  void epsilonUnderTheBetaLawIsSmallerThanUnderTheChiSquareLaw() {
    Guarantee guarantee = new AllPairs(10_000);
    double beta = JlBounds.epsilon(new BetaLaw(695, 1024), guarantee, 0.01, SQUARED).orElseThrow();
    assertThat(beta).isCloseTo(0.2, within(0.0005)).isLessThanOrEqualTo(0.2);
    assertThat(JlBounds.epsilon(new ChiSquareLaw(695), guarantee, 0.01, SQUARED).orElseThrow())
        .isGreaterThan(0.35);
  }

  @Test
  void orthonormalRowsTendToTheChiSquareLaw() {
    Guarantee guarantee = new AllPairs(10_000);
    assertThat(JlBounds.haarDimension(guarantee, 0.2, 0.01, SQUARED, 1L << 40)).isEqualTo(2206);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    Guarantee guarantee = new AllPairs(1000);
    assertThatThrownBy(() -> JlBounds.dimension(guarantee, 1, 0.01, SQUARED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("eps must lie in (0, 1), found 1.0");
    assertThatThrownBy(() -> JlBounds.dimension(guarantee, Double.NaN, 0.01, SQUARED))
        .hasMessage("eps must lie in (0, 1), found NaN");
    assertThatThrownBy(() -> JlBounds.dimension(guarantee, 0.1, 0, SQUARED))
        .hasMessage("delta must lie in (0, 1), found 0.0");
    assertThatThrownBy(() -> JlBounds.dimension(guarantee, 1e-9, 0.01, SQUARED))
        .hasMessage("eps = 1.0E-9 asks for more than 2^52 dimensions: choose a larger eps");
    assertThatThrownBy(() -> new AllPairs(1)).hasMessage("rows must be at least 2, found 1");
    assertThatThrownBy(() -> new Queries(0, 5)).hasMessage("queries must be at least 1, found 0");
    assertThatThrownBy(() -> new Norms(0)).hasMessage("rows must be at least 1, found 0");
    assertThatThrownBy(() -> new Share(1)).hasMessage("share must lie in (0, 1), found 1.0");
    assertThatThrownBy(() -> new ChiSquareLaw(0)).hasMessage("k must lie in 1 to 2^52, found 0");
    assertThatThrownBy(() -> new BetaLaw(9, 8)).hasMessage("k must lie in 1 to d = 8, found 9");
  }
}
