// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * The calibration with the highest posterior density on a set of scored rows: the minimum over s =
 * e<sup>a</sup> and t<sub>2</sub> ... t<sub>K</sub>, t<sub>1</sub> = 0, of
 *
 * <p>n (mean log-loss of s z + t) + a&sup2; / 2 + sum t<sub>k</sub>&sup2; / 2,
 *
 * <p>n being the number of independent rows that the weights stand for. The prior, ln s and every
 * t<sub>k</sub> standard normal, keeps s finite where scores separate the classes, and all of it
 * near the identity where there are few rows. Newton's method with backtracking, from the identity
 * unless another start is given; the value never rises.
 *
 * <p>The scores must be those of models that have not seen the rows (cross-fitted): on the rows a
 * model was made from, separable ones above all, its scores look better than they are, and the
 * scale explodes.
 *
 * <p>J. C. Platt, <em>Probabilistic outputs for support vector machines</em>, 1999; the prior
 * replaces his correction of the targets.
 *
 * @param calibration what was found
 * @param objective the value at it
 * @param iterations steps taken
 * @param converged whether the last step was below 1e-5 standard deviations of the posterior
 */
public record CalibrationFit(
    Calibration calibration, double objective, int iterations, boolean converged) {

  /**
   * Fits scale and offset of a logit.
   *
   * @param parts disjoint distributions whose union counts; no rows give the identity
   * @param semantics what weights mean for n
   */
  public static CalibrationFit of(List<ScoreGroups> parts, WeightSemantics semantics) {
    return of(ScoreNodes.of(parts), semantics, Calibration.identity(2));
  }

  static CalibrationFit of(ScoreNodes nodes, WeightSemantics semantics, Calibration start) {
    return fit(new LogitObjective(nodes, nodes.rows(semantics)), start);
  }

  /** Fits the calibration whose parameters are a, t_2 ... t_K. */
  static CalibrationFit fit(DampedNewton.Objective objective, Calibration start) {
    double[] theta = start.offsets();
    theta[0] = Math.log(start.scale());
    DampedNewton.Outcome outcome = DampedNewton.minimise(objective, theta);
    double[] offsets = outcome.point().clone();
    offsets[0] = 0;
    return new CalibrationFit(
        new Calibration(Math.exp(outcome.point()[0]), offsets),
        outcome.value(),
        outcome.iterations(),
        outcome.converged());
  }
}
