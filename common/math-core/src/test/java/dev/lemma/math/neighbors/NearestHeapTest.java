// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NearestHeapTest {
  private static double distance(long id) {
    return Math.floorMod(id * 7919, 13);
  }

  /** Ties broken by arrival, rows counted twice, or a merge that loses rows. */
  @Test
  void orderAndRepetitionDoNotMatter() {
    Random random = new Random(1);
    for (int k : new int[] {1, 2, 7, 40, 300}) {
      NearestHeap whole = NearestHeap.excluding(k, 5);
      NearestHeap first = NearestHeap.excluding(k, 5);
      NearestHeap second = NearestHeap.excluding(k, 5);
      for (int offer = 0; offer < 2000; offer++) {
        long id = random.nextInt(200) - 50;
        whole.offer(id, distance(id));
        (random.nextBoolean() ? first : second).offer(id, distance(id));
      }
      List<Long> expected =
          LongStream.range(-50, 150)
              .filter(id -> id != 5)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Long id) -> distance(id))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(k)
              .collect(Collectors.toList());
      assertThat(whole.ids()).containsExactly(expected.toArray(Long[]::new));
      first.merge(second);
      assertThat(first.ids()).isEqualTo(whole.ids());
      assertThat(first.distances())
          .containsExactly(expected.stream().mapToDouble(id -> distance(id)).toArray());
      assertThat(whole.threshold())
          .isEqualTo(k > 199 ? Double.POSITIVE_INFINITY : distance(expected.get(k - 1)));
    }
    assertThatThrownBy(() -> NearestHeap.of(0))
        .hasMessage("nearest rows: expected k of at least 1, found 0");
  }
}
