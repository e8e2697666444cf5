// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/** The definition of a matrix product. */
public final class PlainGemm implements Gemm {
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
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = 0;
        for (int l = 0; l < inner; l++) {
          sum += a[aOffset + i * aStride + l] * b[bOffset + l * bStride + j];
        }
        int at = cOffset + i * cStride + j;
        c[at] = alpha * sum + (beta == 0 ? 0 : beta * c[at]);
      }
    }
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
    for (int i = 0; i < rows; i++) {
      int to = cOffset + i * cStride;
      for (int j = 0; j < columns; j++) {
        c[to + j] = beta == 0 ? 0 : beta * c[to + j];
      }
      for (int l = 0; l < inner; l++) {
        double factor = alpha * a[aOffset + i * aStride + l];
        int from = bOffset + l * bStride;
        for (int j = 0; j < columns; j++) {
          c[to + j] += factor * b[from + j];
        }
      }
    }
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
    double[] transposed = new double[rows * inner];
    for (int l = 0; l < inner; l++) {
      for (int i = 0; i < rows; i++) {
        transposed[i * inner + l] = a[aOffset + l * aStride + i];
      }
    }
    dgemm(
        rows,
        columns,
        inner,
        alpha,
        transposed,
        0,
        inner,
        b,
        bOffset,
        bStride,
        beta,
        c,
        cOffset,
        cStride);
  }
}
