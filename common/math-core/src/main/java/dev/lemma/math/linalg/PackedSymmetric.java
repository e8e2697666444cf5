// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * A symmetric d x d matrix of which the upper triangle is stored, packed by columns: element (i, j)
 * with i &le; j lies at i + j (j + 1) / 2 of one flat array of d (d + 1) / 2 numbers, so that the
 * leading e x e block is a prefix of the array.
 *
 * <p>Mutable and not thread-safe. NaN and infinite elements are stored as they come. Sums run in
 * one fixed order; every operation over all elements takes d<sup>2</sup> / 2 steps and no memory
 * unless it says otherwise.
 */
public final class PackedSymmetric implements Serializable {
  private static final long serialVersionUID = 1;

  /** Largest order: beyond it the triangle has more elements than an array can hold. */
  public static final int MAX_ORDER = 65_535;

  private final int order;
  private final double[] packed;

  private PackedSymmetric(int order, double[] packed) {
    this.order = order;
    this.packed = packed;
  }

  /**
   * The zero matrix.
   *
   * @param order d, from 0 to {@link #MAX_ORDER}
   * @throws IllegalArgumentException if it is not in this range
   */
  public static PackedSymmetric zero(int order) {
    return new PackedSymmetric(order, new double[length(order)]);
  }

  /**
   * The matrix of these elements.
   *
   * @param order d
   * @param packed its d (d + 1) / 2 elements in the layout of this class; copied
   * @throws IllegalArgumentException if their number is another
   */
  public static PackedSymmetric of(int order, double[] packed) {
    return new PackedSymmetric(order, checkLength(order, packed).clone());
  }

  /**
   * The matrix that lies in the caller's own array: both see the changes of either.
   *
   * @throws IllegalArgumentException if it does not have d (d + 1) / 2 elements
   */
  public static PackedSymmetric wrap(int order, double[] packed) {
    return new PackedSymmetric(order, checkLength(order, packed));
  }

  /**
   * The symmetric matrix with the upper triangle of a full one.
   *
   * @param order d
   * @param dense d x d, row-major; what lies below its diagonal is not read
   * @throws IllegalArgumentException if it does not have d<sup>2</sup> elements
   */
  public static PackedSymmetric fromDense(int order, double[] dense) {
    if (dense.length != (long) order * order) {
      throw new IllegalArgumentException(
          "a dense matrix of order "
              + order
              + " has "
              + (long) order * order
              + " elements, found "
              + dense.length);
    }
    PackedSymmetric made = zero(order);
    int at = 0;
    for (int j = 0; j < order; j++) {
      for (int i = 0; i <= j; i++) {
        made.packed[at++] = dense[i * order + j];
      }
    }
    return made;
  }

  /** The diagonal matrix with these elements. */
  public static PackedSymmetric ofDiagonal(double[] diagonal) {
    PackedSymmetric made = zero(diagonal.length);
    for (int j = 0; j < diagonal.length; j++) {
      made.packed[index(j, j)] = diagonal[j];
    }
    return made;
  }

  /**
   * Number of elements stored for an order: d (d + 1) / 2.
   *
   * @throws IllegalArgumentException if the order is not in 0 to {@link #MAX_ORDER}
   */
  public static int length(int order) {
    if (order < 0 || order > MAX_ORDER) {
      throw new IllegalArgumentException(
          "the order of a packed matrix must lie in 0 to " + MAX_ORDER + ", found " + order);
    }
    return (int) ((long) order * (order + 1) / 2);
  }

  /** Where element (i, j) lies; 0 &le; i &le; j, not checked. */
  public static int index(int i, int j) {
    return i + (int) ((long) j * (j + 1) / 2);
  }

  private static double[] checkLength(int order, double[] packed) {
    if (packed.length != length(order)) {
      throw new IllegalArgumentException(
          "a packed matrix of order "
              + order
              + " has "
              + length(order)
              + " elements, found "
              + packed.length);
    }
    return packed;
  }

  /** Number of rows, d. */
  public int order() {
    return order;
  }

  /** Element (i, j) in any order of the indices. */
  public double get(int i, int j) {
    Objects.checkIndex(i, order);
    Objects.checkIndex(j, order);
    return packed[i <= j ? index(i, j) : index(j, i)];
  }

  /** Sets elements (i, j) and (j, i). */
  public void set(int i, int j, double value) {
    Objects.checkIndex(i, order);
    Objects.checkIndex(j, order);
    packed[i <= j ? index(i, j) : index(j, i)] = value;
  }

  /** The matrix's own array, in the layout of this class. */
  public double[] packed() {
    return packed;
  }

  /** A matrix with the same elements and its own memory. */
  public PackedSymmetric copy() {
    return new PackedSymmetric(order, packed.clone());
  }

  /** All d x d elements, row-major (and column-major, which is the same). */
  public double[] toDense() {
    double[] dense = new double[Math.multiplyExact(order, order)];
    int at = 0;
    for (int j = 0; j < order; j++) {
      for (int i = 0; i <= j; i++) {
        double value = packed[at++];
        dense[i * order + j] = value;
        dense[j * order + i] = value;
      }
    }
    return dense;
  }

  /** The d elements of the diagonal. */
  public double[] diagonal() {
    double[] diagonal = new double[order];
    for (int j = 0; j < order; j++) {
      diagonal[j] = packed[index(j, j)];
    }
    return diagonal;
  }

  /**
   * The matrix of some rows and columns, in the order given.
   *
   * @param kept distinct indices below d
   */
  public PackedSymmetric select(int[] kept) {
    PackedSymmetric made = zero(kept.length);
    int at = 0;
    for (int j = 0; j < kept.length; j++) {
      for (int i = 0; i <= j; i++) {
        made.packed[at++] = get(kept[i], kept[j]);
      }
    }
    return made;
  }

  /** Adds alpha B. */
  public void addScaledInPlace(double alpha, PackedSymmetric b) {
    checkOrder(b.order, "matrix");
    double[] from = b.packed;
    double[] to = packed;
    for (int i = 0; i < to.length; i++) {
      to[i] += alpha * from[i];
    }
  }

  /** Adds alpha v v'. */
  public void addRankOneInPlace(double alpha, double[] v) {
    checkOrder(v.length, "vector");
    int at = 0;
    for (int j = 0; j < order; j++) {
      double factor = alpha * v[j];
      for (int i = 0; i <= j; i++) {
        packed[at + i] += factor * v[i];
      }
      at += j + 1;
    }
  }

  /** Adds one number to every diagonal element. */
  public void addToDiagonalInPlace(double value) {
    for (int j = 0; j < order; j++) {
      packed[index(j, j)] += value;
    }
  }

  /** Multiplies every element by one number. */
  public void scaleInPlace(double factor) {
    for (int i = 0; i < packed.length; i++) {
      packed[i] *= factor;
    }
  }

  /** Replaces A by D A D with D = diag(s): other units for the variables. */
  public void scaleBothSidesInPlace(double[] s) {
    checkOrder(s.length, "vector");
    int at = 0;
    for (int j = 0; j < order; j++) {
      for (int i = 0; i <= j; i++) {
        packed[at++] *= s[i] * s[j];
      }
    }
  }

  /** Sum of the diagonal, 0 for order 0. */
  public double trace() {
    double sum = 0;
    for (int j = 0; j < order; j++) {
      sum += packed[index(j, j)];
    }
    return sum;
  }

  /** Sum of the squares of all d<sup>2</sup> elements: the trace of A<sup>2</sup>. */
  public double frobeniusSquared() {
    double sum = 0;
    int at = 0;
    for (int j = 0; j < order; j++) {
      double above = 0;
      for (int i = 0; i < j; i++) {
        double value = packed[at++];
        above += value * value;
      }
      double value = packed[at++];
      sum += 2 * above + value * value;
    }
    return sum;
  }

  /**
   * A v.
   *
   * @param v d numbers
   * @param out receives d numbers; not v itself
   */
  public void multiply(double[] v, double[] out) {
    checkOrder(v.length, "vector");
    checkOrder(out.length, "result");
    Arrays.fill(out, 0);
    int at = 0;
    for (int j = 0; j < order; j++) {
      double factor = v[j];
      double dot = 0;
      for (int i = 0; i < j; i++) {
        double value = packed[at + i];
        out[i] += value * factor;
        dot += value * v[i];
      }
      out[j] += dot + packed[at + j] * factor;
      at += j + 1;
    }
  }

  /** v' A v. */
  public double quadratic(double[] v) {
    checkOrder(v.length, "vector");
    double sum = 0;
    int at = 0;
    for (int j = 0; j < order; j++) {
      double dot = 0;
      for (int i = 0; i < j; i++) {
        dot += packed[at + i] * v[i];
      }
      sum += v[j] * (2 * dot + packed[at + j] * v[j]);
      at += j + 1;
    }
    return sum;
  }

  private void checkOrder(int found, String what) {
    if (found != order) {
      throw new IllegalArgumentException(
          "the matrix has order " + order + ", the " + what + " given " + found);
    }
  }
}
