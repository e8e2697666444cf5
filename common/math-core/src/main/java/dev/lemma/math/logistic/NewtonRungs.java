// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The third and the fourth pass of a {@link Ladder}.
 *
 * <p>The third takes derivatives fold by fold at the {@link StepOrigin}; steps under several
 * ridges, towards zero and towards the analytic model, are forecast on the folds left out, and the
 * best is taken when its gain is above one standard error. The fourth measures the best steps and
 * shorter ones row by row on the folds left out, takes derivatives at the end of the best step, and
 * forecasts a second from there. What is kept at the end is what does best on rows left out.
 */
final class NewtonRungs {
  /** Said where class 0 has no rows. */
  static final String WITHOUT_REFERENCE =
      "class 0 has no weight: Newton steps need it as the reference and were left out";

  /** Derivatives that a part of the rows may take: 1 GB. */
  private static final long MOST_DOUBLES = 1 << 27;

  private static final double[] LINE = {1, 0.5, 0.25};
  private static final double[] HELD_OUT_LINE = {0, 1, 0.5, 0.25, 0.125};
  private static final int FINALISTS = 4;

  // A step that moves scores further than this is forecast by a quadratic model in vain: on digits
  // steps of 2.5 to 5 were forecast to gain 0.01 to 0.03, and lost as much.
  private static final double FURTHEST_FORECAST = 2;

  private final LadderPasses passes;
  private final Design design;
  private final Movement movement;
  private final StepOrigin origin;
  private final List<RidgeStep> grid;
  private final PassDetail detail;

  /** Parameters of the model so far, and its losses on the folds left out. */
  private double[] parameters;

  private double[] losses;
  private LossBasis basis = LossBasis.MEASURED;
  private FoldDerivatives last;
  private RidgeStep used;
  private boolean taken;

  /**
   * The rungs above a model.
   *
   * @param origin the model, and where derivatives are taken first
   * @param grid ridges, the one asked for first
   * @param detail of the derivatives
   */
  NewtonRungs(
      LadderPasses passes,
      Design design,
      Movement movement,
      StepOrigin origin,
      List<RidgeStep> grid,
      PassDetail detail) {
    this.passes = passes;
    this.design = design;
    this.movement = movement;
    this.origin = origin;
    this.grid = grid;
    this.detail = detail;
    parameters = origin.model();
    losses = origin.losses();
  }

  /**
   * Why steps cannot be taken from a model, if they cannot.
   *
   * @param folds F
   */
  static Optional<String> refusal(LinearModel model, int folds) {
    double size = (model.classes() - 1.0) * (model.features() + 1.0);
    double doubles = folds * size * (model.features() + 2.0) * model.classes() / 4;
    if (!model.hasClass(0)) {
      return Optional.of(WITHOUT_REFERENCE);
    }
    if (size > Polish.WIDEST) {
      return Optional.of(
          "Newton steps were left out: "
              + (long) size
              + " parameters are more than the "
              + Polish.WIDEST
              + " that are solved for");
    }
    if (doubles > MOST_DOUBLES) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Newton steps were left out: the derivatives of %d folds take %.1e numbers, more"
                  + " than %.1e",
              folds,
              doubles,
              (double) MOST_DOUBLES));
    }
    return Optional.empty();
  }

  /** The third pass; and the fourth, if asked, is {@link #fourth}. */
  FoldSteps third() {
    int folds = origin.folds();
    LikelihoodSums sums =
        run(FoldDerivatives.probes(folds, detail, origin.point(), new double[0], new double[] {0}));
    last = new FoldDerivatives(sums, origin.point(), folds);
    FoldSteps steps =
        new FoldSteps(
            design,
            last,
            movement,
            origin.point(),
            origin.pointWithout(),
            origin.point(),
            origin.pointWithout(),
            grid);
    int best = best(steps, FURTHEST_FORECAST);
    used = grid.get(Math.max(0, best));
    if (best >= 0) {
      double[] reached = origin.comparable(steps.forecasts(best), steps.baseline());
      if (isGain(FoldMeans.difference(origin.losses(), reached), steps.weights())) {
        accept(steps.target(best), reached, LossBasis.QUADRATIC);
      }
    }
    return steps;
  }

  /**
   * The ridge with the best forecast, or with ample rows the one asked for, among those whose step
   * moves scores no further; -1 for none.
   */
  private int best(FoldSteps steps, double furthest) {
    List<Integer> ranked =
        steps.ranked().stream().filter(r -> movement.of(steps.change(r)) <= furthest).toList();
    if (ranked.isEmpty()) {
      return -1;
    }
    int best = ranked.get(0);
    double[] lead = FoldMeans.difference(steps.gains(best), steps.gains(0));
    return origin.ample() && ranked.contains(0) && !isClear(lead, steps.weights()) ? 0 : best;
  }

  /** The fourth pass. */
  void fourth(FoldSteps first) {
    int folds = origin.folds();
    int near = best(first, FURTHEST_FORECAST);
    // What is measured needs no forecast to be believed.
    int best = near < 0 ? best(first, Double.POSITIVE_INFINITY) : near;
    if (best < 0) {
      return;
    }
    List<Integer> finalists = finalists(first, best);
    double[] change = first.change(best);
    List<Probe> probes =
        new ArrayList<>(FoldDerivatives.probes(folds, detail, origin.point(), change, LINE));
    for (int r : finalists) {
      for (int f = 0; f < folds; f++) {
        double[] start = first.fromWithout(f);
        double[] way = FoldMeans.difference(first.targetWithout(r, f), start);
        probes.add(new Probe(FoldChoice.only(f), PassDetail.LOSS, start, way, HELD_OUT_LINE));
      }
    }
    LikelihoodSums sums = run(probes);
    parameters = origin.model();
    losses = origin.losses();
    taken = false;
    basis = LossBasis.MEASURED;
    double[] weights = first.weights();
    double[] baseline = means(sums, folds, 0, weights);
    measure(first, finalists, sums, baseline);
    last = new FoldDerivatives(sums, first.target(best), folds);
    second(first, best, means(sums, folds, 1, weights), baseline);
  }

  /** Takes the finalist and the step that lowers the losses left out most, if by enough. */
  private void measure(
      FoldSteps first, List<Integer> finalists, LikelihoodSums sums, double[] baseline) {
    int folds = baseline.length;
    double[] weights = first.weights();
    double[] lowest = baseline;
    double[] end = origin.point();
    double[] asked = means(sums, folds, 1, weights);
    for (int i = 0; i < finalists.size(); i++) {
      int r = finalists.get(i);
      for (int s = 1; s < HELD_OUT_LINE.length; s++) {
        double[] own = means(sums, folds * (i + 1), s, weights);
        if (FoldMeans.mean(own, weights) < FoldMeans.mean(lowest, weights)) {
          lowest = own;
          end = along(first.change(r), HELD_OUT_LINE[s]);
          used = first.ridges().get(r);
        }
      }
    }
    if (origin.ample() && !isClear(FoldMeans.difference(asked, lowest), weights)) {
      lowest = asked;
      end = first.target(finalists.get(0));
      used = first.ridges().get(finalists.get(0));
    }
    double[] reached = origin.comparable(lowest, baseline);
    if (lowest != baseline && isGain(FoldMeans.difference(origin.losses(), reached), weights)) {
      accept(end, reached, LossBasis.MEASURED);
    }
  }

  /** A second step from the end of the first, whose losses left out are known. */
  private void second(FoldSteps first, int best, double[] reached, double[] baseline) {
    int folds = reached.length;
    double[][] fromWithout = new double[folds][];
    for (int f = 0; f < folds; f++) {
      fromWithout[f] = first.targetWithout(best, f);
    }
    FoldSteps steps =
        new FoldSteps(
            design,
            last,
            movement,
            origin.point(),
            origin.pointWithout(),
            first.target(best),
            fromWithout,
            grid);
    double[] weights = first.weights();
    int r = best(steps, FURTHEST_FORECAST);
    if (r < 0) {
      return;
    }
    double[] forecast = origin.comparable(FoldMeans.difference(reached, steps.gains(r)), baseline);
    if (isGain(steps.gains(r), weights)
        && isGain(FoldMeans.difference(losses, forecast), weights)) {
      used = grid.get(r);
      accept(steps.target(r), forecast, LossBasis.QUADRATIC);
    }
  }

  /** One, the best ridges by forecast, the first of the grid and the best of each centre. */
  private List<Integer> finalists(FoldSteps steps, int one) {
    List<Integer> ranked = steps.ranked();
    Set<Integer> chosen = new LinkedHashSet<>();
    chosen.add(one);
    chosen.add(ranked.get(0));
    for (RidgeStep.Centre centre : RidgeStep.Centre.values()) {
      ranked.stream()
          .filter(r -> grid.get(r).centre() == centre)
          .findFirst()
          .ifPresent(chosen::add);
    }
    if (ranked.contains(0)) {
      chosen.add(0);
    }
    for (int r : ranked) {
      if (chosen.size() < FINALISTS) {
        chosen.add(r);
      }
    }
    return new ArrayList<>(chosen);
  }

  /** Whether gains are above one standard error; with ample rows, not clearly losses. */
  private boolean isGain(double[] gains, double[] weights) {
    if (!origin.ample()) {
      return isClear(gains, weights);
    }
    double[] losses = MomentVectors.scaled(-1, gains);
    return Double.isFinite(FoldMeans.mean(gains, weights)) && !isClear(losses, weights);
  }

  private static boolean isClear(double[] gains, double[] weights) {
    double gain = FoldMeans.mean(gains, weights);
    return gain > 0 && !(gain <= FoldMeans.error(gains, weights));
  }

  private double[] along(double[] change, double step) {
    double[] end = origin.point().clone();
    for (int i = 0; i < end.length; i++) {
      end[i] += step * change[i];
    }
    return end;
  }

  private static double[] means(LikelihoodSums sums, int from, int step, double[] weights) {
    double[] means = new double[weights.length];
    for (int f = 0; f < means.length; f++) {
      means[f] = weights[f] > 0 ? sums.loss(from + f, step) / weights[f] : Double.NaN;
    }
    return means;
  }

  private void accept(double[] end, double[] itsLosses, LossBasis itsBasis) {
    parameters = end;
    losses = itsLosses;
    basis = itsBasis;
    taken = true;
  }

  private LikelihoodSums run(List<Probe> probes) {
    return passes.run(new PassPlan(design.classes(), design.features(), design.shift(), probes));
  }

  double[] parameters() {
    return parameters;
  }

  /** Mean losses on the folds left out; NaN for folds without weight. */
  double[] losses() {
    return losses;
  }

  LossBasis basis() {
    return basis;
  }

  boolean isTaken() {
    return taken;
  }

  RidgeStep used() {
    return used;
  }

  double[] weights() {
    double[] weights = new double[last.folds()];
    java.util.Arrays.setAll(weights, last::weight);
    return weights;
  }

  /** Half the squared Newton decrement per unit of weight where derivatives were last taken. */
  double decrement(double lambda) {
    Ridge ridge = Ridge.toZero(lambda);
    double[] gradient = last.gradientWithout(-1);
    double[] hessian = last.hessianWithout(-1);
    ridge.addGradient(last.point(), design.deviations(), gradient);
    ridge.addHessian(design.classes() - 1, design.deviations(), hessian);
    int width = design.features() + 1;
    double[] step =
        NewtonSystem.ofBlocks(hessian, design.classes() - 1, width, design.fixed()).solve(gradient);
    return MomentVectors.dot(gradient, step) / 2 / last.weight();
  }

  Certificate certificate(double lambda) {
    return new Certificate(
        lambda, decrement(lambda), java.util.Arrays.equals(parameters, last.point()));
  }

  /** Errors at the last derivatives, under the ridge used there: robust where the detail is. */
  StandardErrors errors() {
    PolishResult result =
        new PolishResult(
            PolishEnd.PASSES_SPENT,
            design,
            used.ridge(origin.point()),
            parameters,
            last.point(),
            true,
            last.total(),
            new double[parameters.length],
            new int[0],
            List.of());
    return detail == PassDetail.HESSIAN
        ? StandardErrors.fisher(result)
        : StandardErrors.robust(result);
  }
}
