// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/** The definition of the two products; what is not defined afterwards becomes NaN. */
public final class PlainGramBlas implements GramBlas {
  /** No state. */
  public PlainGramBlas() {}

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
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int r = 0; r < inner; r++) {
          sum += a[aOffset + r * stride + i] * b[bOffset + r * stride + j];
        }
        c[cOffset + i * cStride + j] = sum;
      }
    }
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
    dgemmTransposed(order, order, inner, a, aOffset, a, aOffset, stride, c, cOffset, cStride);
    for (int i = 0; i < order; i++) {
      for (int j = i + 1; j < order; j++) {
        c[cOffset + i * cStride + j] = Double.NaN;
      }
    }
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
    double[] product = new double[order * order];
    dsyrk(order, inner, a, aOffset, stride, product, 0, order);
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < order; j++) {
        c[cOffset + i * cStride + j] += product[i * order + j];
      }
    }
  }
}
