// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.SparseRow;

/**
 * A random k x d matrix R with E[R'R] = I, so that E|Ru|<sup>2</sup> = |u|<sup>2</sup> for every u:
 * a map to k dimensions that keeps squared distances up to the relative variance {@link
 * #squaredNormVariance}.
 *
 * <p><b>Bits.</b> Ru depends on R and u alone: a dense row, the same row as a sparse one (with or
 * without its zeros, and whatever their signs), alone or inside a block, gives the same bits on
 * every machine. Each family documents its entries and the order of its additions; the scale is
 * multiplied once, at the end. Methods on {@code float} do all arithmetic in binary32 (each entry
 * of R and each value of a sparse row is rounded to it first), methods on {@code double} in
 * binary64.
 *
 * <p><b>Special values.</b> NaN and infinite inputs are not looked for: they spread to the outputs
 * that their feature touches, as IEEE 754 has it. Callers screen rows.
 *
 * <p><b>Threads.</b> An instance holds buffers and caches and belongs to one thread. Large
 * immutable matrices behind it are shared in the JVM.
 *
 * <p>All methods throw IllegalArgumentException where an array has the wrong length or a sparse row
 * breaks its contract.
 */
public sealed interface Projection permits SummedProjection, HadamardProjection {

  /**
   * The matrix of a specification. Cheap: matrices are built when they are first needed.
   *
   * @throws IllegalArgumentException if the matrix cannot be held: a Hadamard projection with d
   *     beyond 2<sup>30</sup>, an orthonormal one that does not fit into the heap
   */
  static Projection of(ProjectionSpec spec) {
    return switch (spec.family()) {
      case SIGN -> new SignProjection(spec);
      case SPARSE_SIGN -> new SparseSignProjection(spec);
      case HADAMARD -> new HadamardProjection(spec);
      case GAUSSIAN -> GaussianProjection.of(spec);
      case ORTHONORMAL -> OrthonormalProjection.of(spec);
      case VERY_SPARSE -> new VerySparseProjection(spec);
    };
  }

  /** What this matrix was made from. */
  ProjectionSpec spec();

  /**
   * Ru of a sparse row u.
   *
   * @param row ids strictly ascending and, where d is known, in [0, d)
   * @param out receives k entries; exactly k long
   */
  void project(SparseRow row, float[] out);

  /** The twin of {@link #project(SparseRow, float[])} in binary64. */
  void project(SparseRow row, double[] out);

  /**
   * Ru of a dense row u; d must be known.
   *
   * @param row exactly d entries
   * @param out receives k entries; exactly k long
   */
  default void project(float[] row, float[] out) {
    RowChecks.lengths(spec(), row.length, out.length);
    projectRows(row, 1, out);
  }

  /** The twin of {@link #project(float[], float[])} in binary64. */
  default void project(double[] row, double[] out) {
    RowChecks.lengths(spec(), row.length, out.length);
    projectRows(row, 1, out);
  }

  /**
   * Ru of each row of a block; the same bits as one by one. d must be known.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0
   * @param out receives n x k entries, row-major; may be longer
   */
  void projectRows(float[] rows, int n, float[] out);

  /** The twin of {@link #projectRows(float[], int, float[])} in binary64. */
  void projectRows(double[] rows, int n, double[] out);

  /**
   * Ru of each row of a block through matrix products, for families with a dense matrix; the last
   * bits are the library's. Families without one (sparse-sign, very-sparse, Hadamard) do as {@link
   * #projectRows(float[], int, float[])}.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0; the matrix is copied into panels once per call, so some
   *     hundred
   * @param out receives n x k entries, row-major; may be longer
   * @param gemm the library
   */
  default void projectRowsFast(float[] rows, int n, float[] out, Gemm gemm) {
    projectRows(rows, n, out);
  }

  /** The twin of {@link #projectRowsFast(float[], int, float[], Gemm)} in binary64. */
  default void projectRowsFast(double[] rows, int n, double[] out, Gemm gemm) {
    projectRows(rows, n, out);
  }

  /**
   * R'y, which is u on average over the seeds where y = Ru, in deterministic bits; d must be known.
   *
   * @param projected y, exactly k entries
   * @param row receives d entries; exactly d long
   */
  void backProject(float[] projected, float[] row);

  /** The twin of {@link #backProject(float[], float[])} in binary64. */
  void backProject(double[] projected, double[] row);

  /**
   * The variance of |Ru|<sup>2</sup> over the seeds for a unit vector u: the square of the relative
   * error to expect of a squared distance.
   *
   * @param q4 the sum of u<sub>j</sub><sup>4</sup>: 1 for a single feature, 1/d where all weigh the
   *     same
   * @throws IllegalArgumentException if q4 lies outside [0, 1]
   */
  double squaredNormVariance(double q4);
}
