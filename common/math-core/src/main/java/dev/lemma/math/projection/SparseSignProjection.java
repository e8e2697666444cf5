// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.StreamKey;

/**
 * The sparse Johnson-Lindenstrauss transform in block form: each column has zeta signs over
 * sqrt(zeta), one in each of zeta blocks of outputs; with zeta = 1 the count sketch.
 *
 * <p><b>Entries.</b> Block b covers the outputs floor(b k / zeta) up to and without floor((b + 1) k
 * / zeta). Stream {@code projection/sparse-sign}; the entry of feature j in block b is word b mod 4
 * of the block at (entity = j, index = floor(b / 4), lane = 0, block = 0): the upper 32 bits give
 * the {@linkplain dev.lemma.math.random.Variates#position position} inside the block, the lowest
 * bit the sign, clear for +1 and set for -1.
 *
 * <p><b>Additions.</b> Features in ascending order, for each its zeta entries, one addition to the
 * output for each; then times 1/sqrt(zeta).
 *
 * <p><b>Law.</b> Var |Ru|<sup>2</sup> = 2 (1 - q4) / zeta<sup>2</sup> times the sum of 1/k_b over
 * the blocks' sizes k_b, which is 2 (1 - q4) / k where zeta divides k. A single feature keeps its
 * length exactly, up to rounding.
 *
 * <p><b>Cost.</b> z zeta additions for z non-zero entries; a few MB of cached columns.
 *
 * <p>Source: D. M. Kane and J. Nelson, <em>Sparser Johnson-Lindenstrauss Transforms</em>, 2014, <a
 * href="https://doi.org/10.1145/2559902">doi:10.1145/2559902</a>.
 */
final class SparseSignProjection implements SummedProjection {
  private final ProjectionSpec spec;
  private final SparseSignColumns columns;
  private final RowBuffers buffers;
  private final double inverseBlockSizes;

  SparseSignProjection(ProjectionSpec spec) {
    this.spec = spec;
    StreamKey key = StreamKey.of(spec.seed(), "projection/sparse-sign");
    this.columns = new SparseSignColumns(key, spec.k(), spec.nonzeros());
    this.buffers = new RowBuffers(spec.k());
    double sum = 0;
    for (int b = 0; b < spec.nonzeros(); b++) {
      sum += 1.0 / columns.blockSize(b);
    }
    this.inverseBlockSizes = sum;
  }

  @Override
  public ProjectionSpec spec() {
    return spec;
  }

  @Override
  public double scale() {
    return 1 / Math.sqrt(spec.nonzeros());
  }

  @Override
  public RowBuffers buffers() {
    return buffers;
  }

  @Override
  public void add(SparseRow row, float[] sums) {
    columns.add(row, sums);
  }

  @Override
  public void add(SparseRow row, double[] sums) {
    columns.add(row, sums);
  }

  @Override
  public void backProject(float[] projected, float[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    columns.multiplyTransposed(projected, row, (float) scale());
  }

  @Override
  public void backProject(double[] projected, double[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    columns.multiplyTransposed(projected, row, scale());
  }

  @Override
  public double squaredNormVariance(double q4) {
    RowChecks.q4(q4);
    return 2 * (1 - q4) * inverseBlockSizes / ((double) spec.nonzeros() * spec.nonzeros());
  }
}
