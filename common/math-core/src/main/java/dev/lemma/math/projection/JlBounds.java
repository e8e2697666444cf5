// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.probability.LogDomain;
import java.util.OptionalDouble;
import java.util.function.LongPredicate;

/**
 * The Johnson-Lindenstrauss lemma solved exactly: which dimension, distortion and failure
 * probability go together.
 *
 * <p>One vector leaves [1 - eps, 1 + eps] with a probability p(k, eps) that is known in closed form
 * ({@link ChiSquareLaw} for Gaussian entries, {@link BetaLaw} for orthonormal rows); a {@link
 * Guarantee} asks for p at most some allowance. The usual formulas put Chernoff's bound for p and
 * fix delta on the quiet ({@link ClassicBounds}). No map does better than a constant times eps^-2
 * ln N: K. G. Larsen and J. Nelson, Optimality of the Johnson-Lindenstrauss lemma, FOCS 2017, <a
 * href="https://arxiv.org/abs/1609.02094">arXiv:1609.02094</a>; the precise threshold in M. Burr,
 * S. Gao and F. Knoll, Optimal bounds for Johnson-Lindenstrauss transformations, JMLR 19 (2018).
 *
 * <p><b>Monotone search.</b> p falls strictly with eps, being the mass outside a growing interval.
 * It falls with k, too. For the chi-square law: the densities of k and k + 1 have the ratio C (r
 * exp(1 - r))^(1/2), which rises up to r = 1 and falls from there, so that the step from k to k + 1
 * takes mass from both tails towards the mean; that the two-sided sum falls is not proved here but
 * checked by the tests, for every k up to 2,000 over a grid of eps on both scales, and for the Beta
 * law for every k and d up to 100. So the k found here is the smallest that meets the allowance,
 * and every larger k meets it.
 *
 * <p>A search costs at most 53 evaluations of p, about 10 microseconds each. For k beyond about
 * 1e12, neighbouring k differ in p by less than its rounding and the last digits of k are not
 * exact.
 */
public final class JlBounds {
  /** Bisection ends when eps is known to this relative width. */
  private static final double EPS_WIDTH = 4e-16;

  private JlBounds() {}

  /**
   * The smallest k for which Gaussian entries meet the guarantee.
   *
   * @param eps distortion, in (0, 1)
   * @param delta total failure probability, in (0, 1); ignored by {@link Guarantee.Share}
   * @throws IllegalArgumentException out of these ranges, or if k would exceed 2^52
   */
  public static long dimension(Guarantee guarantee, double eps, double delta, DistanceScale scale) {
    double allowance = guarantee.logAllowance(delta);
    // Chernoff's bound exceeds p, so that its k is enough: the search starts from there.
    long enough = ClassicBounds.chernoff(guarantee, eps, delta, scale);
    return smallest(enough, k -> new ChiSquareLaw(k).logOutside(eps, scale) <= allowance);
  }

  /**
   * The smallest k for which scaled orthonormal rows meet the guarantee: d at the most, since a
   * rotation distorts nothing.
   *
   * @param eps distortion, in (0, 1)
   * @param delta total failure probability, in (0, 1); ignored by {@link Guarantee.Share}
   * @param d input dimension, 1 to 2^52
   */
  public static long haarDimension(
      Guarantee guarantee, double eps, double delta, DistanceScale scale, long d) {
    double allowance = guarantee.logAllowance(delta);
    return smallest(d, k -> new BetaLaw(k, d).logOutside(eps, scale) <= allowance);
  }

  /**
   * The smallest eps that the guarantee allows at a given dimension.
   *
   * @param law of the matrix, which carries k
   * @param delta total failure probability, in (0, 1); ignored by {@link Guarantee.Share}
   * @return eps in [0, 1), 0 for a rotation; empty if no eps below 1 meets the guarantee
   */
  public static OptionalDouble epsilon(
      TailLaw law, Guarantee guarantee, double delta, DistanceScale scale) {
    double allowance = guarantee.logAllowance(delta);
    double high = Math.nextDown(1.0);
    if (law.logOutside(high, scale) > allowance) {
      return OptionalDouble.empty();
    }
    double low = Double.MIN_NORMAL;
    if (law.logOutside(low, scale) <= allowance) {
      return OptionalDouble.of(0);
    }
    while (high - low > EPS_WIDTH * high) {
      // Halve the exponent first, then the number.
      double middle = high > 4 * low ? Math.sqrt(low) * Math.sqrt(high) : 0.5 * (low + high);
      if (law.logOutside(middle, scale) <= allowance) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalDouble.of(high);
  }

  /**
   * ln of the failure probability of the guarantee by the union bound, M p, at most 0. For {@link
   * Guarantee.Share} it is ln p, the expected share of pairs outside.
   *
   * @param law of the matrix, which carries k
   * @param eps distortion, in (0, 1)
   */
  public static double logFailure(
      TailLaw law, Guarantee guarantee, double eps, DistanceScale scale) {
    return Math.min(0, guarantee.logComparisons() + law.logOutside(eps, scale));
  }

  /** The number whose logarithm is {@link #logFailure}; 0 below 4.9e-324. */
  public static double failure(TailLaw law, Guarantee guarantee, double eps, DistanceScale scale) {
    return Math.exp(logFailure(law, guarantee, eps, scale));
  }

  /** The smallest k in 1 to {@code enough} that holds, of a property that every larger k shares. */
  static long smallest(long enough, LongPredicate holds) {
    long fails = 0;
    long suffices = enough;
    while (suffices - fails > 1) {
      long middle = (fails + suffices) >>> 1;
      if (holds.test(middle)) {
        suffices = middle;
      } else {
        fails = middle;
      }
    }
    return suffices;
  }

  /** The value, if it lies strictly between 0 and 1. */
  static double checkProbability(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie in (0, 1), found " + value);
    }
    return value;
  }

  /** ln P of Chernoff's two-sided bound, see {@link ClassicBounds#logChernoff}. */
  static double logChernoff(double k, double above, double below) {
    return LogDomain.sum(
        0.5 * k * LogDomain.log1pMinus(above), 0.5 * k * LogDomain.log1pMinus(-below));
  }
}
