// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * The features of one row between a {@link RowReader} and a kernel: dense in the precision asked
 * for, or sparse. Reused from row to row; not thread-safe.
 */
public final class FeatureBuffer {
  private static final float[] NO_FLOATS = {};
  private static final double[] NO_DOUBLES = {};

  private final SparseRow sparse = new SparseRow();
  private float[] floats = NO_FLOATS;
  private double[] doubles = NO_DOUBLES;
  private boolean isSparse;

  /** Whether {@link #sparse} holds the row, and not an array. */
  public boolean isSparse() {
    return isSparse;
  }

  /** The dense row in single precision, d values; valid until the next read. */
  public float[] floats() {
    return floats;
  }

  /** The dense row in double precision, d values; valid until the next read. */
  public double[] doubles() {
    return doubles;
  }

  /** The sparse row, ids strictly ascending, without explicit zeros; valid until the next read. */
  public SparseRow sparse() {
    return sparse;
  }

  /**
   * The row's non-zero values, whether it came dense or sparse; valid until the next read.
   *
   * @param precision that the row was read in
   */
  public SparseRow nonzeros(Precision precision) {
    if (isSparse) {
      return sparse;
    }
    sparse.clear();
    switch (precision) {
      case FLOAT -> {
        for (int j = 0; j < floats.length; j++) {
          if (floats[j] != 0) {
            sparse.append(j, floats[j]);
          }
        }
      }
      case DOUBLE -> {
        for (int j = 0; j < doubles.length; j++) {
          if (doubles[j] != 0) {
            sparse.append(j, doubles[j]);
          }
        }
      }
    }
    return sparse;
  }

  /** The row in single precision, d values, whether it came dense or sparse. */
  public float[] denseFloats(int d) {
    if (isSparse) {
      if (floats.length != d) {
        floats = new float[d];
      }
      Arrays.fill(floats, 0);
      for (int e = 0; e < sparse.size(); e++) {
        floats[(int) sparse.ids()[e]] = (float) sparse.values()[e];
      }
    }
    return floats;
  }

  /** The row in double precision, d values, whether it came dense or sparse. */
  public double[] denseDoubles(int d) {
    if (isSparse) {
      if (doubles.length != d) {
        doubles = new double[d];
      }
      Arrays.fill(doubles, 0);
      for (int e = 0; e < sparse.size(); e++) {
        doubles[(int) sparse.ids()[e]] = sparse.values()[e];
      }
    }
    return doubles;
  }

  /** An empty sparse row to fill. */
  SparseRow beginSparse() {
    isSparse = true;
    sparse.clear();
    return sparse;
  }

  /** The array of exactly d floats to fill. */
  float[] beginFloats(int d) {
    isSparse = false;
    if (floats.length != d) {
      floats = new float[d];
    }
    return floats;
  }

  /** Takes an array of exactly d doubles, which is the buffer's from now on. */
  void putDoubles(double[] row) {
    isSparse = false;
    doubles = row;
  }

  /** The array of exactly d doubles to fill. */
  double[] beginDoubles(int d) {
    isSparse = false;
    if (doubles.length != d) {
      doubles = new double[d];
    }
    return doubles;
  }
}
