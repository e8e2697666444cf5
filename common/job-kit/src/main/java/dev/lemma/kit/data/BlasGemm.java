// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Gemm;
import dev.ludovic.netlib.blas.BLAS;

/**
 * Row-major products through a column-major BLAS: C' = B' A', the operands exchanged. The order of
 * additions is the library's, so the last bits depend on the machine.
 *
 * @param blas the library
 */
public record BlasGemm(BLAS blas) implements Gemm {
  /** The library that Spark uses on this machine: native where one is installed, else Java's. */
  public static BlasGemm ofMachine() {
    return new BlasGemm(BLAS.getInstance());
  }

  @Override
  public void sgemm(
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
      int cStride) {
    blas.sgemm(
        "N", "N", columns, rows, inner, alpha, b, bOffset, bStride, a, aOffset, aStride, beta, c,
        cOffset, cStride);
  }

  @Override
  public void dgemm(
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
      int cStride) {
    blas.dgemm(
        "N", "N", columns, rows, inner, alpha, b, bOffset, bStride, a, aOffset, aStride, beta, c,
        cOffset, cStride);
  }

  @Override
  public void dgemmTransposed(
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
      int cStride) {
    blas.dgemm(
        "N", "T", columns, rows, inner, alpha, b, bOffset, bStride, a, aOffset, aStride, beta, c,
        cOffset, cStride);
  }
}
