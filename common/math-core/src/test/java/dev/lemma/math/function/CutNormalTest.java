// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.Test;

class CutNormalTest {
  private static final StreamKey KEY = StreamKey.of(20266, "test/cut-normal");
  private static final double AREA = CutNormal.HEIGHT[1] * CutNormal.WIDTH[0];

  /** Rectangles of equal area that cover the curve, edge on edge. */
  @Test
  void rectanglesCoverTheCurve() {
    for (int i = 0; i < CutNormal.LAYERS; i++) {
      double thickness = CutNormal.HEIGHT[i + 1] - CutNormal.HEIGHT[i];
      assertThat(CutNormal.WIDTH[i] * thickness).isCloseTo(AREA, within(1e-15));
      double below = Math.exp(-0.5 * CutNormal.WIDTH[i] * CutNormal.WIDTH[i]);
      double edge = Math.max(CutNormal.HEIGHT[i], Math.exp(-2));
      assertThat(below).isCloseTo(edge, within(1e-15));
    }
    assertThat(CutNormal.HEIGHT[CutNormal.LAYERS]).isBetween(1.0, 1 + 1e-12);
    assertThat(CutNormal.WIDTH[CutNormal.LAYERS]).isZero();
    // The area under the curve, of which a word in 180 falls outside.
    double curve = 1.1962880133226081;
    assertThat(curve / (CutNormal.LAYERS * AREA)).isBetween(0.99, 1.0);
  }

  @Test
  void drawsFollowTheLaw() {
    assertThat(Chance.evenlySpread(counts(1, 2))).isTrue();
    // A deviation wrong by 3 %, or a cut at another place, would be found.
    assertThat(Chance.evenlySpread(counts(1.03, 2))).isFalse();
    assertThat(Chance.evenlySpread(counts(1, 1.97))).isFalse();
  }

  /** 2^18 draws in 256 cells that the law makes equal. */
  private static long[] counts(double stretch, double cut) {
    long[] counts = new long[256];
    var law = TruncatedNormalDistribution.of(0, 1, -2, 2);
    for (int i = 0; i < 1 << 18; i++) {
      double x = stretch * CutNormal.draw(KEY, i >> 9, i & 511);
      if (Math.abs(x) <= cut) {
        counts[Math.min(255, (int) (256 * law.cumulativeProbability(x)))]++;
      }
    }
    return counts;
  }

  /** The short way and the source that goes on give the same draw, also where a word is refused. */
  @Test
  void addressAndSourceAgree() {
    KeyedSource source = new KeyedSource(KEY);
    int longer = 0;
    for (int i = 0; i < 10_000; i++) {
      double x = CutNormal.draw(source.at(3, i, 0));
      assertThat(CutNormal.draw(KEY, 3, i)).isEqualTo(x).isBetween(-2.0, 2.0);
      long next = source.nextLong();
      KeyedSource again = source.at(3, i, 0);
      again.nextLong();
      longer += again.nextLong() == next ? 0 : 1;
    }
    // 1.2 % ask for a second word.
    assertThat(longer).isBetween(50, 250);
  }
}
