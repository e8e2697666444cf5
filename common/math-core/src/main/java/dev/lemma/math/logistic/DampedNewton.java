// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Optional;

/**
 * Newton's method for a smooth function of few variables, bounded below: steps are shortened until
 * they lower the value enough, and where the Hessian is not positive definite a multiple of the
 * identity is added until it is.
 */
final class DampedNewton {
  private static final int MOST_ITERATIONS = 100;
  private static final int MOST_HALVINGS = 50;
  private static final double ENOUGH = 1e-4;

  /** The squared decrement of the last step; what the step leaves over is of its square. */
  private static final double SMALL = 1e-10;

  private static final double FIRST_RIDGE = 1e-3;

  private DampedNewton() {}

  /** A function of d variables. */
  interface Objective {
    /** Its value; NaN or infinite where it cannot be computed, which ends a step before it. */
    double value(double[] point);

    /**
     * Its value, gradient g and Newton step H<sup>-1</sup> g, H being its Hessian or a matrix that
     * is nowhere below it.
     *
     * @param gradient receives d numbers
     * @param step receives d numbers; the minimum of the quadratic model is at the point less these
     */
    double model(double[] point, double[] gradient, double[] step);
  }

  /** Where it ended; the value is that of this point. */
  record Outcome(double[] point, double value, int iterations, boolean converged) {}

  static Outcome minimise(Objective objective, double[] start) {
    int d = start.length;
    double[] point = start.clone();
    double[] gradient = new double[d];
    double[] step = new double[d];
    for (int iteration = 1; iteration <= MOST_ITERATIONS; iteration++) {
      double value = objective.model(point, gradient, step);
      double decrement = 0;
      for (int i = 0; i < d; i++) {
        decrement += step[i] * gradient[i];
      }
      if (decrement < SMALL) {
        double[] last = moved(point, step, 1);
        double lastValue = objective.value(last);
        return lastValue <= value
            ? new Outcome(last, lastValue, iteration, true)
            : new Outcome(point, value, iteration, true);
      }
      double[] next = descend(objective, point, value, step, decrement);
      if (next == point) {
        return new Outcome(point, value, iteration, false);
      }
      point = next;
    }
    return new Outcome(point, objective.value(point), MOST_ITERATIONS, false);
  }

  /** The first of the points at 1, 1/2, 1/4, ... of the step that is low enough, or none. */
  private static double[] descend(
      Objective objective, double[] point, double value, double[] step, double decrement) {
    double length = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      double[] next = moved(point, step, length);
      // NaN fails the comparison and shortens the step.
      if (objective.value(next) <= value - ENOUGH * length * decrement) {
        return next;
      }
      length /= 2;
    }
    return point;
  }

  private static double[] moved(double[] point, double[] step, double length) {
    double[] next = point.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] -= length * step[i];
    }
    return next;
  }

  /**
   * Solves for the step.
   *
   * @param hessian d (d + 1) / 2 numbers, packed upper, column-major
   */
  static void solve(double[] hessian, double[] gradient, double[] step) {
    System.arraycopy(gradient, 0, step, 0, step.length);
    positive(PackedSymmetric.wrap(step.length, hessian)).solveInPlace(step);
  }

  private static Cholesky positive(PackedSymmetric hessian) {
    Optional<Cholesky> factor = Cholesky.of(hessian);
    double largest = 1;
    for (double curvature : hessian.diagonal()) {
      largest = Math.max(largest, Math.abs(curvature));
    }
    for (double ridge = FIRST_RIDGE * largest; factor.isEmpty(); ridge *= 10) {
      if (!(ridge < Double.POSITIVE_INFINITY)) {
        throw new ArithmeticException("the second derivatives of a loss are not finite");
      }
      PackedSymmetric raised = hessian.copy();
      raised.addToDiagonalInPlace(ridge);
      factor = Cholesky.of(raised);
    }
    return factor.get();
  }
}
