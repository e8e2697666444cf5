// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WavesTest {
  private static final double TURN = 2 * Math.PI;

  /** Phases of all sizes up to a thousand turns, on both sides of 0. */
  private static double[] phases(int n) {
    SplittableRandom random = new SplittableRandom(7);
    double[] t = new double[n];
    for (int i = 0; i < n; i++) {
      t[i] = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-6, 4));
    }
    return t;
  }

  private static float[] floats(double[] t) {
    float[] out = new float[t.length];
    for (int i = 0; i < t.length; i++) {
      out[i] = (float) t[i];
    }
    return out;
  }

  @Test
  void floatsAreWithinEightUnitsOfOne() {
    float[] t = floats(phases(100_001));
    float[] out = new float[2 * t.length];
    new FloatWaves().map(t, 1, out, 0);
    double worst = 0;
    for (int i = 0; i < t.length; i++) {
      double angle = TURN * (t[i] - Math.rint(t[i]));
      worst = Math.max(worst, Math.abs(out[i] - StrictMath.cos(angle)));
      worst = Math.max(worst, Math.abs(out[t.length + i] - StrictMath.sin(angle)));
    }
    assertThat(worst).isLessThan(0x1p-20);
  }

  @Test
  void doublesAreWithinEightUnitsOfOne() {
    double[] t = phases(100_001);
    double[] out = new double[2 * t.length];
    new DoubleWaves().map(t, 1, out, 0);
    double worst = 0;
    for (int i = 0; i < t.length; i++) {
      double angle = TURN * (t[i] - Math.rint(t[i]));
      worst = Math.max(worst, Math.abs(out[i] - StrictMath.cos(angle)));
      worst = Math.max(worst, Math.abs(out[t.length + i] - StrictMath.sin(angle)));
    }
    assertThat(worst).isLessThan(0x1p-49);
  }

  @Test
  void quartersOfATurnAreWhatTheyShouldBe() {
    float[] out = new float[10];
    new FloatWaves().map(new float[] {0, 0.25f, -0.25f, 3, 1e6f + 0.5f}, 1, out, 0);
    assertThat(out[0]).isEqualTo(1);
    assertThat(out[5]).isZero();
    assertThat(out[1]).isBetween(-3e-7f, 3e-7f);
    assertThat(out[6]).isBetween(1 - 3e-7f, 1 + 3e-7f);
    assertThat(out[7]).isBetween(-1 - 3e-7f, -1 + 3e-7f);
    assertThat(out[3]).isEqualTo(1);
    assertThat(out[4]).isBetween(-1 - 3e-7f, -1 + 3e-7f);
  }

  @Test
  void phasesWithoutAFractionAreNoNumbers() {
    float[] out = new float[10];
    float last = Math.nextDown(0x1p22f);
    new FloatWaves()
        .map(new float[] {0x1p22f, -0x1p30f, Float.POSITIVE_INFINITY, Float.NaN, last}, 1, out, 0);
    assertThat(out).startsWith(Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    assertThat(out[4]).isBetween(-1f, 1f);
    double[] twice = new double[6];
    new DoubleWaves()
        .map(new double[] {0x1p51, Double.NEGATIVE_INFINITY, Math.nextDown(0x1p51)}, 1, twice, 0);
    assertThat(twice).startsWith(Double.NaN, Double.NaN);
    assertThat(twice[2]).isBetween(-1.0, 1.0);
  }

  /** The first call is interpreted, the last ones are compiled and vectorised. */
  @Test
  void compilingChangesNoBit() {
    double[] t = phases(2000);
    float[] few = floats(t);
    float[] first = new float[2 * few.length];
    double[] firstDoubles = new double[2 * t.length];
    new FloatWaves().map(few, 0.3f, first, 0);
    new DoubleWaves().map(t, 0.3, firstDoubles, 0);
    FloatWaves floatWaves = new FloatWaves();
    DoubleWaves doubleWaves = new DoubleWaves();
    float[] last = new float[first.length];
    double[] lastDoubles = new double[firstDoubles.length];
    for (int call = 0; call < 3000; call++) {
      floatWaves.map(few, 0.3f, last, 0);
      doubleWaves.map(t, 0.3, lastDoubles, 0);
    }
    assertThat(last).isEqualTo(first);
    assertThat(lastDoubles).isEqualTo(firstDoubles);
  }

  @Test
  void exponentialsAreWithinTwoUnits() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 200_000; i++) {
      double a = i < 100_000 ? random.nextDouble(-708, 709.7) : random.nextDouble(-2, 2);
      double expected = StrictMath.exp(a);
      assertThat(Math.abs(Exponential.of(a) - expected))
          .isLessThanOrEqualTo(2 * Math.ulp(expected));
    }
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(709.78)).isFinite();
    assertThat(Exponential.of(709.79)).isInfinite();
    assertThat(Exponential.of(-709)).isZero();
    assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.of(Double.NaN)).isNaN();
  }
}
