// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The buckets that are so crowded that their keys are lengthened, and to how many hashes. Look-ups
 * are binary searches. Immutable and thread-safe.
 */
public final class KeyLengths {
  private static final KeyLengths NONE = new KeyLengths(new long[0], new int[0]);

  private final long[] keys;
  private final int[] lengths;

  private KeyLengths(long[] keys, int[] lengths) {
    this.keys = keys;
    this.lengths = lengths;
  }

  /** No bucket is crowded. */
  public static KeyLengths none() {
    return NONE;
  }

  /**
   * Crowded buckets.
   *
   * @param keys those of m hashes, all different, in any order
   * @param hashes how many hashes the key of each is given
   * @throws IllegalArgumentException if a key comes twice, or the arrays' lengths differ
   */
  public static KeyLengths of(long[] keys, int[] hashes) {
    if (keys.length != hashes.length) {
      throw new IllegalArgumentException(
          "crowded buckets: expected a length for each of "
              + keys.length
              + " keys, found "
              + hashes.length);
    }
    int[] order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted((a, b) -> Long.compare(keys[a], keys[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sorted = new long[keys.length];
    int[] lengths = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      sorted[i] = keys[order[i]];
      lengths[i] = hashes[order[i]];
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException("crowded buckets: a key comes twice");
      }
    }
    return new KeyLengths(sorted, lengths);
  }

  /** How many hashes a key of m hashes is given; {@code otherwise} unless its bucket is crowded. */
  public int hashes(long key, int otherwise) {
    if (keys.length == 0) {
      return otherwise;
    }
    int place = Arrays.binarySearch(keys, key);
    return place < 0 ? otherwise : lengths[place];
  }

  /** Number of crowded buckets. */
  public int size() {
    return keys.length;
  }

  /** The crowded buckets' keys, ascending; copied out. */
  public long[] keys() {
    return keys.clone();
  }

  /** How many hashes each of {@link #keys} is given; copied out. */
  public int[] lengths() {
    return lengths.clone();
  }
}
