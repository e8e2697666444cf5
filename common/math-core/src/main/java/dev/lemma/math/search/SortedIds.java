// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

import java.util.Arrays;

/** Ids in ascending order. */
final class SortedIds {
  private SortedIds() {}

  /** Sorts the array in place and returns each id once. */
  static long[] distinct(long[] ids) {
    Arrays.sort(ids);
    int kept = 0;
    for (int i = 0; i < ids.length; i++) {
      if (i == 0 || ids[i] != ids[i - 1]) {
        ids[kept++] = ids[i];
      }
    }
    return Arrays.copyOf(ids, kept);
  }
}
