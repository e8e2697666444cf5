// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotColumnsTest {
  private static final int RUN = 33;

  private static void fill(long feature, long[] to, int at, int words) {
    for (int w = 0; w < words; w++) {
      to[at + w] = ~feature * (2 * w + 3);
    }
  }

  /** 600 features come again and again, between others that come once. */
  @Test
  void whatComesOftenIsSeldomMadeAnew() {
    int[] made = new int[2];
    HotColumns cache =
        new HotColumns(
            (feature, to, at) -> {
              to[at] = feature;
              made[feature < 0 ? 1 : 0]++;
            },
            1,
            RUN);
    SplittableRandom random = new SplittableRandom(4);
    long[] features = new long[RUN];
    long[] columns = new long[RUN];
    int often = 0;
    int once = 0;
    for (int run = 0; run < 20_000; run++) {
      for (int i = 0; i < RUN; i++) {
        features[i] = i % 4 == 3 ? - ++once : (1 + random.nextInt(25)) * (long) RUN + i;
        often += i % 4 == 3 ? 0 : 1;
      }
      cache.copy(features, 0, RUN, columns);
    }
    assertThat(made[1]).isEqualTo(once);
    assertThat((double) made[0] / often).isLessThan(0.02);
  }

  // 40,000 skewed features overfill the cache while it is small: columns are
  // driven out, change places and are lost when it grows. 100,000 words: the least cache, always
  // full. Feature 0 has the id of an empty slot.
  @ParameterizedTest
  @CsvSource({"1, 20000, 1", "3, 20000, 1", "1, 20000, -7046029254386353131", "100000, 5, 1"})
  void columnsAreThoseOfTheLaw(int words, int runs, long step) {
    HotColumns cache =
        new HotColumns((feature, to, at) -> fill(feature, to, at, words), words, RUN);
    SplittableRandom random = new SplittableRandom(3);
    long[] features = new long[RUN + 2];
    long[] columns = new long[RUN * words];
    long[] expected = new long[words];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < RUN; i++) {
        // Distinct within the run by their lowest bits.
        double skewed = Math.pow(random.nextDouble(), 4);
        features[i + 2] = step * ((long) (skewed * 1250) * RUN + i);
      }
      int n = 1 + random.nextInt(RUN);
      cache.copy(features, 2, n, columns);
      for (int i = 0; i < n; i++) {
        fill(features[i + 2], expected, 0, words);
        for (int w = 0; w < words; w++) {
          if (columns[i * words + w] != expected[w]) {
            assertThat(columns[i * words + w])
                .as("word %d of feature %d in run %d", w, features[i + 2], run)
                .isEqualTo(expected[w]);
          }
        }
      }
    }
  }
}
