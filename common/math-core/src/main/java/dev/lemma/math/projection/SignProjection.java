// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * R[c][j] = s[c][j] / sqrt(k) with independent fair signs s.
 *
 * <p><b>Entries.</b> Stream {@code projection/sign}; the signs of feature j for the outputs 256b ..
 * 256b + 255 are the bits of the block at (entity = j, index = b, lane = 0, block = 0): output c is
 * bit c mod 64 of word (c / 64) mod 4, clear for +1 and set for -1.
 *
 * <p><b>Additions.</b> {@link GroupSums}, then times 1/sqrt(k).
 *
 * <p><b>Law.</b> Var |Ru|<sup>2</sup> = 2 (1 - q4) / k: never above the Gaussian law, and 0 for a
 * single feature.
 *
 * <p>Source: D. Achlioptas, <em>Database-friendly random projections</em>, 2003, <a
 * href="https://doi.org/10.1016/S0022-0000(03)00025-4">doi:10.1016/S0022-0000(03)00025-4</a>.
 */
final class SignProjection implements SummedProjection {
  private static final int SIGNS_PER_BLOCK = 256;

  private final ProjectionSpec spec;
  private final DenseColumns columns;
  private final DenseMatrix matrix;
  private final RowBuffers buffers;

  SignProjection(ProjectionSpec spec) {
    this.spec = spec;
    StreamKey key = StreamKey.of(spec.seed(), "projection/sign");
    this.columns = DenseColumns.of(spec, (feature, column) -> fill(key, feature, column));
    this.matrix = new DenseMatrix(spec, columns, scale());
    this.buffers = new RowBuffers(spec.k());
  }

  private static void fill(StreamKey key, long feature, double[] column) {
    long[] words = new long[4];
    for (int c = 0; c < column.length; c++) {
      if (c % SIGNS_PER_BLOCK == 0) {
        key.block(feature, c / SIGNS_PER_BLOCK, 0, 0, words);
      }
      column[c] = Variates.sign(words[c / Long.SIZE % words.length], c % Long.SIZE);
    }
  }

  @Override
  public ProjectionSpec spec() {
    return spec;
  }

  @Override
  public double scale() {
    return 1 / Math.sqrt(spec.k());
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
    return 2 * (1 - q4) / spec.k();
  }
}
