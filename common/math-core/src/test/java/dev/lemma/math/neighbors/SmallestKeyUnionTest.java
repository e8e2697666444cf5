// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SmallestKeyUnionTest {
  /** A group named by another of its keys, or two groups left apart; against relabelling. */
  @Test
  void groupsAreNamedByTheirSmallestKey() {
    Random random = new Random(3);
    SmallestKeyUnion union = new SmallestKeyUnion();
    Map<Long, Long> names = new TreeMap<>();
    long[] keys = random.longs(500).toArray();
    keys[0] = 0;
    keys[1] = Long.MIN_VALUE;
    for (long key : keys) {
      union.add(key);
      names.put(key, key);
    }
    for (int edge = 0; edge < 400; edge++) {
      long a = keys[random.nextInt(keys.length)];
      long b = keys[random.nextInt(keys.length)];
      union.union(a, b);
      long first = names.get(a);
      long second = names.get(b);
      names.replaceAll(
          (key, name) -> name == first || name == second ? Math.min(first, second) : name);
    }
    Map<Long, Long> found = new TreeMap<>();
    union.forEach(found::put);
    assertThat(found).isEqualTo(names);
    assertThat(union.size()).isEqualTo(names.size());
    assertThat(union.smallest(keys[7])).isEqualTo(names.get(keys[7]));
    assertThat(union.smallest(123456789L)).isEqualTo(123456789L);
  }
}
