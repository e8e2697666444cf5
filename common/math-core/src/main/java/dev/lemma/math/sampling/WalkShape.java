// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Optional;

/** Scale and shape of random-walk steps while they are learnt. */
final class WalkShape {
  /** Added to the diagonal, in units of its mean, and tenfold until the matrix has a factor. */
  private static final double FIRST_LIFT = 1e-12;

  private final RandomWalkOptions options;
  private final int dimension;
  private final double[] mean;
  private final double[] deviation;
  private final PackedSymmetric covariance;
  private long adaptations;
  private double logScale;
  private double scale;
  private Cholesky factor;

  WalkShape(RandomWalkOptions options, RandomWalkState state) {
    this.options = options;
    dimension = state.ensemble().dimension();
    mean = state.mean();
    deviation = new double[dimension];
    covariance = PackedSymmetric.wrap(dimension, state.covariance());
    adaptations = state.adaptations();
    logScale = state.logScale();
    scale = StrictMath.exp(logScale);
    factor = factorOf(covariance);
  }

  /** Turns standard Gaussians into a step. */
  void shapeInPlace(double[] gaussians) {
    factor.colourInPlace(gaussians);
    for (int j = 0; j < dimension; j++) {
      gaussians[j] *= scale;
    }
  }

  /**
   * Learns from one iteration.
   *
   * @param logRatios log of the acceptance ratio by chain
   * @param positions of the chains after it
   */
  void learn(double[] logRatios, double[] positions) {
    adaptations++;
    int chains = logRatios.length;
    double acceptance = 0;
    for (double ratio : logRatios) {
      acceptance += StrictMath.exp(Math.min(0, ratio)) / chains;
    }
    logScale += gain(options.scaleDecay()) * (acceptance - options.acceptance());
    scale = StrictMath.exp(logScale);
    double gain = gain(options.shapeDecay());
    learnCovariance(positions, chains, gain);
    for (int j = 0; j < dimension; j++) {
      double centre = 0;
      for (int c = 0; c < chains; c++) {
        centre += positions[c * dimension + j] / chains;
      }
      mean[j] += gain * (centre - mean[j]);
    }
    factor = factorOf(covariance);
  }

  private void learnCovariance(double[] positions, int chains, double gain) {
    // The first updates would replace the start by fewer directions than there are parameters.
    double share = Math.min(gain, (double) chains / (chains + dimension));
    covariance.scaleInPlace(1 - share);
    for (int c = 0; c < chains; c++) {
      for (int j = 0; j < dimension; j++) {
        deviation[j] = positions[c * dimension + j] - mean[j];
      }
      covariance.addRankOneInPlace(share / chains, deviation);
    }
  }

  private double gain(double decay) {
    return Math.min(1, options.gain() * StrictMath.pow(adaptations, -decay));
  }

  RandomWalkState state(Ensemble ensemble) {
    return new RandomWalkState(ensemble, adaptations, logScale, mean, covariance.packed());
  }

  /** A function of the matrix alone: a resumed run must find the same factor. */
  private static Cholesky factorOf(PackedSymmetric covariance) {
    double unit = Math.max(Double.MIN_NORMAL, covariance.trace() / covariance.order());
    for (double lift = FIRST_LIFT; lift <= 1; lift *= 10) {
      PackedSymmetric lifted = covariance.copy();
      lifted.addToDiagonalInPlace(lift * unit);
      Optional<Cholesky> factor = Cholesky.of(lifted);
      if (factor.isPresent()) {
        return factor.get();
      }
    }
    throw new IllegalStateException(
        "the covariance of the chains overflows: the target is flat or unbounded, or the starting"
            + " points are too far apart");
  }
}
