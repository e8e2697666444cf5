// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.Gaussians;
import dev.lemma.math.random.StreamKey;

/** The iterations that all random walks on C chains share. */
final class WalkLoop {
  private final BatchTarget target;
  private final StreamKey key;
  private final long warmup;

  WalkLoop(BatchTarget target, StreamKey key, long warmup) {
    this.target = target;
    this.key = key;
    this.warmup = warmup;
  }

  void advance(Walkers walkers, StepShape shape, long iterations, DrawSink sink) {
    int d = walkers.dimension;
    Gaussians source = new Gaussians(key);
    Decisions decisions = new Decisions(key);
    double[] gaussians = new double[walkers.positions.length];
    double[] step = new double[d];
    double[] logRatios = new double[walkers.chains];
    for (long i = 0; i < iterations; i++) {
      for (int c = 0; c < walkers.chains; c++) {
        source.fill(0, walkers.iteration, c, gaussians, c * d, d);
        System.arraycopy(gaussians, c * d, step, 0, d);
        shape.shapeInPlace(step);
        walkers.propose(c, step);
      }
      walkers.evaluate(target);
      boolean warm = walkers.iteration >= warmup;
      for (int c = 0; c < walkers.chains; c++) {
        logRatios[c] = walkers.proposed[c] - walkers.logDensities[c];
        boolean moved = walkers.decide(decisions, c, logRatios[c]);
        if (warm) {
          walkers.count(c, moved);
        }
      }
      if (!warm) {
        shape.learn(logRatios, walkers.positions, gaussians);
      }
      walkers.emit(sink);
    }
  }
}
