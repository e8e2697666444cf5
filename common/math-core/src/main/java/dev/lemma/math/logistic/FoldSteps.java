// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;

/**
 * Newton steps under several ridges from one set of {@link FoldDerivatives}: for each ridge the
 * step of all rows, and for each fold the step of the others with the loss that it is forecast to
 * have on the fold. Approximate cross-validation of the step and its ridge, with no further pass.
 *
 * <p>R (F + 1) p<sup>3</sup> / 3 flops for p = (K - 1)(d + 1).
 */
final class FoldSteps {
  private final Design design;
  private final FoldDerivatives derivatives;
  private final Movement movement;
  private final double[] analytic;
  private final double[][] analyticWithout;
  private final double[] from;
  private final double[][] fromWithout;
  private final List<RidgeStep> ridges;
  private final double[][] targets;
  private final double[][][] targetsWithout;
  private final double[][] forecasts;
  private final double[] baseline;
  private final double[] weights;

  /**
   * Computes the steps.
   *
   * @param analytic centre of the ridges towards the analytic model; by fold in {@code
   *     analyticWithout}
   * @param from where the step starts; by fold in {@code fromWithout}, made without the fold
   */
  FoldSteps(
      Design design,
      FoldDerivatives derivatives,
      Movement movement,
      double[] analytic,
      double[][] analyticWithout,
      double[] from,
      double[][] fromWithout,
      List<RidgeStep> ridges) {
    this.design = design;
    this.derivatives = derivatives;
    this.movement = movement;
    this.analytic = analytic;
    this.analyticWithout = analyticWithout;
    this.from = from;
    this.fromWithout = fromWithout;
    this.ridges = ridges;
    int folds = derivatives.folds();
    targets = new double[ridges.size()][];
    targetsWithout = new double[ridges.size()][folds][];
    forecasts = new double[ridges.size()][folds];
    baseline = new double[folds];
    weights = new double[folds];
    solve(-1);
    for (int f = 0; f < folds; f++) {
      weights[f] = derivatives.weight(f);
      if (weights[f] > 0) {
        solve(f);
      }
    }
  }

  /** Steps under all ridges without a fold, or of all rows for -1. */
  private void solve(int fold) {
    int width = design.features() + 1;
    double[] gradient = derivatives.gradientWithout(fold);
    double[] hessian = derivatives.hessianWithout(fold);
    double[] start = fold < 0 ? from : fromWithout[fold];
    double[] centre = fold < 0 ? analytic : analyticWithout[fold];
    for (int r = 0; r < ridges.size(); r++) {
      double[] end = step(gradient, hessian.clone(), ridges.get(r).ridge(centre), start);
      if (fold < 0) {
        targets[r] = end;
      } else {
        targetsWithout[r][fold] = end;
        forecasts[r][fold] = derivatives.meanLoss(fold, end, width);
      }
    }
    if (fold >= 0) {
      baseline[fold] = derivatives.meanLoss(fold, start, width);
    }
  }

  /** The damped way from the start to the minimum of the quadratic model under a ridge. */
  private double[] step(double[] gradient, double[] hessian, Ridge ridge, double[] start) {
    int scores = design.classes() - 1;
    double[] deviations = design.deviations();
    double[] slope = gradient.clone();
    ridge.addGradient(derivatives.point(), deviations, slope);
    ridge.addHessian(scores, deviations, hessian);
    boolean[] fixed = design.fixed();
    double[] move =
        NewtonSystem.ofBlocks(hessian, scores, design.features() + 1, fixed).solve(slope);
    double[] change = new double[move.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = fixed[i] ? 0 : derivatives.point()[i] - move[i] - start[i];
    }
    double share = movement.damping(change);
    double[] end = start.clone();
    for (int i = 0; i < end.length; i++) {
      end[i] += share * change[i];
    }
    return end;
  }

  List<RidgeStep> ridges() {
    return ridges;
  }

  /** Parameters after the step of all rows under a ridge. */
  double[] target(int ridge) {
    return targets[ridge];
  }

  /** The change of parameters by it. */
  double[] change(int ridge) {
    return FoldMeans.difference(targets[ridge], from);
  }

  /** Parameters after the step without a fold; the start where the fold is empty. */
  double[] targetWithout(int ridge, int fold) {
    return weights[fold] > 0 ? targetsWithout[ridge][fold] : fromWithout[fold];
  }

  double[] fromWithout(int fold) {
    return fromWithout[fold];
  }

  double[] weights() {
    return weights;
  }

  /** Mean losses of each fold that are forecast under a ridge. */
  double[] forecasts(int ridge) {
    return forecasts[ridge].clone();
  }

  /** Mean losses of each fold before the step, to second order as the forecasts are. */
  double[] baseline() {
    return baseline.clone();
  }

  /** What the step under a ridge is forecast to lower the mean loss of each fold by. */
  double[] gains(int ridge) {
    return FoldMeans.difference(baseline, forecasts[ridge]);
  }

  /** Ridges by their forecast, the best first; those without a finite one are left out. */
  List<Integer> ranked() {
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < ridges.size(); r++) {
      if (Double.isFinite(FoldMeans.mean(gains(r), weights))) {
        order.add(r);
      }
    }
    order.sort(
        (a, b) ->
            Double.compare(FoldMeans.mean(gains(b), weights), FoldMeans.mean(gains(a), weights)));
    return order;
  }
}
