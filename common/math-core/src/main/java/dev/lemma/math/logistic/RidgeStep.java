// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A ridge that a Newton step of a {@link Ladder} may use.
 *
 * @param centre where it pulls
 * @param lambda at least 0
 */
record RidgeStep(Centre centre, double lambda) {
  /** The point to which coefficients are pulled. */
  enum Centre {
    /** Zero: the penalised likelihood. */
    ZERO,
    /** The model that the step starts from, made from moments. */
    ANALYTIC
  }

  private static final double[] TO_ZERO = {1, 10, 0.1, 0.01};
  private static final double[] TO_ANALYTIC = {1, 10, 100, 0.1, 0.01, 1e3, 1e4};

  /**
   * The ridges to try, the more important first.
   *
   * @param lambda of the penalised likelihood
   * @param most how many at most
   */
  static List<RidgeStep> grid(double lambda, int most) {
    List<RidgeStep> grid = new ArrayList<>();
    for (int i = 0; i < Math.max(TO_ZERO.length, TO_ANALYTIC.length); i++) {
      if (i < TO_ZERO.length) {
        double own = i == 0 ? lambda : TO_ZERO[i] * (lambda > 0 ? lambda : 1);
        grid.add(new RidgeStep(Centre.ZERO, own));
      }
      if (i < TO_ANALYTIC.length) {
        grid.add(new RidgeStep(Centre.ANALYTIC, TO_ANALYTIC[i]));
      }
    }
    return List.copyOf(grid.subList(0, Math.max(1, Math.min(most, grid.size()))));
  }

  /** The ridge, the analytic model being this one. */
  Ridge ridge(double[] analytic) {
    return switch (centre) {
      case ZERO -> Ridge.toZero(lambda);
      case ANALYTIC -> Ridge.towards(analytic, lambda);
    };
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "ridge %.3g towards %s",
        lambda,
        centre == Centre.ZERO ? "zero" : "the analytic model");
  }
}
