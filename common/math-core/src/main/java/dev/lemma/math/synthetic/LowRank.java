// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.synthetic;

import static dev.lemma.math.synthetic.GaussianClasses.require;

import dev.lemma.math.random.StreamKey;

/**
 * A matrix of low rank plus noise: row i is sum_r s_r u_ir v_r + noise z_i with u and z standard
 * normal, v_1 .. v_rank orthonormal and s_r = decay^(r-1). The covariance is V diag(s^2) V' +
 * noise^2 I, so over n rows the singular values lie near sqrt(n (s_r^2 + noise^2)).
 *
 * <p>Immutable and thread-safe; {@link #row} needs O(rank d) time, the object rank d doubles.
 */
public final class LowRank {
  private final StreamKey rows;
  private final double noise;
  private final double[] scales;
  private final double[][] directions;

  /**
   * Settles directions and scales.
   *
   * @param seed key of directions and rows
   * @param features d
   * @param rank number of directions, 1 to d
   * @param decay ratio of successive scales, in (0, 1]
   * @param noise standard deviation of the noise in each feature, at least 0
   */
  public LowRank(long seed, int features, int rank, double decay, double noise) {
    require(features >= 1, "features must be at least 1, found " + features);
    require(
        rank >= 1 && rank <= features,
        "rank must lie in 1 to features = " + features + ", found " + rank);
    require(decay > 0 && decay <= 1, "decay must lie in (0, 1], found " + decay);
    require(noise >= 0, "noise must be at least 0, found " + noise);
    this.rows = StreamKey.of(seed, "generate/low-rank/row");
    this.noise = noise;
    scales = new double[rank];
    directions = new double[rank][features];
    StreamKey design = StreamKey.of(seed, "generate/low-rank/design");
    for (int r = 0; r < rank; r++) {
      scales[r] = StrictMath.pow(decay, r);
      Normals.fill(design, 0, r, directions[r]);
      // Twice is enough: Giraud, Langou and Rozloznik, doi:10.1007/s00211-005-0615-4.
      orthogonalise(r);
      orthogonalise(r);
    }
  }

  /** Number of features d. */
  public int features() {
    return directions[0].length;
  }

  /** Scales s_r, descending. */
  public double[] scales() {
    return scales.clone();
  }

  /** Direction v_r of length 1: d values. */
  public double[] direction(int r) {
    return directions[r].clone();
  }

  /**
   * A row.
   *
   * @param row its number, any value
   * @param out receives d values
   */
  public void row(long row, double[] out) {
    Normals.fill(rows, row, 0, out);
    for (int j = 0; j < out.length; j++) {
      out[j] *= noise;
    }
    double[] u = new double[scales.length];
    Normals.fill(rows, row, 1, u);
    for (int r = 0; r < u.length; r++) {
      double weight = scales[r] * u[r];
      double[] v = directions[r];
      for (int j = 0; j < out.length; j++) {
        out[j] += weight * v[j];
      }
    }
  }

  private void orthogonalise(int r) {
    double[] v = directions[r];
    for (int q = 0; q < r; q++) {
      double dot = dot(v, directions[q]);
      for (int j = 0; j < v.length; j++) {
        v[j] -= dot * directions[q][j];
      }
    }
    double scale = 1 / Math.sqrt(dot(v, v));
    for (int j = 0; j < v.length; j++) {
      v[j] *= scale;
    }
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int j = 0; j < a.length; j++) {
      dot += a[j] * b[j];
    }
    return dot;
  }
}
