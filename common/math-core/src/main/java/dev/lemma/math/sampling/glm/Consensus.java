// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consensus Monte Carlo: draws of S sub-posteriors, made apart, become draws of nearly the
 * posterior of all rows by averaging with the inverse sample covariances W_s as weights,
 *
 * <pre>
 * x_t = (sum W_s)^-1 sum W_s x_st
 * </pre>
 *
 * <p>Exact for Gaussian sub-posteriors, else with a bias that grows with S; hence the combined
 * draws are used only to make proposals, {@link #mean} and {@link #precision} of which a pass over
 * all rows corrects. O(S T d<sup>2</sup>).
 *
 * <p>Source: S. L. Scott and others, <em>Bayes and big data: the consensus Monte Carlo
 * algorithm</em>, 2016, <a
 * href="https://doi.org/10.1080/17509653.2016.1142191">doi:10.1080/17509653.2016.1142191</a>.
 */
public final class Consensus {
  private final int dimension;
  private final double[] draws;
  private final double[] mean;
  private final PackedSymmetric precision;

  private Consensus(int dimension, double[] draws, double[] mean, PackedSymmetric precision) {
    this.dimension = dimension;
    this.draws = draws;
    this.mean = mean;
    this.precision = precision;
  }

  /**
   * Combines draws.
   *
   * @param dimension d
   * @param parts of each sub-posterior T x d numbers, draw by draw; T above d
   * @return empty if the draws of a sub-posterior, or the combined ones, lie in a subspace
   */
  public static Optional<Consensus> of(int dimension, List<double[]> parts) {
    int length = parts.get(0).length;
    if (length % dimension != 0 || parts.stream().anyMatch(part -> part.length != length)) {
      throw new IllegalArgumentException("sub-posteriors must have equally many whole draws");
    }
    PackedSymmetric total = PackedSymmetric.zero(dimension);
    List<PackedSymmetric> weights = new ArrayList<>();
    for (double[] part : parts) {
      Optional<Cholesky> factor = Cholesky.of(covariance(dimension, part, mean(dimension, part)));
      if (factor.isEmpty()) {
        return Optional.empty();
      }
      PackedSymmetric weight = factor.get().inverse();
      weights.add(weight);
      total.addScaledInPlace(1, weight);
    }
    Optional<Cholesky> sum = Cholesky.of(total);
    if (sum.isEmpty()) {
      return Optional.empty();
    }
    double[] combined = new double[length];
    double[] draw = new double[dimension];
    double[] image = new double[dimension];
    for (int at = 0; at < length; at += dimension) {
      double[] right = new double[dimension];
      for (int s = 0; s < parts.size(); s++) {
        System.arraycopy(parts.get(s), at, draw, 0, dimension);
        weights.get(s).multiply(draw, image);
        for (int j = 0; j < dimension; j++) {
          right[j] += image[j];
        }
      }
      sum.get().solveInPlace(right);
      System.arraycopy(right, 0, combined, at, dimension);
    }
    double[] mean = mean(dimension, combined);
    return Cholesky.of(covariance(dimension, combined, mean))
        .map(factor -> new Consensus(dimension, combined, mean, factor.inverse()));
  }

  private static double[] mean(int d, double[] draws) {
    double[] mean = new double[d];
    for (int i = 0; i < draws.length; i++) {
      mean[i % d] += draws[i];
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= draws.length / d;
    }
    return mean;
  }

  private static PackedSymmetric covariance(int d, double[] draws, double[] mean) {
    PackedSymmetric covariance = PackedSymmetric.zero(d);
    double[] gap = new double[d];
    int count = draws.length / d;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < d; j++) {
        gap[j] = draws[i * d + j] - mean[j];
      }
      covariance.addRankOneInPlace(1.0 / (count - 1), gap);
    }
    return covariance;
  }

  /** d. */
  public int dimension() {
    return dimension;
  }

  /** The combined draws, T x d numbers, draw by draw. */
  public double[] draws() {
    return draws.clone();
  }

  /** Mean of the combined draws, d numbers. */
  public double[] mean() {
    return mean.clone();
  }

  /** Inverse covariance of the combined draws, d x d. */
  public PackedSymmetric precision() {
    return precision.copy();
  }
}
