// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;

/** Scale and shape of random-walk steps while they are learnt. */
final class WalkShape implements StepShape {
  /** Earlier restarts would forget nothing worth it. */
  private static final long SHORTEST_STAGE = 50;

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
    factor = StepFactor.of(covariance);
  }

  @Override
  public void shapeInPlace(double[] gaussians) {
    factor.colourInPlace(gaussians);
    for (int j = 0; j < dimension; j++) {
      gaussians[j] *= scale;
    }
  }

  @Override
  public void learn(double[] logRatios, double[] positions, double[] gaussians) {
    long age = age(adaptations++);
    int chains = logRatios.length;
    double acceptance = 0;
    for (double ratio : logRatios) {
      acceptance += StrictMath.exp(Math.min(0, ratio)) / chains;
    }
    logScale += gain(age, options.scaleDecay()) * (acceptance - options.acceptance());
    scale = StrictMath.exp(logScale);
    double gain = gain(age, options.shapeDecay());
    learnCovariance(positions, chains, gain);
    for (int j = 0; j < dimension; j++) {
      double centre = 0;
      for (int c = 0; c < chains; c++) {
        centre += positions[c * dimension + j] / chains;
      }
      mean[j] += gain * (centre - mean[j]);
    }
    factor = StepFactor.of(covariance);
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

  /** Updates since the last of the times warm-up / 2, warm-up / 4, ..., from 1. */
  private long age(long time) {
    long restart = options.warmup() / 2;
    while (restart > time) {
      restart /= 2;
    }
    return time - (restart < SHORTEST_STAGE ? 0 : restart) + 1;
  }

  private double gain(long age, double decay) {
    return Math.min(1, options.gain() * StrictMath.pow(age, -decay));
  }

  RandomWalkState state(Ensemble ensemble) {
    return new RandomWalkState(ensemble, adaptations, logScale, mean, covariance.packed());
  }
}
