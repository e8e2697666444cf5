// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * Rows waiting to be summed, each as it came: dense, or as indices and values. At most capacity x d
 * values, whose memory grows with what is stored.
 */
final class RowBlock {
  private static final int DENSE = -1;

  final int features;
  private final int capacity;
  private final int[] fold;
  private final int[] classOf;
  private final double[] weight;
  private final int[] start;
  private final int[] length;
  // Where the indices of a sparse row begin, or DENSE.
  private final int[] indexStart;
  private double[] values;
  private int[] indices = new int[0];
  private int size;
  private int valuesEnd;
  private int indicesEnd;

  RowBlock(int capacity, int features) {
    this.features = features;
    this.capacity = capacity;
    this.fold = new int[capacity];
    this.classOf = new int[capacity];
    this.weight = new double[capacity];
    this.start = new int[capacity];
    this.length = new int[capacity];
    this.indexStart = new int[capacity];
    this.values = new double[features];
  }

  void clear() {
    size = 0;
    valuesEnd = 0;
    indicesEnd = 0;
  }

  /** Gives the memory for values and indices back; there must be no rows. */
  void release() {
    values = new double[0];
    indices = new int[0];
  }

  int size() {
    return size;
  }

  int fold(int r) {
    return fold[r];
  }

  int classOf(int r) {
    return classOf[r];
  }

  double weight(int r) {
    return weight[r];
  }

  boolean isSparse(int r) {
    return indexStart[r] != DENSE;
  }

  /** Number of values stored for a row. */
  int length(int r) {
    return length[r];
  }

  /** Where the values of a row begin in {@link #values}. */
  int start(int r) {
    return start[r];
  }

  /** Where the indices of a sparse row begin in {@link #indices}. */
  int indexStart(int r) {
    return indexStart[r];
  }

  double[] values() {
    return values;
  }

  int[] indices() {
    return indices;
  }

  void addDense(int f, int k, double w, double[] row, int at) {
    reserveValues(features);
    System.arraycopy(row, at, values, valuesEnd, features);
    indexStart[size] = DENSE;
    append(f, k, w, features);
  }

  void addSparse(int f, int k, double w, int[] rowIndices, double[] rowValues, int count) {
    reserveValues(count);
    if (indices.length - indicesEnd < count) {
      indices = Arrays.copyOf(indices, Math.max(indicesEnd + count, 2 * indices.length));
    }
    System.arraycopy(rowValues, 0, values, valuesEnd, count);
    System.arraycopy(rowIndices, 0, indices, indicesEnd, count);
    indexStart[size] = indicesEnd;
    indicesEnd += count;
    append(f, k, w, count);
  }

  private void reserveValues(int count) {
    if (values.length - valuesEnd < count) {
      long grown = Math.min((long) capacity * features, 2L * Math.max(features, values.length));
      values = Arrays.copyOf(values, (int) Math.max((long) valuesEnd + count, grown));
    }
  }

  private void append(int f, int k, double w, int count) {
    fold[size] = f;
    classOf[size] = k;
    weight[size] = w;
    start[size] = valuesEnd;
    length[size++] = count;
    valuesEnd += count;
  }
}
