// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * Limited-memory BFGS for a convex problem of which only gradients are at hand: a step is accepted
 * by the slope at its end, never by a value. The slope along a line grows with the step, so that a
 * slope that is small against the first one is near the minimum, and a large positive one is beyond
 * it.
 *
 * <p>J. Nocedal, S. J. Wright, <em>Numerical Optimization</em>, 2006, section 7.2.
 */
final class QuasiNewton {
  private static final double CURVATURE = 0.7;
  private static final double MOST_GROWTH = 4;
  private static final int MOST_TRIALS = 12;
  // An iteration that got so much further from a solution has none to go to.
  private static final double LOST = 30;

  private QuasiNewton() {}

  /** What is to be solved: gradient(x) = 0. */
  interface Problem {
    /** Writes the gradient at x. */
    void gradient(double[] x, double[] out);

    /** Makes a new preconditioner for the neighbourhood of the last point asked for. */
    void refresh();

    /** Replaces g by an approximation of H^-1 g. */
    void precondition(double[] g);
  }

  /** How it ended. */
  record Outcome(int steps, boolean converged) {}

  /**
   * Solves in place; without convergence x is the iterate that was nearest to a solution.
   *
   * @param tolerance of half of g' P g, P the preconditioner: about what is left to gain
   */
  static Outcome solve(Problem problem, double[] x, int mostSteps, double tolerance) {
    int n = x.length;
    LimitedMemory memory = new LimitedMemory(n);
    double[] g = new double[n];
    double[] next = new double[n];
    double[] trial = new double[n];
    double[] direction = new double[n];
    problem.gradient(x, g);
    int refresh = 0;
    double[] best = x.clone();
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step < mostSteps; step++) {
      if (step == refresh) {
        problem.refresh();
        refresh = 2 * refresh + 3;
      }
      double left = left(problem, g, direction);
      if (left <= tolerance) {
        return new Outcome(step, true);
      }
      if (left < least) {
        least = left;
        System.arraycopy(x, 0, best, 0, n);
      } else if (left > LOST * least) {
        break;
      }
      memory.direction(problem::precondition, g, direction);
      double slope = LimitedMemory.dot(g, direction);
      if (!(slope < 0)) {
        memory.forget();
        memory.direction(problem::precondition, g, direction);
        slope = LimitedMemory.dot(g, direction);
      }
      if (!advance(problem, x, direction, slope, left, trial, next)) {
        break;
      }
      memory.add(x, trial, g, next);
      System.arraycopy(trial, 0, x, 0, n);
      System.arraycopy(next, 0, g, 0, n);
    }
    System.arraycopy(best, 0, x, 0, n);
    return new Outcome(mostSteps, false);
  }

  /** Finds a step whose end has a moderate slope and is not much further from a solution. */
  private static boolean advance(
      Problem problem,
      double[] x,
      double[] direction,
      double slope,
      double left,
      double[] trial,
      double[] next) {
    double[] scratch = new double[x.length];
    double length = 1;
    for (int t = 0; t < MOST_TRIALS; t++) {
      for (int i = 0; i < x.length; i++) {
        trial[i] = x[i] + length * direction[i];
      }
      problem.gradient(trial, next);
      double end = LimitedMemory.dot(next, direction);
      if (end <= -CURVATURE * slope && left(problem, next, scratch) <= MOST_GROWTH * left) {
        return true;
      }
      length *= Math.max(0.1, Math.min(0.5, slope / (slope - end)));
    }
    return false;
  }

  private static double left(Problem problem, double[] g, double[] scratch) {
    System.arraycopy(g, 0, scratch, 0, g.length);
    problem.precondition(scratch);
    return LimitedMemory.dot(g, scratch) / 2;
  }
}
