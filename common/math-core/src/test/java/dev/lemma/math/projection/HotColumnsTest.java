// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotColumnsTest {
  private static final int RUN = 32;

  private static void fill(long feature, long[] to, int at, int words) {
    for (int w = 0; w < words; w++) {
      to[at + w] = ~feature * (2 * w + 3);
    }
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
