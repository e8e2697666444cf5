// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * General matrix products in row-major layout, handed in by whoever knows a fast library: this
 * module depends on none. The order of additions is the library's own.
 *
 * <p>A column-major BLAS computes the same product with the operands exchanged: C' = B' A'.
 */
public interface Gemm {
  /**
   * C := alpha A B + beta C in binary32. Element (i, j) of A lies at {@code a[aOffset + i * aStride
   * + j]}, and so on; with beta = 0 the old C is not read.
   *
   * @param rows rows of A and C
   * @param columns columns of B and C
   * @param inner columns of A, rows of B
   */
  void sgemm(
      int rows,
      int columns,
      int inner,
      float alpha,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float beta,
      float[] c,
      int cOffset,
      int cStride);

  /** The twin of {@link #sgemm} in binary64. */
  void dgemm(
      int rows,
      int columns,
      int inner,
      double alpha,
      double[] a,
      int aOffset,
      int aStride,
      double[] b,
      int bOffset,
      int bStride,
      double beta,
      double[] c,
      int cOffset,
      int cStride);

  /**
   * C := alpha A'B + beta C in binary64. Element (r, i) of A lies at {@code a[aOffset + r * aStride
   * + i]}, and so on.
   *
   * @param rows rows of C, columns of A
   * @param columns columns of B and C
   * @param inner rows of A and B
   */
  void dgemmTransposed(
      int rows,
      int columns,
      int inner,
      double alpha,
      double[] a,
      int aOffset,
      int aStride,
      double[] b,
      int bOffset,
      int bStride,
      double beta,
      double[] c,
      int cOffset,
      int cStride);
}
