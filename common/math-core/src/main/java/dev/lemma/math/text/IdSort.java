// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.util.Arrays;

/**
 * Sorts ids that are hashes, in linear time: their high bits put them into buckets of about one id
 * each, in order, and only a bucket is sorted by comparing. Reused from row to row.
 */
final class IdSort {
  private static final int SMALL = 40;
  private static final int MAX_BUCKET_BITS = 16;
  private static final int LARGE_BUCKET = 24;

  private long[] ids = new long[64];
  private long[] sorted = new long[64];
  private int[] ends = new int[64];

  /** The array to fill with at least this capacity; what it held is lost. */
  long[] input(int capacity) {
    if (ids.length < capacity) {
      ids = new long[capacity + capacity / 2];
    }
    return ids;
  }

  /** Sorts the first {@code count} ids of the input in ascending signed order. */
  long[] sort(int count) {
    if (count <= SMALL) {
      insertionSort(ids, 0, count);
      return ids;
    }
    if (sorted.length < ids.length) {
      sorted = new long[ids.length];
    }
    int bits = Math.min(MAX_BUCKET_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
    scatter(count, bits);
    sortBuckets(1 << bits);
    return sorted;
  }

  /** Moves the ids into their buckets and leaves behind where each bucket ends. */
  private void scatter(int count, int bits) {
    int buckets = 1 << bits;
    if (ends.length < buckets) {
      ends = new int[buckets];
    } else {
      Arrays.fill(ends, 0, buckets, 0);
    }
    // The shift keeps the sign, so that negative ids come first.
    int shift = Long.SIZE - bits;
    int half = buckets >> 1;
    for (int i = 0; i < count; i++) {
      ends[(int) (ids[i] >> shift) + half]++;
    }
    int start = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      int size = ends[bucket];
      ends[bucket] = start;
      start += size;
    }
    for (int i = 0; i < count; i++) {
      long id = ids[i];
      sorted[ends[(int) (id >> shift) + half]++] = id;
    }
  }

  private void sortBuckets(int buckets) {
    int start = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      int end = ends[bucket];
      if (end - start > LARGE_BUCKET) {
        // A frequent word: insertion would be quadratic in its count.
        Arrays.sort(sorted, start, end);
      } else {
        insertionSort(sorted, start, end);
      }
      start = end;
    }
  }

  private static void insertionSort(long[] values, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long value = values[i];
      int j = i - 1;
      while (j >= from && values[j] > value) {
        values[j + 1] = values[j];
        j--;
      }
      values[j + 1] = value;
    }
  }
}
