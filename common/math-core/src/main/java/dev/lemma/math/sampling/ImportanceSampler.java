// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.VectorLaw;

/**
 * Importance sampling: independent points of a law q, weighted by pi / q. Point i has the address
 * (0, i, 0, 0, 1, ...), so that neither more points nor another batch size change it.
 */
public final class ImportanceSampler {
  private ImportanceSampler() {}

  /**
   * Draws and weighs N points.
   *
   * @param law q, positive wherever the target is, and with tails at least as heavy
   * @param draws N, at least 1
   * @param batch points that share a call of the target
   * @throws TargetException if the target returns NaN or +infinity; the iteration is the point's
   *     number
   * @throws IllegalArgumentException if the density is 0 at all points
   */
  public static WeightedDraws sample(
      BatchTarget target, VectorLaw law, StreamKey key, int draws, int batch) {
    int d = law.dimension();
    double[] points = new double[Math.multiplyExact(Require.atLeast("draws", draws, 1), d)];
    double[] logWeights = new double[draws];
    int most = Math.min(draws, Require.atLeast("batch", batch, 1));
    double[] some = new double[most * d];
    double[] densities = new double[most];
    KeyedSource source = new KeyedSource(key);
    for (int from = 0; from < draws; from += most) {
      int count = Math.min(most, draws - from);
      for (int r = 0; r < count; r++) {
        law.draw(source.at(0, from + r, 0), some, r * d);
      }
      target.logDensities(some, count, densities);
      for (int r = 0; r < count; r++) {
        logWeights[from + r] =
            TargetException.check(densities[r], 0, from + r) - law.logDensity(some, r * d);
      }
      System.arraycopy(some, 0, points, from * d, count * d);
    }
    return WeightedDraws.of(target.names(), points, logWeights);
  }
}
