// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** The objective of {@link CalibrationFit} for two classes, over a = ln s and t. */
final class LogitObjective implements DampedNewton.Objective {
  private final ScoreNodes nodes;
  // What a unit of weight counts: n / sum of w.
  private final double unit;

  LogitObjective(ScoreNodes nodes, double rows) {
    this.nodes = nodes;
    this.unit = nodes.totalWeight() > 0 ? rows / nodes.totalWeight() : 0;
  }

  @Override
  public double value(double[] point) {
    double scale = Math.exp(point[0]);
    double sum = 0;
    for (int i = 0; i < nodes.size(); i++) {
      double eta = scale * nodes.score(i) + point[1];
      sum += nodes.weight(i) * LogLoss.of(eta, nodes.label(i));
    }
    return unit * sum + prior(point);
  }

  @Override
  public double model(double[] point, double[] gradient, double[] step) {
    double scale = Math.exp(point[0]);
    double value = 0;
    double toScale = 0;
    double toOffset = 0;
    double scaleScale = 0;
    double scaleOffset = 0;
    double offsetOffset = 0;
    for (int i = 0; i < nodes.size(); i++) {
      double scaled = scale * nodes.score(i);
      double eta = scaled + point[1];
      int label = nodes.label(i);
      double weight = nodes.weight(i);
      double wrong = label == 1 ? -eta : eta;
      double small = Math.exp(-Math.abs(wrong));
      // The probability of the other class keeps its digits where that of the row's own is near 1.
      double other = (wrong < 0 ? small : 1) / (1 + small);
      double slope = weight * (label == 1 ? -other : other);
      double curvature = weight * other * (1 - other);
      value += weight * (Math.max(wrong, 0) + LogLoss.logOnePlus(small));
      toScale += slope * scaled;
      toOffset += slope;
      scaleScale += (curvature * scaled + slope) * scaled;
      scaleOffset += curvature * scaled;
      offsetOffset += curvature;
    }
    gradient[0] = unit * toScale + point[0];
    gradient[1] = unit * toOffset + point[1];
    double[] hessian = {unit * scaleScale + 1, unit * scaleOffset, unit * offsetOffset + 1};
    DampedNewton.solve(hessian, gradient, step);
    return unit * value + prior(point);
  }

  private static double prior(double[] point) {
    return (point[0] * point[0] + point[1] * point[1]) / 2;
  }
}
