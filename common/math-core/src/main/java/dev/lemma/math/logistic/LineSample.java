// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * What one pass says of a penalised loss along a line: its value at several steps, derivatives at
 * the first.
 */
final class LineSample {
  final LikelihoodSums sums;
  final Probe probe;
  final double[] steps;
  final double[] values;

  private LineSample(LikelihoodSums sums, Probe probe) {
    this.sums = sums;
    this.probe = probe;
    steps = probe.steps();
    values = new double[steps.length];
  }

  static LineSample take(
      LogisticPasses passes, Design design, double[] shift, Ridge ridge, Probe probe) {
    PassPlan plan = new PassPlan(design.classes(), design.features(), shift, List.of(probe));
    LineSample sample = new LineSample(passes.run(plan), probe);
    double[] penalty = new double[3];
    for (int s = 0; s < sample.steps.length; s++) {
      ridge.alongLine(
          probe.base(), probe.direction(), sample.steps[s], design.deviations(), penalty);
      sample.values[s] = sample.sums.loss(0, s) + penalty[0];
    }
    return sample;
  }

  /** Index of the step of the lowest value. */
  int lowest() {
    int best = 0;
    for (int s = 1; s < steps.length; s++) {
      if (values[s] < values[best]) {
        best = s;
      }
    }
    return best;
  }
}
