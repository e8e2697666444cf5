// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a pass over the rows of A (m x n) sums. For each row a it forms y = (a W - s) T, with T the
 * identity where none is given, and adds up y y', y, and with {@link Products#BOTH} also a' y.
 *
 * @param dimension n
 * @param basis W, n x l
 * @param shift s, l numbers: what centring takes from a W; zeros when nothing is known of the means
 * @param transform T, l rows of r numbers each; no rows for the identity
 * @param moments means and factors of the columns, for the sum of squares of the prepared rows;
 *     {@link ColumnMoments#NONE} for that of the rows as they are
 * @param products what is summed
 * @param columns whether the columns of A are summed as well
 */
public record PassPlan(
    int dimension,
    Basis basis,
    double[] shift,
    double[][] transform,
    ColumnMoments moments,
    Products products,
    Columns columns)
    implements Serializable {
  private static final double[][] IDENTITY = {};

  /** Which products are summed. */
  public enum Products {
    /** The Gram matrix of Y alone. */
    GRAM,
    /** The Gram matrix of Y, and A'Y. */
    BOTH
  }

  /** What is summed of the columns of A. */
  public enum Columns {
    /** Nothing. */
    NOTHING,
    /** Values and their squares. */
    SUMS
  }

  /** Checks the shapes. */
  public PassPlan {
    Objects.requireNonNull(moments, "moments");
    Objects.requireNonNull(products, "products");
    Objects.requireNonNull(columns, "columns");
    if (dimension < 1) {
      throw new IllegalArgumentException("n must be at least 1, found " + dimension);
    }
    if (shift.length != basis.columns()) {
      throw new IllegalArgumentException(
          "the shift must have l = " + basis.columns() + " numbers, found " + shift.length);
    }
    if (transform.length != 0 && transform.length != basis.columns()) {
      throw new IllegalArgumentException(
          "T must have l = " + basis.columns() + " rows, found " + transform.length);
    }
  }

  /** The first pass over a matrix of which nothing is known. */
  public static PassPlan first(int dimension, Basis basis, Products products) {
    return new PassPlan(
        dimension,
        basis,
        new double[basis.columns()],
        IDENTITY,
        ColumnMoments.NONE,
        products,
        Columns.SUMS);
  }

  /** A later pass. */
  static PassPlan later(
      int dimension, Basis basis, ColumnMoments moments, double[][] transform, Products products) {
    return new PassPlan(
        dimension, basis, moments.shift(basis), transform, moments, products, Columns.NOTHING);
  }

  /** Number of entries of y. */
  public int width() {
    return transform.length == 0 ? basis.columns() : transform[0].length;
  }
}
