// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Turns rows of a long table into blocks of one parameter each: gathers up to {@value #MOST_DRAWS}
 * draws, hands out a block for each parameter among them, and goes on.
 */
final class NamedBlocks implements Iterator<Tuple2<Integer, DrawBlock>> {
  private static final int MOST_DRAWS = 1 << 20;
  private static final int NAME = 2;
  private static final int VALUE = 3;

  private final Iterator<InternalRow> rows;
  private final Map<String, Integer> numbers;
  private final ColumnGroups groups;
  private final ArrayDeque<Tuple2<Integer, DrawBlock>> ready = new ArrayDeque<>();

  NamedBlocks(Iterator<InternalRow> rows, Map<String, Integer> numbers, ColumnGroups groups) {
    this.rows = rows;
    this.numbers = numbers;
    this.groups = groups;
  }

  /** The draws of one parameter so far. */
  private static final class Gathered {
    private long[] chains = new long[16];
    private long[] iterations = new long[16];
    private double[] values = new double[16];
    private int size;

    void add(long chain, long iteration, double value) {
      if (size == values.length) {
        chains = Arrays.copyOf(chains, 2 * size);
        iterations = Arrays.copyOf(iterations, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      chains[size] = chain;
      iterations[size] = iteration;
      values[size++] = value;
    }

    DrawBlock block(int column) {
      return new DrawBlock(
          column,
          1,
          Arrays.copyOf(chains, size),
          Arrays.copyOf(iterations, size),
          Arrays.copyOf(values, size));
    }
  }

  private void gather() {
    Map<Integer, Gathered> gathered = new TreeMap<>();
    for (int n = 0; n < MOST_DRAWS && rows.hasNext(); n++) {
      InternalRow row = rows.next();
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw TableDraws.nameless();
      }
      gathered
          .computeIfAbsent(
              numbers.get(row.getUTF8String(NAME).toString()), column -> new Gathered())
          .add(
              row.getLong(0),
              row.getLong(1),
              row.isNullAt(VALUE) ? Double.NaN : row.getDouble(VALUE));
    }
    gathered.forEach(
        (column, draws) -> ready.add(new Tuple2<>(groups.groupOf(column), draws.block(column))));
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && rows.hasNext()) {
      gather();
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, DrawBlock> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more draws");
    }
    return ready.poll();
  }
}
