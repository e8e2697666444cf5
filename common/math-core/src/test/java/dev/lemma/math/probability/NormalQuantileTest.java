// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Against Commons Statistics, whose inverse error function is another algorithm. */
class NormalQuantileTest {
  @Test
  void agreesFromTheCentreToTheFarTails() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    for (double p = 0.5; p > 1e-300; p *= 0.83) {
      double expected = normal.inverseCumulativeProbability(p);
      assertThat(NormalQuantile.of(p))
          .as("p = " + p)
          .isCloseTo(expected, within(4e-15 * Math.max(1, Math.abs(expected))));
      if (p > 1e-10) {
        assertThat(NormalQuantile.of(1 - p))
            .isCloseTo(normal.inverseCumulativeProbability(1 - p), within(1e-14 * (1 - expected)));
      }
    }
  }

  @Test
  void endsAndNoNumbers() {
    assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(NormalQuantile.of(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(NormalQuantile.of(0.5)).isZero();
    assertThat(NormalQuantile.of(-0.1)).isNaN();
    assertThat(NormalQuantile.of(1.1)).isNaN();
    assertThat(NormalQuantile.of(Double.NaN)).isNaN();
  }
}
