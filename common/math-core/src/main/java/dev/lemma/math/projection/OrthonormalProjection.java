// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.GramSchmidt;
import dev.lemma.math.random.StreamKey;

/**
 * R = sqrt(d/k) Q' where the k rows of Q' are orthonormal and uniformly (Haar) distributed: a
 * random rotation of which k coordinates are kept. With k = d it is an isometry.
 *
 * <p><b>Entries.</b> The Gaussians of {@link GaussianProjection} on stream {@code
 * projection/orthonormal} as a d x k matrix; Q is its QR factor with a positive diagonal of R
 * ({@link GramSchmidt}), which makes it Haar distributed.
 *
 * <p><b>Additions.</b> {@link GroupSums} over the entries of Q, then times sqrt(d/k).
 *
 * <p><b>Law.</b> |Ru|<sup>2</sup> k/d ~ Beta(k/2, (d - k)/2): Var = 2 (d - k) / (k (d + 2)).
 *
 * <p><b>Cost.</b> 4 d k<sup>2</sup> operations in one thread when it is first used, 16dk bytes
 * meanwhile; 8dk bytes afterwards and 4dk more once used in binary32, shared in the JVM.
 *
 * <p>Source: F. Mezzadri, <em>How to generate random matrices from the classical compact
 * groups</em>, 2007, <a href="https://arxiv.org/abs/math-ph/0609050">arXiv:math-ph/0609050</a>.
 */
final class OrthonormalProjection {
  private OrthonormalProjection() {}

  static DenseProjection of(ProjectionSpec spec) {
    int d = RowChecks.dimension(spec);
    double bytes = 16.0 * d * spec.k();
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new IllegalArgumentException(
          "orthonormal projection: expected a heap of at least 16 d k = %.0f bytes, found %d; give a"
                  .formatted(bytes, Runtime.getRuntime().maxMemory())
              + " larger heap or choose the family sign");
    }
    DenseColumns columns =
        SharedTables.get(
            ColumnTable.class, spec, () -> new ColumnTable(new Factor(spec)::column, d));
    double k = spec.k();
    double variance = 2 * (d - k) / (k * (d + 2.0));
    return new DenseProjection(spec, columns, Math.sqrt(d / k), variance);
  }

  /** Q by rows, made by the first who asks. */
  private static final class Factor {
    private final ProjectionSpec spec;
    private double[][] rows;

    Factor(ProjectionSpec spec) {
      this.spec = spec;
    }

    synchronized double[] column(int feature) {
      if (rows == null) {
        rows = make();
      }
      return rows[feature];
    }

    private double[][] make() {
      int d = RowChecks.dimension(spec);
      int k = spec.k();
      StreamKey key = StreamKey.of(spec.seed(), "projection/orthonormal");
      double[][] vectors = new double[k][d];
      double[] gaussians = new double[k];
      for (int j = 0; j < d; j++) {
        GaussianProjection.fill(key, j, gaussians);
        for (int c = 0; c < k; c++) {
          vectors[c][j] = gaussians[c];
        }
      }
      if (!GramSchmidt.orthonormalizeInPlace(vectors)) {
        throw new IllegalStateException(
            "the Gaussian matrix of seed "
                + spec.seed()
                + " has no full rank; choose another seed");
      }
      double[][] transposed = new double[d][k];
      for (int j = 0; j < d; j++) {
        for (int c = 0; c < k; c++) {
          transposed[j][c] = vectors[c][j];
        }
      }
      return transposed;
    }
  }
}
