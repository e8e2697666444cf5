// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

/**
 * The leaves that one partition holds, those from {@code from} to {@code to} - 1.
 *
 * @param from the first
 * @param to behind the last; {@code Long.MAX_VALUE} when no leaf follows
 */
public record LeafRun(long from, long to) {
  /** The leaves of a partition, as {@link LeafLayout} spreads them. */
  public static LeafRun of(int partition, int partitions, int leaves) {
    long to = first(partition + 1, partitions, leaves);
    return new LeafRun(first(partition, partitions, leaves), to >= leaves ? Long.MAX_VALUE : to);
  }

  /** The smallest leaf with leaf · partitions / leaves at least {@code partition}. */
  private static long first(long partition, long partitions, long leaves) {
    return (partition * leaves + partitions - 1) / partitions;
  }

  /**
   * The first leaf of the largest node of the tree of a pairwise merge that holds this leaf and
   * otherwise only leaves of this run: what can be merged here without changing the result.
   */
  public long nodeOf(long leaf) {
    int level = 0;
    while (level < Integer.SIZE) {
      long start = leaf >> level + 1 << level + 1;
      long end = start + (2L << level);
      if (start < from || end > to) {
        break;
      }
      level++;
    }
    return leaf >> level << level;
  }
}
