// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * Turns rows into blocks: takes as many rows as fit into {@value #BLOCK_BYTES} bytes, hands out the
 * block of each group, and goes on.
 */
final class BlockIterator implements Iterator<Tuple2<Integer, DrawBlock>> {
  private static final int BLOCK_BYTES = 1 << 25;
  private static final int FEWEST_ROWS = 4;
  private static final int MOST_ROWS = 1 << 16;

  private final RowFeed feed;
  private final ColumnGroups groups;
  private final int fromGroup;
  private final int toGroup;
  private final int capacity;
  private final long[] chains;
  private final long[] iterations;
  private double[][] values;
  private int rows;
  private int group;
  private boolean ended;

  /** Blocks of all groups. */
  BlockIterator(RowFeed feed, ColumnGroups groups) {
    this(feed, groups, 0, groups.count());
  }

  /**
   * Blocks of some groups.
   *
   * @param feed rows of the parameters of these groups alone, the first of them being its number 0
   */
  BlockIterator(RowFeed feed, ColumnGroups groups, int fromGroup, int toGroup) {
    this.feed = feed;
    this.groups = groups;
    this.fromGroup = fromGroup;
    this.toGroup = toGroup;
    int columns = groups.from(toGroup) - groups.from(fromGroup);
    int bytes = Double.BYTES * Math.max(1, columns);
    capacity = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, BLOCK_BYTES / bytes));
    chains = new long[capacity];
    iterations = new long[capacity];
    group = toGroup;
  }

  @Override
  public boolean hasNext() {
    if (group == toGroup) {
      read();
    }
    return rows > 0;
  }

  private void read() {
    int start = groups.from(fromGroup);
    int columns = groups.from(toGroup) - start;
    rows = 0;
    if (ended) {
      return;
    }
    group = fromGroup;
    values = new double[groups.count()][];
    for (int g = fromGroup; g < toGroup; g++) {
      values[g] = new double[(groups.from(g + 1) - groups.from(g)) * capacity];
    }
    while (rows < capacity && !ended) {
      if (!feed.next()) {
        ended = true;
        break;
      }
      chains[rows] = feed.chain();
      iterations[rows] = feed.iteration();
      int g = fromGroup;
      int first = 0;
      int end = groups.from(g + 1) - start;
      for (int j = 0; j < columns; j++) {
        if (j == end) {
          g++;
          first = j;
          end = groups.from(g + 1) - start;
        }
        values[g][(j - first) * capacity + rows] = feed.value(j);
      }
      rows++;
    }
  }

  @Override
  public Tuple2<Integer, DrawBlock> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more draws");
    }
    int first = groups.from(group);
    int columns = groups.from(group + 1) - first;
    double[] own = values[group];
    if (rows < capacity) {
      double[] packed = new double[columns * rows];
      for (int j = 0; j < columns; j++) {
        System.arraycopy(own, j * capacity, packed, j * rows, rows);
      }
      own = packed;
    }
    values[group] = null;
    DrawBlock block =
        new DrawBlock(
            first, columns, Arrays.copyOf(chains, rows), Arrays.copyOf(iterations, rows), own);
    return new Tuple2<>(group++, block);
  }
}
