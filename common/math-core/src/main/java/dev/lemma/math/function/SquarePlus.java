// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * SquarePlus, an algebraic stand-in for SoftPlus: f(x) = (x + sqrt(x<sup>2</sup> + b)) / 2.
 *
 * <p>f is convex and above ReLU, which it is at b = 0; f(x) f(-x) = b / 4 and f(x) - f(-x) = x.
 * {@link #BOUND} is the smallest b for which f is nowhere below SoftPlus, {@link #CLOSEST} the b
 * whose largest distance to SoftPlus is smallest, and b = 4 gives both the same curvature at 0.
 *
 * <p>Values are within 3 ulp and derivatives within 4, for every x and every b in [1e-280, 1e280].
 * At -infinity f is 0, at infinity infinity; NaN for a NaN, and for b negative or infinite.
 *
 * <p>J. T. Barron, <em>Squareplus: A Softplus-Like Algebraic Rectifier</em>, 2021, <a
 * href="https://arxiv.org/abs/2112.11687">arXiv:2112.11687</a>; the two b: <a
 * href="https://kexue.fm/archives/8833">kexue.fm/archives/8833</a>.
 */
public final class SquarePlus {
  /** 4 ln(2)^2: from this b on, SquarePlus is nowhere below SoftPlus. */
  public static final double BOUND = 1.9218120556728056;

  /** The b nearest to SoftPlus: they differ by 0.0759314 at most, at 0 and at |x| = 3.56462. */
  public static final double CLOSEST = 1.5238210325187507;

  /** From here on x^2 could overflow, and b vanishes beside it. */
  private static final double FAR = 1e150;

  private SquarePlus() {}

  /**
   * f(x).
   *
   * @param b at least 0 and finite, else NaN
   */
  public static double of(double x, double b) {
    if (!(b >= 0 && b < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double size = Math.abs(x);
    if (size > FAR) {
      return x > 0 ? x : -0.25 * b / x;
    }
    // The larger of x and 0 and what is above it: as (root + x) (root - x) = b, nothing cancels;
    // and no branch asks for a sign that changes from row to row.
    double sum = Math.sqrt(x * x + b) + (size + Double.MIN_NORMAL);
    return 0.5 * (x + size) + 0.5 * b / sum;
  }

  /**
   * f'(x) = (1 + x / sqrt(x^2 + b)) / 2, in [0, 1]; for b = 0 the step, 1/2 at 0.
   *
   * @param b at least 0 and finite, else NaN
   */
  public static double derivative(double x, double b) {
    if (!(b >= 0 && b < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double size = Math.abs(x);
    if (size > FAR) {
      return x > 0 ? 1 : 0.25 * b / x / x;
    }
    double root = Math.sqrt(x * x + b);
    if (root == 0) {
      return 0.5;
    }
    // What the step exceeds the derivative by, or falls short of it.
    double rest = 0.5 * b / (root * (root + size));
    return Math.abs(Math.copySign(0.5, x) + 0.5 - rest);
  }
}
