// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * A row (1, x - shift) as its entries other than 0, by ascending index: entry 0 is the 1 of the
 * intercept, feature j is entry j + 1. A dense and a sparse encoding of the same numbers give the
 * same entries. Where x has a zero and the shift is not 0 the entry is - shift: by the choice of
 * the shift ({@link PassPlan#shift}) such columns are nearly full.
 */
final class AugmentedRow {
  private final double[] shift;
  private final int[] shifted;

  /** Entries: of each array the first {@link #size} count. */
  final int[] indices;

  final double[] values;
  int size;

  AugmentedRow(double[] shift) {
    this.shift = shift;
    int count = 0;
    int[] columns = new int[shift.length];
    for (int j = 0; j < shift.length; j++) {
      if (shift[j] != 0) {
        columns[count++] = j;
      }
    }
    shifted = Arrays.copyOf(columns, count);
    indices = new int[shift.length + 1];
    values = new double[shift.length + 1];
    values[0] = 1;
  }

  void set(double[] x, int from) {
    size = 1;
    for (int j = 0; j < shift.length; j++) {
      append(j, x[from + j] - shift[j]);
    }
  }

  /**
   * From a sparse row.
   *
   * @param columns ascending, each below d
   */
  void set(int[] columns, double[] entries, int count) {
    size = 1;
    int next = 0;
    for (int i = 0; i < count; i++) {
      int column = columns[i];
      while (next < shifted.length && shifted[next] < column) {
        append(shifted[next], -shift[shifted[next]]);
        next++;
      }
      if (next < shifted.length && shifted[next] == column) {
        next++;
      }
      append(column, entries[i] - shift[column]);
    }
    for (; next < shifted.length; next++) {
      append(shifted[next], -shift[shifted[next]]);
    }
  }

  private void append(int column, double value) {
    if (value != 0) {
      indices[size] = column + 1;
      values[size++] = value;
    }
  }

  boolean isFull() {
    return size == indices.length;
  }

  /** Inner product with parameters[from ..], four partial sums by position. */
  double dot(double[] parameters, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= size; i += 4) {
      s0 += values[i] * parameters[from + indices[i]];
      s1 += values[i + 1] * parameters[from + indices[i + 1]];
      s2 += values[i + 2] * parameters[from + indices[i + 2]];
      s3 += values[i + 3] * parameters[from + indices[i + 3]];
    }
    for (; i < size; i++) {
      s0 += values[i] * parameters[from + indices[i]];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** target[from ..] += factor row. */
  void addTo(double factor, double[] target, int from) {
    for (int i = 0; i < size; i++) {
      target[from + indices[i]] += factor * values[i];
    }
  }

  /** Adds factor row row' to a packed upper triangle, column-major, at target[from ..]. */
  void addOuter(double factor, double[] target, int from) {
    boolean full = isFull();
    for (int b = 0; b < size; b++) {
      double scaled = factor * values[b];
      int column = indices[b];
      int to = from + (int) ((long) column * (column + 1L) / 2);
      if (full) {
        for (int a = 0; a <= b; a++) {
          target[to + a] += scaled * values[a];
        }
      } else {
        for (int a = 0; a <= b; a++) {
          target[to + indices[a]] += scaled * values[a];
        }
      }
    }
  }
}
