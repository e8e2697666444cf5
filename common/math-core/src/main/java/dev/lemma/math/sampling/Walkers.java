// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** The working copy of an {@link Ensemble}: current points, proposals and their log densities. */
final class Walkers {
  /** Iteration that errors name for starts. */
  static final long START = -1;

  final int chains;
  final int dimension;
  final double[] positions;
  final double[] logDensities;
  final double[] proposals;
  final double[] proposed;
  long iteration;

  private final long[] accepted;
  private final long[] tried;

  private Walkers(Ensemble from) {
    chains = from.chains();
    dimension = from.dimension();
    positions = from.positions();
    logDensities = from.logDensities();
    iteration = from.iteration();
    accepted = from.accepted();
    tried = from.proposed();
    proposals = new double[positions.length];
    proposed = new double[chains];
  }

  static Walkers of(Ensemble ensemble) {
    return new Walkers(ensemble);
  }

  /** Chains at their starts, with the log densities there. */
  static Ensemble start(BatchTarget target, int chains, double[] positions) {
    int d = target.dimension();
    Require.length("starting points", positions, (long) chains * d);
    Require.finite("starting points", positions);
    double[] densities = new double[chains];
    target.logDensities(positions, chains, densities);
    for (int c = 0; c < chains; c++) {
      if (TargetException.check(densities[c], c, START) == Double.NEGATIVE_INFINITY) {
        throw outside(c);
      }
    }
    return new Ensemble(0, d, positions, densities, new long[chains], new long[chains]);
  }

  static IllegalArgumentException outside(int chain) {
    return new IllegalArgumentException(
        "chain "
            + chain
            + " starts where the density is 0: give every chain a starting point inside the"
            + " support");
  }

  /** Proposes the current point plus a step. */
  void propose(int chain, double[] step) {
    for (int j = 0; j < dimension; j++) {
      proposals[chain * dimension + j] = positions[chain * dimension + j] + step[j];
    }
  }

  /** Evaluates the proposals of all chains in one call. */
  void evaluate(BatchTarget target) {
    target.logDensities(proposals, chains, proposed);
    for (int c = 0; c < chains; c++) {
      TargetException.check(proposed[c], c, iteration);
    }
  }

  /** Moves a chain to its proposal if the logarithm of the ratio exceeds that of the uniform. */
  boolean decide(Decisions decisions, int chain, double logRatio) {
    boolean moves = decisions.logUniform(iteration, chain) < logRatio;
    if (moves) {
      move(chain);
    }
    return moves;
  }

  void move(int chain) {
    System.arraycopy(proposals, chain * dimension, positions, chain * dimension, dimension);
    logDensities[chain] = proposed[chain];
  }

  /** Two walkers change places. */
  void exchange(int one, int other) {
    for (int j = 0; j < dimension; j++) {
      double value = positions[one * dimension + j];
      positions[one * dimension + j] = positions[other * dimension + j];
      positions[other * dimension + j] = value;
    }
    double density = logDensities[one];
    logDensities[one] = logDensities[other];
    logDensities[other] = density;
  }

  void count(int chain, boolean moved) {
    tried[chain]++;
    accepted[chain] += moved ? 1 : 0;
  }

  /** Ends the iteration. */
  void emit(DrawSink sink) {
    sink.accept(iteration, positions, logDensities);
    iteration++;
  }

  Ensemble ensemble() {
    return new Ensemble(iteration, dimension, positions, logDensities, accepted, tried);
  }
}
