// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.Arrays;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Numeric columns out of batches, turned into rows some at a time: row by row, the columns of a
 * batch of 4,096 would have to come from far memory for every row.
 */
final class ColumnsBatch implements BatchFeatures {
  private static final int MOST_ROWS = 64;
  private static final int BLOCK_DOUBLES = 1 << 15;

  private final ColumnsReader reader;
  private final int[] fields;
  private final int capacity;
  private final double[] values;
  private final boolean[] hasNull;
  private ColumnarBatch batch;
  private int from;
  private int to;

  ColumnsBatch(ColumnsReader reader, int[] fields) {
    this.reader = reader;
    this.fields = fields;
    this.capacity = Math.max(1, Math.min(MOST_ROWS, BLOCK_DOUBLES / fields.length));
    this.values = new double[capacity * fields.length];
    this.hasNull = new boolean[capacity];
  }

  @Override
  public void open(ColumnarBatch opened) {
    batch = opened;
    from = 0;
    to = 0;
  }

  @Override
  public BadRow read(int row, FeatureBuffer out) {
    if (row < from || row >= to) {
      load(row);
    }
    if (hasNull[row - from]) {
      return BadRow.NULL_ELEMENT;
    }
    double[] features = out.beginDoubles(fields.length);
    System.arraycopy(values, (row - from) * fields.length, features, 0, fields.length);
    return Numbers.classified(features);
  }

  private void load(int row) {
    from = row;
    to = Math.min(row + capacity, batch.numRows());
    Arrays.fill(hasNull, false);
    for (int j = 0; j < fields.length; j++) {
      ColumnVector column = batch.column(fields[j]);
      switch (reader.elements()) {
        case FLOAT -> copyFloats(column, j);
        case DOUBLE, LONG, INT -> copyDoubles(column, j);
      }
      if (column.hasNull()) {
        for (int r = from; r < to; r++) {
          hasNull[r - from] |= column.isNullAt(r);
        }
      }
    }
  }

  // What is stored where a value is null is some number, and not looked at.
  private void copyDoubles(ColumnVector column, int j) {
    int at = j;
    for (int r = from; r < to; r++) {
      values[at] = column.getDouble(r);
      at += fields.length;
    }
  }

  private void copyFloats(ColumnVector column, int j) {
    int at = j;
    for (int r = from; r < to; r++) {
      values[at] = column.getFloat(r);
      at += fields.length;
    }
  }
}
