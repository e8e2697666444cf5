// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A uniform sample of fixed size without replacement: the rows with the lowest priorities. Whatever
 * the order in which rows are offered and parts merged, the sample is the same, up to rows with
 * equal keys, which cannot be told apart.
 *
 * <p>Holds at most {@code size} rows; an offer costs one comparison when the row is not taken and
 * O(log size) when it is. Not thread-safe.
 *
 * @param <T> what is kept of a row; never looked at
 */
public final class BottomSample<T> {
  /** A row of the sample. */
  public record Taken<T>(long priority, RowKey key, T row) implements Comparable<Taken<T>> {
    @Override
    public int compareTo(Taken<T> other) {
      int byPriority = Long.compareUnsigned(priority, other.priority);
      return byPriority != 0 ? byPriority : key.compareTo(other.key);
    }
  }

  private final RowSampling sampling;
  private final int size;
  // Its head is the row that goes first when a better one comes.
  private final PriorityQueue<Taken<T>> worstFirst =
      new PriorityQueue<>((one, other) -> other.compareTo(one));

  /**
   * An empty sample.
   *
   * @param sampling the purpose, which gives the priorities
   * @param size number of rows to keep, at least 1
   */
  public BottomSample(RowSampling sampling, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a sample holds at least 1 row, found size " + size);
    }
    this.sampling = sampling;
    this.size = size;
  }

  /**
   * Whether the row would enter the sample now: asked before a copy of the row is made for {@link
   * #offer}.
   */
  public boolean wants(RowKey key) {
    return wants(sampling.priority(key), key);
  }

  /** Takes the row if it belongs to the sample of all rows offered so far. */
  public void offer(RowKey key, T row) {
    long priority = sampling.priority(key);
    if (wants(priority, key)) {
      take(new Taken<>(priority, key, row));
    }
  }

  /**
   * Takes in the sample of other rows.
   *
   * @throws IllegalArgumentException if it has another purpose, seed or size
   */
  public void merge(BottomSample<T> other) {
    if (!sampling.equals(other.sampling) || size != other.size) {
      throw new IllegalArgumentException(
          "samples merge only when purpose, seed and size agree: found size "
              + size
              + " with salt "
              + sampling.salt()
              + " and size "
              + other.size
              + " with salt "
              + other.sampling.salt());
    }
    for (Taken<T> taken : other.worstFirst) {
      if (wants(taken.priority, taken.key)) {
        take(taken);
      }
    }
  }

  /** The rows by ascending priority, then key; rows 2i and 2i + 1 are disjoint uniform pairs. */
  public List<Taken<T>> rows() {
    List<Taken<T>> rows = new ArrayList<>(worstFirst);
    rows.sort(null);
    return rows;
  }

  private boolean wants(long priority, RowKey key) {
    if (worstFirst.size() < size) {
      return true;
    }
    Taken<T> worst = worstFirst.element();
    int order = Long.compareUnsigned(priority, worst.priority);
    return order < 0 || order == 0 && key.compareTo(worst.key) < 0;
  }

  private void take(Taken<T> taken) {
    if (worstFirst.size() == size) {
      worstFirst.remove();
    }
    worstFirst.add(taken);
  }
}
