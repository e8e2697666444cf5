// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static dev.lemma.math.projection.DistanceScale.SQUARED;
import static dev.lemma.math.projection.DistanceScale.UNSQUARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TailLawTest {
  private static final TailLaw[] LAWS = {
    new ChiSquareLaw(1), new ChiSquareLaw(40), new ChiSquareLaw(5000), new BetaLaw(30, 70)
  };

  @ParameterizedTest
  @EnumSource
  void densityIntegratesToTheIntervalsProbability(DistanceScale scale) {
    for (TailLaw law : LAWS) {
      TailLaw.Interval interval = law.interval(0.9, scale);
      int steps = 20_000;
      double width = (interval.upper() - interval.lower()) / steps;
      double sum = 0;
      for (int i = 0; i < steps; i++) {
        sum += width * Math.exp(law.logDensity(interval.lower() + (i + 0.5) * width, scale));
      }
      assertThat(sum).as("%s", law).isCloseTo(0.9, within(2e-3));
    }
  }

  @Test
  void intervalLeavesHalfOfTheRestOnEitherSide() {
    for (TailLaw law : LAWS) {
      TailLaw.Interval interval = law.interval(0.99, SQUARED);
      assertThat(Math.exp(law.logAbove(interval.upper() - 1))).isCloseTo(0.005, within(1e-12));
      assertThat(Math.exp(law.logBelow(1 - interval.lower()))).isCloseTo(0.005, within(1e-12));
      TailLaw.Interval root = law.interval(0.99, UNSQUARED);
      assertThat(root.lower() * root.lower()).isCloseTo(interval.lower(), within(1e-15));
      assertThat(root.upper() * root.upper()).isCloseTo(interval.upper(), within(1e-14));
    }
  }

  @Test
  void unsquaredDistancesAskForSquares() {
    TailLaw law = new ChiSquareLaw(500);
    double expected = Math.exp(law.logAbove(1.1 * 1.1 - 1)) + Math.exp(law.logBelow(1 - 0.9 * 0.9));
    assertThat(law.shareOutside(0.1, UNSQUARED)).isCloseTo(expected, within(1e-13 * expected));
  }

  @Test
  void distortionsNearOneKeepTheLowerTail() {
    // k = 1: P(|Z| < 1e-9) = 2e-9 phi(0); 1 - (1 - 1e-9)^2 would have rounded to 1.
    double rest = 1e-9;
    double below = Math.log(2 * rest / Math.sqrt(2 * Math.PI));
    TailLaw law = new ChiSquareLaw(1);
    double above = law.logAbove(3 - 4 * rest);
    assertThat(law.shareOutside(1 - rest, UNSQUARED) - Math.exp(above))
        .isCloseTo(Math.exp(below), within(1e-15));
  }

  @Test
  void variances() {
    assertThat(new ChiSquareLaw(300).variance()).isEqualTo(2.0 / 300);
    assertThat(new BetaLaw(300, 1000).variance())
        .isCloseTo(2.0 * 700 / (300.0 * 1002), within(1e-18));
    assertThat(new BetaLaw(64, 64).variance()).isZero();
  }

  @Test
  void aRotationDistortsNothing() {
    TailLaw law = new BetaLaw(64, 64);
    assertThat(law.logOutside(1e-300, SQUARED)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(law.interval(0.999, UNSQUARED)).isEqualTo(new TailLaw.Interval(1, 1));
    assertThat(law.logDensity(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(law.logDensity(1.01)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void oneCoordinateOfTheSphereInThreeDimensionsIsUniform() {
    // Archimedes: |coordinate| is uniform on [0, 1], so that P(3 c^2 < r) = sqrt(r / 3).
    TailLaw law = new BetaLaw(1, 3);
    assertThat(Math.exp(law.logBelow(0.25))).isCloseTo(0.5, within(1e-15));
    assertThat(Math.exp(law.logAbove(0.92))).isCloseTo(0.2, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource
  void onlyGaussianAndOrthonormalFollowTheirLaw(Family family) {
    FamilyLaw law = FamilyLaw.of(family, 20, OptionalLong.of(100));
    boolean own = family == Family.GAUSSIAN || family == Family.ORTHONORMAL;
    assertThat(law.status()).isEqualTo(own ? LawStatus.GUARANTEE : LawStatus.REFERENCE);
    assertThat(law.law())
        .isEqualTo(family == Family.ORTHONORMAL ? new BetaLaw(20, 100) : new ChiSquareLaw(20));
  }

  @Test
  void theLawOfASpecification() {
    ProjectionSpec spec = new ProjectionSpec(Family.SPARSE_SIGN, 1, 20, OptionalLong.empty(), 4, 0);
    assertThat(FamilyLaw.of(spec))
        .isEqualTo(new FamilyLaw(new ChiSquareLaw(20), LawStatus.REFERENCE));
    assertThatThrownBy(() -> FamilyLaw.of(Family.ORTHONORMAL, 20, OptionalLong.empty()))
        .hasMessage("the law of orthonormal rows needs the input dimension d");
  }
}
