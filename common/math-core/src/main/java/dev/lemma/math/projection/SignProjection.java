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
 * <p><b>Additions.</b> Features in groups of eight (by id &gt;&gt; 3), ascending; to each output is
 * added a + b, where a = ((s0 x0 + s1 x1) + s2 x2) + s3 x3 sums the first four features of the
 * group and b the last four; then times 1/sqrt(k). With d known and d k bits within an eighth of
 * the heap, rows go through {@link FloatSignRows} and blocks through {@link FloatSignBlock};
 * otherwise through cached columns ({@link OctetSums}), to the same bits.
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
  private final StreamKey key;
  private final RowBuffers buffers;
  // Either packed bits or columns do the exact sums.
  private final SignCodes codes;
  private final OctetSums octets;
  private DenseMatrix matrix;
  private FloatSignRows floatRows;
  private FloatSignBlock floatBlock;
  private DoubleSignRows doubleRows;
  private DoubleSignBlock doubleBlock;

  SignProjection(ProjectionSpec spec) {
    this.spec = spec;
    this.key = StreamKey.of(spec.seed(), "projection/sign");
    this.buffers = new RowBuffers(spec.k());
    boolean packed = spec.d().isPresent() && SignCodes.fits(spec.d().getAsLong(), spec.k());
    this.codes = packed ? SignCodes.of(spec, key) : null;
    this.octets = packed ? null : new OctetSums(columns());
  }

  private DenseColumns columns() {
    return DenseColumns.of(spec, (feature, column) -> fill(key, feature, column));
  }

  private DenseMatrix matrix() {
    if (matrix == null) {
      matrix = new DenseMatrix(spec, columns(), scale());
    }
    return matrix;
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
    if (codes == null) {
      octets.add(row, sums);
    } else {
      floatRows().add(row, sums);
    }
  }

  @Override
  public void projectRows(float[] rows, int n, float[] out) {
    if (codes == null) {
      SummedProjection.super.projectRows(rows, n, out);
      return;
    }
    RowChecks.block(spec, rows.length, n, out.length);
    int d = RowChecks.dimension(spec);
    float scale = (float) scale();
    int r = 0;
    while (n - r >= FloatSignBlock.WORTHWHILE_ROWS) {
      int count = Math.min(n - r, FloatSignBlock.ROWS);
      if (floatBlock == null) {
        floatBlock = new FloatSignBlock(codes);
      }
      floatBlock.project(rows, r * d, count, scale, out, r * spec.k());
      r += count;
    }
    for (; r < n; r++) {
      float[] sums = buffers.zeroFloats();
      floatRows().add(rows, r * d, sums);
      SummedProjection.scaleInPlace(sums, scale);
      System.arraycopy(sums, 0, out, r * spec.k(), sums.length);
    }
  }

  private FloatSignRows floatRows() {
    if (floatRows == null) {
      floatRows = new FloatSignRows(codes);
    }
    return floatRows;
  }

  @Override
  public void add(SparseRow row, double[] sums) {
    if (codes == null) {
      octets.add(row, sums);
    } else {
      doubleRows().add(row, sums);
    }
  }

  @Override
  public void projectRows(double[] rows, int n, double[] out) {
    if (codes == null) {
      SummedProjection.super.projectRows(rows, n, out);
      return;
    }
    RowChecks.block(spec, rows.length, n, out.length);
    int d = RowChecks.dimension(spec);
    double scale = scale();
    int r = 0;
    while (n - r >= DoubleSignBlock.WORTHWHILE_ROWS) {
      int count = Math.min(n - r, DoubleSignBlock.ROWS);
      if (doubleBlock == null) {
        doubleBlock = new DoubleSignBlock(codes);
      }
      doubleBlock.project(rows, r * d, count, scale, out, r * spec.k());
      r += count;
    }
    for (; r < n; r++) {
      double[] sums = buffers.zeroDoubles();
      doubleRows().add(rows, r * d, sums);
      SummedProjection.scaleInPlace(sums, scale);
      System.arraycopy(sums, 0, out, r * spec.k(), sums.length);
    }
  }

  private DoubleSignRows doubleRows() {
    if (doubleRows == null) {
      doubleRows = new DoubleSignRows(codes);
    }
    return doubleRows;
  }

  @Override
  public void projectRowsFast(float[] rows, int n, float[] out, Gemm gemm) {
    matrix().multiply(rows, n, out, gemm);
  }

  @Override
  public void projectRowsFast(double[] rows, int n, double[] out, Gemm gemm) {
    matrix().multiply(rows, n, out, gemm);
  }

  @Override
  public void backProject(float[] projected, float[] row) {
    matrix().multiplyTransposed(projected, row);
  }

  @Override
  public void backProject(double[] projected, double[] row) {
    matrix().multiplyTransposed(projected, row);
  }

  @Override
  public double squaredNormVariance(double q4) {
    RowChecks.q4(q4);
    return 2 * (1 - q4) / spec.k();
  }
}
