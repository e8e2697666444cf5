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
  private static final int MOST_TRIALS = 12;

  private QuasiNewton() {}

  /** What is to be solved: gradient(x) = 0. */
  interface Problem {
    /** Writes the gradient at x. */
    void gradient(double[] x, double[] out);

    /** Replaces g by an approximation of H^-1 g. */
    void precondition(double[] g);
  }

  /** How it ended. */
  record Outcome(int steps, boolean converged) {}

  /**
   * Solves in place.
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
    for (int step = 0; step < mostSteps; step++) {
      System.arraycopy(g, 0, direction, 0, n);
      problem.precondition(direction);
      if (LimitedMemory.dot(g, direction) / 2 <= tolerance) {
        return new Outcome(step, true);
      }
      memory.direction(problem, g, direction);
      double slope = LimitedMemory.dot(g, direction);
      if (!(slope < 0)) {
        memory.forget();
        memory.direction(problem, g, direction);
        slope = LimitedMemory.dot(g, direction);
      }
      double length = 1;
      double end = 0;
      for (int t = 0; t < MOST_TRIALS; t++) {
        for (int i = 0; i < n; i++) {
          trial[i] = x[i] + length * direction[i];
        }
        problem.gradient(trial, next);
        end = LimitedMemory.dot(next, direction);
        if (end <= -CURVATURE * slope) {
          break;
        }
        length *= Math.max(0.1, Math.min(0.5, slope / (slope - end)));
      }
      if (!(end <= -CURVATURE * slope)) {
        return new Outcome(step, false);
      }
      memory.add(x, trial, g, next);
      System.arraycopy(trial, 0, x, 0, n);
      System.arraycopy(next, 0, g, 0, n);
    }
    return new Outcome(mostSteps, false);
  }
}
