// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * Independent entries, 0 but for a share rho (the density) of them, which are signs over sqrt(rho
 * k). A column may be empty: then its feature is lost. Kept for parity with scikit-learn;
 * sparse-sign does the same work with a smaller variance.
 *
 * <p><b>Entries.</b> Stream {@code projection/very-sparse}; the non-zero entries of feature j are
 * met by skipping geometrically many outputs each. Draw t = 0, 1, ... is word t mod 4 of the block
 * at (entity = j, index = 0, lane = 0, block = floor(t / 4)): with u the {@linkplain
 * Variates#uniform uniform} variate of the word, floor(ln u / ln(1 - rho)) outputs are skipped and
 * the next is non-zero, with sign +1 where the lowest bit of the word is clear and -1 where it is
 * set; until the outputs are at an end.
 *
 * <p><b>Additions.</b> Features in ascending order, for each its non-zero entries in ascending
 * order of outputs, one addition for each; then times 1/sqrt(rho k).
 *
 * <p><b>Law.</b> Var |Ru|<sup>2</sup> = (2 + (1/rho - 3) q4) / k: for a single feature and small
 * rho that is 1/(rho k), hopeless.
 *
 * <p><b>Cost.</b> z rho k additions on average for z non-zero entries; a few MB of cached columns.
 *
 * <p>Source: P. Li, T. J. Hastie and K. W. Church, <em>Very sparse random projections</em>, 2006,
 * <a href="https://doi.org/10.1145/1150402.1150436">doi:10.1145/1150402.1150436</a>.
 */
final class VerySparseProjection implements SummedProjection {
  private final ProjectionSpec spec;
  private final SignedColumns columns;
  private final RowBuffers buffers;

  VerySparseProjection(ProjectionSpec spec) {
    this.spec = spec;
    StreamKey key = StreamKey.of(spec.seed(), "projection/very-sparse");
    // With rho = 1 this is minus infinity, and every skip is 0.
    double logOfZero = StrictMath.log1p(-spec.density());
    int k = spec.k();
    long[] words = new long[Philox4x64.WORDS];
    this.columns =
        new SignedColumns(
            spec,
            (feature, column) -> fill(key, logOfZero, k, words, feature, column),
            scale(),
            spec.density() * k);
    this.buffers = new RowBuffers(k);
  }

  private static void fill(
      StreamKey key, double logOfZero, int k, long[] words, long feature, SignedPositions column) {
    int next = 0;
    for (long draw = 0; next < k; draw++) {
      int word = (int) (draw % words.length);
      if (word == 0) {
        key.block(feature, 0, 0, draw / words.length, words);
      }
      double skipped = StrictMath.floor(StrictMath.log(Variates.uniform(words[word])) / logOfZero);
      if (skipped >= k - next) {
        return;
      }
      int position = next + (int) skipped;
      column.append(position, (words[word] & 1) != 0);
      next = position + 1;
    }
  }

  @Override
  public ProjectionSpec spec() {
    return spec;
  }

  @Override
  public double scale() {
    return 1 / Math.sqrt(spec.density() * spec.k());
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
    columns.multiplyTransposed(projected, row);
  }

  @Override
  public void backProject(double[] projected, double[] row) {
    columns.multiplyTransposed(projected, row);
  }

  @Override
  public double squaredNormVariance(double q4) {
    RowChecks.q4(q4);
    return (2 + (1 / spec.density() - 3) * q4) / spec.k();
  }
}
