// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * What one pass says of a penalised loss along a line: value and slope at several steps, gradient
 * and curvature at the first.
 */
final class LineSample {
  final LikelihoodSums sums;
  final Probe probe;
  final double[] steps;
  final double[] values;
  final double[] slopes;

  private LineSample(LikelihoodSums sums, Probe probe) {
    this.sums = sums;
    this.probe = probe;
    steps = probe.steps();
    values = new double[steps.length];
    slopes = new double[steps.length];
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
      sample.slopes[s] = sample.sums.slope(0, s) + penalty[1];
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

  /**
   * A step near the minimum of the line: the minimum of the cubic through values and slopes on the
   * interval between two neighbouring samples in which the slope changes its sign, or the lowest
   * sample where there is no such interval.
   */
  double minimum() {
    int below = -1;
    int above = -1;
    for (int s = 0; s < steps.length; s++) {
      if (slopes[s] < 0 && (below < 0 || steps[s] > steps[below])) {
        below = s;
      }
      if (slopes[s] >= 0 && (above < 0 || steps[s] < steps[above])) {
        above = s;
      }
    }
    if (below < 0 || above < 0 || steps[below] >= steps[above]) {
      return steps[lowest()];
    }
    double width = steps[above] - steps[below];
    double chord = 3 * (values[above] - values[below]) / width;
    double theta = slopes[below] + slopes[above] - chord;
    double root = Math.sqrt(Math.max(0, theta * theta - slopes[below] * slopes[above]));
    double part = 1 - (slopes[above] + root - theta) / (slopes[above] - slopes[below] + 2 * root);
    // Not at the ends, where the cubic may put it when rounding spoils the values.
    return steps[below] + width * Math.min(0.95, Math.max(0.05, part));
  }
}
