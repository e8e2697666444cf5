// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.SparseRow;

/**
 * A projection whose columns are arrays of numbers and whose law is the same in every direction:
 * {@link GaussianProjection} and {@link OrthonormalProjection} say which.
 *
 * <p><b>Additions.</b> {@link GroupSums} over the columns, then times the scale; blocks in binary32
 * go through {@link FloatDenseBlock}, to the same bits.
 */
final class DenseProjection implements SummedProjection {
  private final ProjectionSpec spec;
  private final DenseColumns columns;
  private final double scale;
  private final double squaredNormVariance;
  private final DenseMatrix matrix;
  private final RowBuffers buffers;
  private FloatDenseBlock block;

  /**
   * A projection with working memory of its own.
   *
   * @param columns those of R before the scale
   * @param squaredNormVariance Var |Ru|<sup>2</sup> of every unit vector u
   */
  DenseProjection(
      ProjectionSpec spec, DenseColumns columns, double scale, double squaredNormVariance) {
    this.spec = spec;
    this.columns = columns;
    this.scale = scale;
    this.squaredNormVariance = squaredNormVariance;
    this.matrix = new DenseMatrix(spec, columns, scale);
    this.buffers = new RowBuffers(spec.k());
  }

  @Override
  public ProjectionSpec spec() {
    return spec;
  }

  @Override
  public double scale() {
    return scale;
  }

  @Override
  public RowBuffers buffers() {
    return buffers;
  }

  @Override
  public void add(SparseRow row, float[] sums) {
    GroupSums.add(row, columns, sums);
  }

  @Override
  public void add(SparseRow row, double[] sums) {
    GroupSums.add(row, columns, sums);
  }

  @Override
  public void projectRows(float[] rows, int n, float[] out) {
    RowChecks.block(spec, rows.length, n, out.length);
    int d = RowChecks.dimension(spec);
    int k = spec.k();
    int r = 0;
    while (n - r >= FloatDenseBlock.WORTHWHILE_ROWS) {
      int count = Math.min(n - r, FloatDenseBlock.ROWS);
      if (block == null) {
        block = new FloatDenseBlock(columns, d, k);
      }
      block.project(rows, r * d, count, (float) scale, out, r * k);
      r += count;
    }
    for (; r < n; r++) {
      float[] sums = buffers.zeroFloats();
      add(buffers.nonZeros(rows, r * d, d), sums);
      SummedProjection.scaleInPlace(sums, (float) scale);
      System.arraycopy(sums, 0, out, r * k, k);
    }
  }

  @Override
  public void projectRowsFast(float[] rows, int n, float[] out, Gemm gemm) {
    matrix.multiply(rows, n, out, gemm);
  }

  @Override
  public void projectRowsFast(double[] rows, int n, double[] out, Gemm gemm) {
    matrix.multiply(rows, n, out, gemm);
  }

  @Override
  public void backProject(float[] projected, float[] row) {
    matrix.multiplyTransposed(projected, row);
  }

  @Override
  public void backProject(double[] projected, double[] row) {
    matrix.multiplyTransposed(projected, row);
  }

  @Override
  public double squaredNormVariance(double q4) {
    RowChecks.q4(q4);
    return squaredNormVariance;
  }
}
