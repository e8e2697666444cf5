// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;

/**
 * Damped Newton steps of the penalised logistic likelihood, from a closed-form start, counting the
 * passes over the data.
 *
 * <p>A pass takes loss, gradient and Hessian at the full Newton step and the losses at shorter
 * steps 1/2, 1/4, ... from the same scores, so that the line search costs no pass of its own as
 * long as full steps are good, and one when they are not.
 *
 * <ul>
 *   <li><b>Start.</b> The first pass looks along the line from the model without slopes to the
 *       start. A start that is too sure of itself, as closed forms are of rare or separable
 *       classes, is scaled back to the minimum of the penalised loss on that line before the first
 *       step, for one pass; it is left alone when that gains little.
 *   <li><b>Steps.</b> A step is taken when the penalised loss falls by a share of what the
 *       quadratic model promises; else the best of the shorter ones is. No step raises the
 *       objective.
 *   <li><b>Last step.</b> After the last pass one more step is proposed which no pass has seen. It
 *       is taken only in the evident region of quadratic convergence: the step before was full and
 *       divided the decrement by five or more.
 *   <li><b>Certificate.</b> Half the squared Newton decrement, g' H<sup>-1</sup> g / 2 per unit of
 *       weight, estimates how far the mean penalised loss is above its minimum.
 *   <li><b>Separation.</b> Without a ridge the maximum may not exist: {@link PolishEnd#SEPARATED}.
 * </ul>
 *
 * <p>A pass costs n d<sup>2</sup> K (K - 1) / 2 flops, a step on the driver ((K - 1) d)<sup>3</sup>
 * / 3 and as much memory as that matrix.
 *
 * <p>L. Le Cam, <em>On the asymptotic theory of estimation and testing hypotheses</em>, 1956 (one
 * step from a consistent start); S. Boyd, L. Vandenberghe, <em>Convex Optimization</em>, 2004,
 * section 9.5 (decrement).
 */
public final class Polish {
  /** Most parameters for which the Hessian is formed. */
  public static final int WIDEST = 5000;

  private static final double[] STEPS = {
    1, 0.7, 0.5, 0.35, 0.25, 0.125, 0.0625, 0.03125, 0.00390625
  };
  private static final double[] RAY = {1, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2, 0.1, 0.04, 0.01, 0};

  // Scaling back a start costs a pass: worth it when this share of the objective is to be won.
  private static final double RESCALING_GAIN = 0.05;
  private static final double LONGEST_STEP = 20;
  private static final double SUFFICIENT = 1e-4;
  // A shorter step is preferred when the full one wins less than this share of what it wins.
  private static final double WORTH_ANOTHER_PASS = 0.3;
  // In the region of quadratic convergence the decrement falls at least so fast.
  private static final double EVIDENTLY_FAST = 0.2;
  // Separation divides the decrement by e; convergence divides it by far more.
  private static final double EVIDENTLY_LINEAR = 0.15;
  private static final double ROUNDING = 1e-14;

  private final LogisticPasses passes;
  private final Design design;
  private final double[] shift;
  private final PolishOptions options;
  private final boolean[] fixed;
  private final List<PolishStep> history = new ArrayList<>();

  private Polish(LogisticPasses passes, Design design, PolishOptions options) {
    this.passes = passes;
    this.design = design;
    this.options = options;
    shift = design.shift();
    fixed = design.fixed();
  }

  /**
   * Polishes a model.
   *
   * @param passes the rows
   * @param design of the rows that {@code options} select
   * @param start parameters about {@link Design#shift}
   */
  public static PolishResult run(
      LogisticPasses passes, Design design, double[] start, PolishOptions options) {
    return new Polish(passes, design, options).run(start);
  }

  /** Polishes a model: see {@link #run(LogisticPasses, Design, double[], PolishOptions)}. */
  public static PolishResult run(
      LogisticPasses passes, Design design, LinearModel start, PolishOptions options) {
    return run(passes, design, ScoreParameters.of(start, design.shift()), options);
  }

  /**
   * Polishes a model, by Newton steps up to {@value #WIDEST} parameters, and by gradients with the
   * moments' Hessian as preconditioner beyond: there the decrement is an estimate by that Hessian,
   * separation is not found, and there are no standard errors.
   *
   * @param moments of the rows that {@code options} select
   * @param start parameters about {@link Design#shift}
   */
  public static PolishResult run(
      LogisticPasses passes, ClassMoments moments, double[] start, PolishOptions options) {
    return start.length > WIDEST
        ? byGradients(passes, moments, start, options)
        : run(passes, Design.of(moments), start, options);
  }

  /** By gradients whatever the width. */
  static PolishResult byGradients(
      LogisticPasses passes, ClassMoments moments, double[] start, PolishOptions options) {
    return new GradientPolish(passes, moments, start, options).run(start);
  }

  /** Polishes from the model without slopes. */
  public static PolishResult fromZero(LogisticPasses passes, Design design, PolishOptions options) {
    return run(passes, design, design.priorsOnly(), options);
  }

  private PolishResult run(double[] start) {
    double[] base = design.priorsOnly();
    double[] from = start.clone();
    for (int i = 0; i < from.length; i++) {
      from[i] = fixed[i] ? base[i] : from[i];
    }
    LineSample sample = begin(base, from);
    if (history.size() == options.passes()) {
      double[] scaled = sample.probe.parameters(history.get(0).step());
      double[] none = new double[base.length];
      return result(PolishEnd.PASSES_SPENT, scaled, null, sample, none, system(sample));
    }
    double[] theta = sample.probe.parameters();
    double taken = sample.steps[0];
    double previous = Double.POSITIVE_INFINITY;
    int linear = 0;
    int dropped = Integer.MAX_VALUE;
    boolean vanished = false;
    double[] growing = new double[base.length];
    while (true) {
      double[] gradient = gradient(sample, theta);
      NewtonSystem system = system(sample);
      double[] direction = negative(system.solve(gradient));
      // Where classes are separated curvature vanishes, and with it at last the rank and the steps.
      vanished |= linear >= 2 && system.dropped().length > dropped;
      dropped = system.dropped().length;
      double promised = -dot(gradient, direction) / 2;
      double weight = sample.sums.weight(0);
      record(sample, 0, taken, promised / weight);
      boolean full = taken == 1;
      double ratio = promised / previous;
      linear = full && ratio > EVIDENTLY_LINEAR && ratio < 1 ? linear + 1 : 0;
      boolean trusted = full && ratio > 0 && ratio < EVIDENTLY_FAST;
      growing = linear >= 2 ? direction.clone() : growing;
      boolean separating = options.ridge().lambda() == 0 && (linear >= 2 || vanished);
      if (promised <= options.tolerance() * weight) {
        if (separating) {
          return result(PolishEnd.SEPARATED, theta, theta, sample, growing, system);
        }
        return result(
            PolishEnd.CONVERGED,
            trusted ? sum(theta, direction) : theta,
            theta,
            sample,
            direction,
            system);
      }
      if (history.size() >= options.passes()) {
        PolishEnd end = separating ? PolishEnd.SEPARATED : PolishEnd.PASSES_SPENT;
        return result(
            end,
            trusted && !separating ? sum(theta, direction) : theta,
            theta,
            sample,
            separating ? growing : direction,
            system);
      }
      double reach = reach(theta, direction);
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= reach;
      }
      LineSample line = look(theta, direction, STEPS);
      double start0 = sample.values[0];
      double step = chooseStep(line, start0, promised * reach);
      if (step == 0) {
        record(sample, 0, 0, Double.NaN);
        PolishEnd end = separating ? PolishEnd.SEPARATED : PolishEnd.STALLED;
        return result(end, theta, theta, sample, separating ? growing : direction, system);
      }
      if (step != 1) {
        record(line, line.lowest(), step * reach, Double.NaN);
        theta = line.probe.parameters(step);
        if (history.size() >= options.passes()) {
          return result(PolishEnd.PASSES_SPENT, theta, null, sample, direction, system);
        }
        line = look(theta, new double[0], new double[] {0});
      } else {
        theta = line.probe.parameters();
      }
      previous = promised;
      taken = step * reach;
      sample = line;
    }
  }

  /** The first pass, and a second at a start scaled back if that is worth it. */
  private LineSample begin(double[] base, double[] start) {
    double[] direction = new double[base.length];
    boolean moved = false;
    for (int i = 0; i < base.length; i++) {
      direction[i] = start[i] - base[i];
      moved |= direction[i] != 0;
    }
    if (!moved) {
      return look(base, new double[0], new double[] {0});
    }
    LineSample ray = look(base, direction, RAY);
    double gain = ray.values[0] - ray.values[ray.lowest()];
    boolean sane = ray.values[0] < Double.POSITIVE_INFINITY;
    if (sane && gain <= RESCALING_GAIN * ray.values[0]) {
      return ray;
    }
    int lowest = sane ? ray.lowest() : ray.steps.length - 1;
    double step = ray.steps[lowest];
    record(ray, lowest, step, Double.NaN);
    if (options.passes() == 1) {
      return ray;
    }
    return look(base, direction, new double[] {step});
  }

  /**
   * The share of a Newton step that a line search begins with. Where a model is sure of nearly all
   * rows its Hessian all but vanishes and a step may be of any length: it is cut to a multiple of
   * the slopes there are, in units of the columns' deviations.
   */
  private double reach(double[] theta, double[] direction) {
    int width = design.features() + 1;
    double[] deviations = design.deviations();
    double size = 0;
    double move = 0;
    for (int i = 0; i < theta.length; i++) {
      if (i % width > 0) {
        double unit = deviations[i % width - 1];
        size = Math.max(size, Math.abs(theta[i]) * unit);
        move = Math.max(move, Math.abs(direction[i]) * unit);
      }
    }
    double longest = LONGEST_STEP + 2 * size;
    return move > longest ? longest / move : 1;
  }

  private double chooseStep(LineSample line, double before, double promised) {
    double noise = ROUNDING * Math.abs(before);
    int best = line.lowest();
    double full = before - line.values[0];
    double most = before - line.values[best];
    if (full >= 2 * SUFFICIENT * promised - noise && full >= WORTH_ANOTHER_PASS * most - noise) {
      return 1;
    }
    return most > 0 ? line.steps[best] : 0;
  }

  private LineSample look(double[] base, double[] direction, double[] steps) {
    Probe probe = new Probe(options.rows(), options.detail(), base, direction, steps);
    return LineSample.take(passes, design, shift, options.ridge(), probe);
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

  private double[] gradient(LineSample sample, double[] theta) {
    double[] gradient = sample.sums.gradient(0);
    options.ridge().addGradient(theta, design.deviations(), gradient);
    return gradient;
  }

  private NewtonSystem system(LineSample sample) {
    double[] blocks = sample.sums.hessian(0);
    options.ridge().addHessian(design.classes() - 1, design.deviations(), blocks);
    return NewtonSystem.ofBlocks(blocks, design.classes() - 1, design.features() + 1, fixed);
  }

  private PolishResult result(
      PolishEnd end,
      double[] parameters,
      double[] measuredAt,
      LineSample sample,
      double[] direction,
      NewtonSystem system) {
    return new PolishResult(
        end,
        design,
        options.ridge(),
        parameters,
        measuredAt == null ? sample.probe.parameters() : measuredAt,
        measuredAt != null,
        sample.sums,
        direction,
        system.dropped(),
        List.copyOf(history));
  }

  private static double[] negative(double[] v) {
    for (int i = 0; i < v.length; i++) {
      v[i] = -v[i];
    }
    return v;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] result = a.clone();
    for (int i = 0; i < a.length; i++) {
      result[i] += b[i];
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
