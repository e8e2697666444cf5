// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The singular value decomposition X = U diag(s) V' of a small p x q matrix by one-sided Jacobi
 * rotations: columns are rotated against each other until all are orthogonal. Singular values
 * descend and are accurate to a small multiple of the rounding unit times the largest; where the
 * columns of X are orthogonal up to their lengths, each is accurate relative to itself.
 *
 * <p>About 6 p q<sup>2</sup> operations a sweep, mostly 5 to 10 sweeps; 8 q (p + q) bytes. One
 * fixed order of operations: equal matrices give equal bits. Immutable and thread-safe.
 *
 * <p>Source: J. Demmel, K. Veselic, <em>Jacobi's method is more accurate than QR</em>, 1992, <a
 * href="https://doi.org/10.1137/0613074">doi:10.1137/0613074</a>.
 */
public final class SmallSvd {
  private static final int MOST_SWEEPS = 60;

  /** Cosines up to this times the root of the length of the columns count as 0. */
  private static final double ORTHOGONAL = 0x1p-51;

  private final double[] values;
  private final double[][] left;
  private final double[][] right;

  private SmallSvd(double[] values, double[][] left, double[][] right) {
    this.values = values;
    this.left = left;
    this.right = right;
  }

  /**
   * The decomposition of a matrix.
   *
   * @param columns q columns of p finite numbers each; left as they are
   * @return empty if the rotations did not come to an end
   * @throws IllegalArgumentException if columns differ in length or hold what is not finite
   */
  public static Optional<SmallSvd> of(double[][] columns) {
    int q = columns.length;
    if (q > 0 && columns[0].length < q) {
      // More columns than can be independent would be rotated for ever.
      return of(transposed(columns)).map(svd -> new SmallSvd(svd.values, svd.right, svd.left));
    }
    double[][] x = new double[q][];
    double[][] v = new double[q][q];
    for (int j = 0; j < q; j++) {
      x[j] = columns[j].clone();
      v[j][j] = 1;
      check(x[j], columns[0].length);
    }
    double scale = largest(x);
    if (scale > 0) {
      // A power of two near the largest entry, so that no square leaves the range of double.
      scale = Math.scalb(1.0, -Math.getExponent(scale));
      for (double[] column : x) {
        for (int i = 0; i < column.length; i++) {
          column[i] *= scale;
        }
      }
    }
    int sweep = 0;
    while (rotate(x, v)) {
      if (++sweep == MOST_SWEEPS) {
        return Optional.empty();
      }
    }
    return Optional.of(sorted(x, v, scale > 0 ? scale : 1));
  }

  private static double[][] transposed(double[][] columns) {
    double[][] rows = new double[columns[0].length][columns.length];
    for (int j = 0; j < columns.length; j++) {
      check(columns[j], rows.length);
      for (int i = 0; i < rows.length; i++) {
        rows[i][j] = columns[j][i];
      }
    }
    return rows;
  }

  private static void check(double[] column, int length) {
    if (column.length != length) {
      throw new IllegalArgumentException(
          "columns must have one length, found " + length + " and " + column.length);
    }
    for (double value : column) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a matrix with an element that is not finite");
      }
    }
  }

  private static double largest(double[][] x) {
    double largest = 0;
    for (double[] column : x) {
      for (double value : column) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** One sweep over all pairs; returns whether any was rotated. */
  private static boolean rotate(double[][] x, double[][] v) {
    boolean rotated = false;
    double orthogonal = x.length == 0 ? 0 : ORTHOGONAL * Math.sqrt(x[0].length);
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        double a = Packed.dot(x[i], 0, x[i], 0, x[i].length);
        double b = Packed.dot(x[j], 0, x[j], 0, x[j].length);
        double c = Packed.dot(x[i], 0, x[j], 0, x[i].length);
        if (Math.abs(c) <= orthogonal * Math.sqrt(a) * Math.sqrt(b) || c == 0) {
          continue;
        }
        rotated = true;
        double zeta = (b - a) / (2 * c);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.sqrt(1 + t * t);
        rotate(x[i], x[j], cosine, cosine * t);
        rotate(v[i], v[j], cosine, cosine * t);
      }
    }
    return rotated;
  }

  private static void rotate(double[] x, double[] y, double cosine, double sine) {
    for (int i = 0; i < x.length; i++) {
      double a = x[i];
      double b = y[i];
      x[i] = cosine * a - sine * b;
      y[i] = sine * a + cosine * b;
    }
  }

  private static SmallSvd sorted(double[][] x, double[][] v, double scale) {
    int q = x.length;
    double[] lengths = new double[q];
    Integer[] order = new Integer[q];
    for (int j = 0; j < q; j++) {
      lengths[j] = Math.sqrt(Packed.dot(x[j], 0, x[j], 0, x[j].length));
      order[j] = j;
    }
    Arrays.sort(order, Comparator.comparingDouble((Integer j) -> -lengths[j]));
    double[] values = new double[q];
    double[][] left = new double[q][];
    double[][] right = new double[q][];
    for (int r = 0; r < q; r++) {
      int j = order[r];
      values[r] = lengths[j] / scale;
      left[r] = x[j];
      for (int i = 0; i < left[r].length; i++) {
        left[r][i] = lengths[j] > 0 ? left[r][i] / lengths[j] : 0;
      }
      right[r] = v[j];
    }
    return new SmallSvd(values, left, right);
  }

  /** Number of singular values, the smaller of p and q. */
  public int size() {
    return values.length;
  }

  /** Singular value r, 0 being the largest. */
  public double value(int r) {
    return values[r];
  }

  /** Left vector r, p numbers of length 1; zeros where the singular value is 0 and p >= q. */
  public double[] left(int r) {
    return left[r].clone();
  }

  /** Right vector r, q numbers of length 1; zeros where the singular value is 0 and p < q. */
  public double[] right(int r) {
    return right[r].clone();
  }
}
