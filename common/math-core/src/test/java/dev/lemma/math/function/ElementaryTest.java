// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against Java's own, which is within an ulp: a wrong entry of a table is thousands. */
class ElementaryTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double ulps(double found, double expected) {
    return Math.abs(found - expected) / Math.ulp(expected);
  }

  @Test
  void exponentials() {
    Random random = new Random(1);
    for (int i = 0; i < 40_000; i++) {
      // Every piece of the table, small and large.
      double x = i < 20_000 ? (i - 10_000) * 0.0697 : random.nextGaussian();
      assertThat(ulps(Elementary.exp(x), StrictMath.exp(x))).as("exp %s", x).isLessThan(1.6);
    }
    double[] edges = {0, -0.0, 1e-300, -1e-20, 699.99, 700, 709.7, 710, -708.3, -740, -800, -1e300};
    for (double x : edges) {
      assertThat(Elementary.exp(x)).as("exp %s", x).isEqualTo(Math.exp(x));
    }
    assertThat(Elementary.exp(INFINITY)).isEqualTo(INFINITY);
    assertThat(Elementary.exp(-INFINITY)).isZero();
    assertThat(Elementary.exp(Double.NaN)).isNaN();
  }

  @Test
  void logarithmsOfOnePlus() {
    for (double y = 1e-20; y < 1e12; y *= 1.01) {
      assertThat(ulps(Elementary.log1p(y), StrictMath.log1p(y))).as("%s", y).isLessThan(2.6);
    }
    for (double y : new double[] {0, Double.MIN_VALUE, 1e-17, INFINITY}) {
      assertThat(Elementary.log1p(y)).isEqualTo(Math.log1p(y));
    }
    assertThat(Elementary.log1p(Double.NaN)).isNaN();
  }

  @Test
  void sinesOfHalfATurn() {
    for (int i = -16_384; i <= 16_384; i++) {
      double y = i * 0x1p-15;
      double expected = StrictMath.sin(Math.PI * y);
      assertThat(Elementary.sinOfPi(y)).as("%s", y).isCloseTo(expected, within(4.5e-16));
      assertThat(Elementary.sinOfPi(Math.copySign(1, y) - y)).isEqualTo(Elementary.sinOfPi(y));
    }
    for (double y = 1e-300; y < 0.01; y *= 3) {
      assertThat(ulps(Elementary.sinOfPi(y), StrictMath.sin(Math.PI * y))).isLessThan(2.6);
    }
    assertThat(Elementary.sinOfPi(0.5)).isCloseTo(1, within(2.3e-16));
    assertThat(Elementary.sinOfPi(1)).isZero();
    assertThat(Elementary.sinOfPi(-0.0)).isEqualTo(-0.0);
    assertThat(Elementary.sinOfPi(Double.NaN)).isNaN();
  }

  @Test
  void nearestIntegers() {
    double[] edges = {
      0, 0.5, 1.5, 2.5, 0.49999999999999994, 7.3, 0x1p51 - 0.5, 0x1p51 + 0.5, 1e300
    };
    for (double x : edges) {
      assertThat(Elementary.nearest(x)).isEqualTo(Math.rint(x));
      assertThat(0.0 - Elementary.nearest(-x)).isEqualTo(Math.rint(x));
    }
    assertThat(Elementary.nearest(INFINITY)).isEqualTo(INFINITY);
    assertThat(Elementary.nearest(Double.NaN)).isNaN();
  }

  @Test
  void anglesInAllQuadrants() {
    Random random = new Random(2);
    for (int i = 0; i < 40_000; i++) {
      double y = random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6);
      double x = random.nextGaussian();
      double expected = StrictMath.atan2(y, x);
      assertThat(ulps(Elementary.atan2(y, x), expected)).as("%s / %s", y, x).isLessThan(3.6);
    }
    double[] edges = {0, -0.0, 1, -1, 1e-160, -1e160, 1e300, INFINITY, -INFINITY, Double.NaN};
    for (double y : edges) {
      for (double x : edges) {
        Double expected = Math.atan2(y, x);
        assertThat(Elementary.atan2(y, x)).as("%s / %s", y, x).isEqualTo(expected);
      }
    }
  }
}
