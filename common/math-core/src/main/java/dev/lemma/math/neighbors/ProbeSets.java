// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;

/**
 * Sets of changes to the hashes of a key in ascending order of their total cost, at most one change
 * to each hash.
 *
 * <p>The changes are ordered by cost; a set is a mask over them. From the best set left, two others
 * follow: its last change replaced by the next one, and the next one added. Every set has exactly
 * one predecessor, none of which costs more, so a heap yields all sets in order; those with two
 * changes to one hash are passed over. Sets of equal cost come by ascending mask: the order is a
 * function of the costs.
 *
 * <p>O(log s) a set, s being the number of sets passed. Reused from key to key: allocates nothing
 * once its arrays have grown. Not thread-safe.
 */
final class ProbeSets {
  /** How many changes take part: the cheapest. */
  static final int MOST_CHANGES = 64;

  private final double[] costs = new double[MOST_CHANGES];
  private final int[] hashes = new int[MOST_CHANGES];
  private final long[] differences = new long[MOST_CHANGES];
  private int changes;
  private double[] heapCosts = new double[64];
  private long[] heapMasks = new long[64];
  private int heapSize;
  private boolean started;

  /** Forgets all changes. */
  void clear() {
    changes = 0;
    heapSize = 0;
    started = false;
  }

  /**
   * Adds a change, kept if it is among the cheapest.
   *
   * @param cost at least 0
   * @param hash which hash is changed
   * @param difference exclusive or of the old value and the new one
   */
  void add(double cost, int hash, long difference) {
    int place = changes;
    if (changes == MOST_CHANGES) {
      if (!(cost < costs[changes - 1])) {
        return;
      }
      place--;
    } else {
      changes++;
    }
    while (place > 0 && costs[place - 1] > cost) {
      costs[place] = costs[place - 1];
      hashes[place] = hashes[place - 1];
      differences[place] = differences[place - 1];
      place--;
    }
    costs[place] = cost;
    hashes[place] = hash;
    differences[place] = difference;
  }

  /** The next best set as a mask over the changes, or 0 when there is none. */
  long next() {
    if (!started) {
      started = true;
      if (changes > 0) {
        push(costs[0], 1);
      }
    }
    while (heapSize > 0) {
      double cost = heapCosts[0];
      long mask = heapMasks[0];
      pop();
      int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(mask);
      if (last + 1 < changes) {
        long added = 1L << (last + 1);
        push(cost - costs[last] + costs[last + 1], mask ^ 1L << last | added);
        push(cost + costs[last + 1], mask | added);
      }
      if (isOneEach(mask)) {
        return mask;
      }
    }
    return 0;
  }

  /** Which hash a change concerns. */
  int hash(int change) {
    return hashes[change];
  }

  /** Exclusive or of the old value and the new one. */
  long difference(int change) {
    return differences[change];
  }

  private boolean isOneEach(long mask) {
    long seen = 0;
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      long bit = 1L << hashes[Long.numberOfTrailingZeros(rest)];
      if ((seen & bit) != 0) {
        return false;
      }
      seen |= bit;
    }
    return true;
  }

  private void push(double cost, long mask) {
    if (heapSize == heapCosts.length) {
      heapCosts = Arrays.copyOf(heapCosts, 2 * heapSize);
      heapMasks = Arrays.copyOf(heapMasks, 2 * heapSize);
    }
    int child = heapSize++;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!isBefore(cost, mask, heapCosts[parent], heapMasks[parent])) {
        break;
      }
      heapCosts[child] = heapCosts[parent];
      heapMasks[child] = heapMasks[parent];
      child = parent;
    }
    heapCosts[child] = cost;
    heapMasks[child] = mask;
  }

  private void pop() {
    heapSize--;
    double cost = heapCosts[heapSize];
    long mask = heapMasks[heapSize];
    int parent = 0;
    for (int child = 1; child < heapSize; child = 2 * parent + 1) {
      if (child + 1 < heapSize
          && isBefore(
              heapCosts[child + 1], heapMasks[child + 1], heapCosts[child], heapMasks[child])) {
        child++;
      }
      if (!isBefore(heapCosts[child], heapMasks[child], cost, mask)) {
        break;
      }
      heapCosts[parent] = heapCosts[child];
      heapMasks[parent] = heapMasks[child];
      parent = child;
    }
    heapCosts[parent] = cost;
    heapMasks[parent] = mask;
  }

  private static boolean isBefore(double cost, long mask, double otherCost, long otherMask) {
    return cost < otherCost || cost == otherCost && Long.compareUnsigned(mask, otherMask) < 0;
  }
}
