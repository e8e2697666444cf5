// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * The two products that a Gram matrix is made of, handed in by whoever knows a fast library. All
 * matrices are row-major; the order of additions is the library's own.
 */
public interface GramBlas {
  /**
   * C := A'B. Element (r, i) of A lies at {@code a[aOffset + r * stride + i]}, B likewise with the
   * same stride; the old C is not read.
   *
   * @param rows rows of C, columns of A
   * @param columns columns of C and B
   * @param inner rows of A and B
   */
  void dgemmTransposed(
      int rows,
      int columns,
      int inner,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int stride,
      double[] c,
      int cOffset,
      int cStride);

  /**
   * The elements (i, j) with j &le; i of C := A'A; the others are not defined afterwards, and the
   * old C is not read.
   *
   * @param order columns of A, rows and columns of C
   * @param inner rows of A
   */
  void dsyrk(
      int order,
      int inner,
      double[] a,
      int aOffset,
      int stride,
      double[] c,
      int cOffset,
      int cStride);

  /**
   * Adds the elements (i, j) with j &le; i of A'A to those of C; the others are not defined
   * afterwards.
   *
   * @param order columns of A, rows and columns of C
   * @param inner rows of A
   */
  void addSyrk(
      int order,
      int inner,
      double[] a,
      int aOffset,
      int stride,
      double[] c,
      int cOffset,
      int cStride);
}
