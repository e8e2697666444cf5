// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;

/**
 * The finisher for wide models, whose Hessian would be too large: limited-memory BFGS, two d (K -
 * 1) flops a row for scores and as many for the gradient, preconditioned by {@link MomentHessian}.
 * Passes carry the losses at several steps, as those of {@link Polish} do. The decrement it records
 * is the preconditioner's, an estimate by its quality only.
 */
final class GradientPolish {
  private static final double[] STEPS = {1, 2, 0.6, 0.35, 0.2, 0.1, 0.03, 0.005};
  private static final double SUFFICIENT = 1e-4;
  private static final double WORTH_ANOTHER_PASS = 0.3;
  private static final double ROUNDING = 1e-14;

  private final LogisticPasses passes;
  private final Design design;
  private final double[] shift;
  private final PolishOptions options;
  private final MomentHessian preconditioner;
  private final boolean[] fixed;
  private final List<PolishStep> history = new ArrayList<>();

  GradientPolish(
      LogisticPasses passes, ClassMoments moments, double[] start, PolishOptions options) {
    this.passes = passes;
    this.options = options;
    design = Design.of(moments);
    shift = design.shift();
    fixed = design.fixed();
    preconditioner = new MomentHessian(moments, options.ridge().lambda(), start);
  }

  PolishResult run(double[] start) {
    double[] theta = start.clone();
    double[] base = design.priorsOnly();
    for (int i = 0; i < theta.length; i++) {
      theta[i] = fixed[i] ? base[i] : theta[i];
    }
    LimitedMemory memory = new LimitedMemory(theta.length);
    LineSample sample = look(theta, new double[0], new double[] {0});
    double taken = 1;
    while (true) {
      double[] gradient = gradient(sample, theta);
      double[] scratch = gradient.clone();
      precondition(scratch);
      double weight = sample.sums.weight(0);
      double left = LimitedMemory.dot(gradient, scratch) / 2 / weight;
      record(sample, 0, taken, left);
      if (left <= options.tolerance()) {
        return result(PolishEnd.CONVERGED, theta, sample, true);
      }
      if (history.size() >= options.passes()) {
        return result(PolishEnd.PASSES_SPENT, theta, sample, true);
      }
      double[] direction = new double[theta.length];
      memory.direction(this::precondition, gradient, direction);
      double slope = LimitedMemory.dot(gradient, direction);
      if (!(slope < 0)) {
        memory.forget();
        memory.direction(this::precondition, gradient, direction);
        slope = LimitedMemory.dot(gradient, direction);
      }
      LineSample line = look(theta, direction, STEPS);
      taken = chooseStep(line, sample.values[0], slope);
      double[] next = line.probe.parameters(taken);
      if (taken != 1) {
        record(taken == 0 ? sample : line, taken == 0 ? 0 : line.lowest(), taken, Double.NaN);
        if (taken == 0) {
          return result(PolishEnd.STALLED, theta, sample, true);
        }
        if (history.size() >= options.passes()) {
          return result(PolishEnd.PASSES_SPENT, next, sample, false);
        }
        line = look(next, new double[0], new double[] {0});
      }
      memory.add(theta, next, gradient, gradient(line, next));
      theta = next;
      sample = line;
    }
  }

  private double chooseStep(LineSample line, double before, double slope) {
    double noise = ROUNDING * Math.abs(before);
    int best = line.lowest();
    double full = before - line.values[0];
    double most = before - line.values[best];
    if (full >= -SUFFICIENT * slope - noise && full >= WORTH_ANOTHER_PASS * most - noise) {
      return 1;
    }
    return most > 0 ? line.steps[best] : 0;
  }

  private LineSample look(double[] base, double[] direction, double[] steps) {
    Probe probe = new Probe(options.rows(), PassDetail.GRADIENT, base, direction, steps);
    return LineSample.take(passes, design, shift, options.ridge(), probe);
  }

  private double[] gradient(LineSample sample, double[] theta) {
    double[] gradient = sample.sums.gradient(0);
    options.ridge().addGradient(theta, design.deviations(), gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = fixed[i] ? 0 : gradient[i];
    }
    return gradient;
  }

  private void record(LineSample sample, int at, double step, double decrement) {
    double weight = sample.sums.weight(0);
    history.add(
        new PolishStep(
            history.size() + 1,
            step,
            sample.sums.loss(0, at) / weight,
            sample.values[at] / weight,
            decrement));
  }

  private PolishResult result(PolishEnd end, double[] theta, LineSample sample, boolean certified) {
    return new PolishResult(
        end,
        design,
        options.ridge(),
        theta,
        sample.probe.parameters(),
        certified,
        sample.sums,
        new double[theta.length],
        new int[0],
        List.copyOf(history));
  }

  private void precondition(double[] g) {
    preconditioner.solveInPlace(g);
    for (int i = 0; i < g.length; i++) {
      g[i] = fixed[i] ? 0 : g[i];
    }
  }
}
