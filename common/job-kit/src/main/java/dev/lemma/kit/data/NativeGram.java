// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.GramBlas;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.Optional;

/**
 * The products of Gram matrices through a native column-major BLAS, to which a row-major matrix is
 * its transpose.
 *
 * @param blas the library
 */
public record NativeGram(BLAS blas) implements GramBlas {
  /** The native library of this machine; empty where Spark computes in Java. */
  public static Optional<GramBlas> ofMachine() {
    BLAS blas = BLAS.getInstance();
    return blas instanceof NativeBLAS ? Optional.of(new NativeGram(blas)) : Optional.empty();
  }

  @Override
  public void dgemmTransposed(
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
      int cStride) {
    blas.dgemm(
        "N", "T", columns, rows, inner, 1, b, bOffset, stride, a, aOffset, stride, 0, c, cOffset,
        cStride);
  }

  @Override
  public void dsyrk(
      int order,
      int inner,
      double[] a,
      int aOffset,
      int stride,
      double[] c,
      int cOffset,
      int cStride) {
    blas.dsyrk("U", "N", order, inner, 1, a, aOffset, stride, 0, c, cOffset, cStride);
  }

  @Override
  public void addSyrk(
      int order,
      int inner,
      double[] a,
      int aOffset,
      int stride,
      double[] c,
      int cOffset,
      int cStride) {
    blas.dsyrk("U", "N", order, inner, 1, a, aOffset, stride, 1, c, cOffset, cStride);
  }
}
