// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.probability.LogDomain;

/**
 * The published bounds on the target dimension, under their names, to be printed beside the exact
 * answer of {@link JlBounds}.
 *
 * <p>All of them speak of Gaussian entries and squared distances unless a scale is asked for. None
 * is needed to choose k; they tell what others would have chosen, and {@link JlBounds#failure}
 * tells what their choice is worth.
 */
public final class ClassicBounds {
  private ClassicBounds() {}

  /**
   * The real bound of Dasgupta and Gupta, k &gt;= 4 ln N / (eps^2 / 2 - eps^3 / 3), under which all
   * pairs hold with a probability of at least 1 / N.
   *
   * <p>S. Dasgupta and A. Gupta, An elementary proof of a theorem of Johnson and Lindenstrauss,
   * Random Structures and Algorithms 22 (2003), <a
   * href="https://doi.org/10.1002/rsa.10073">doi:10.1002/rsa.10073</a>.
   *
   * @param rows N, at least 1
   * @param eps in (0, 1)
   */
  public static double dasguptaGupta(long rows, double eps) {
    return 4 * logRows(rows) / cubic(eps);
  }

  /**
   * {@link #dasguptaGupta(long, double)} cut down to a whole number, as scikit-learn's
   * johnson_lindenstrauss_min_dim prints it: up to 1 below the bound it stands for. Exact in the
   * last digit up to the rounding of ln N.
   *
   * @param rows N, at least 1
   * @param eps in (0, 1)
   */
  public static long scikitLearn(long rows, double eps) {
    return (long) dasguptaGupta(rows, eps);
  }

  /**
   * The same bound for a stated failure probability over all pairs: the smallest k &gt;= (4 ln N +
   * 2 ln(1 / delta)) / (eps^2 / 2 - eps^3 / 3).
   *
   * <p>It holds for signs and for Achlioptas's two thirds of zeros as well as for Gaussian entries:
   * D. Achlioptas, Database-friendly random projections, J. Computer and System Sciences 66 (2003),
   * <a href="https://doi.org/10.1016/S0022-0000(03)00025-4">doi:10.1016/S0022-0000(03)00025-4</a>.
   *
   * @param rows N, at least 1
   * @param eps in (0, 1)
   * @param delta in (0, 1)
   */
  public static long dasguptaGupta(long rows, double eps, double delta) {
    double numerator = 4 * logRows(rows) - 2 * Math.log(JlBounds.checkProbability("delta", delta));
    return wholeAtLeast(numerator / cubic(eps));
  }

  /**
   * The same bound for any guarantee on squared distances: the smallest k &gt;= 2 ln(2 M / delta) /
   * (eps^2 / 2 - eps^3 / 3), which {@link #dasguptaGupta(long, double, double)} is with M rounded
   * up to N^2 / 2. Signs meet the guarantee at this k, by Achlioptas's proof.
   *
   * @param eps in (0, 1)
   * @param delta in (0, 1); ignored by {@link Guarantee.Share}
   */
  public static long dasguptaGupta(Guarantee guarantee, double eps, double delta) {
    return wholeAtLeast(2 * (LogDomain.LN_2 - guarantee.logAllowance(delta)) / cubic(eps));
  }

  /**
   * ln of Chernoff's bound for one vector, optimised in each tail: exp(k (ln(1 + x) - x) / 2) +
   * exp(k (ln(1 - y) + y) / 2), where the squared ratio may reach 1 + x and 1 - y.
   *
   * @param k at least 1
   * @param eps in (0, 1)
   */
  public static double logChernoff(long k, double eps, DistanceScale scale) {
    JlBounds.checkProbability("eps", eps);
    return JlBounds.logChernoff(k, scale.excess(eps), scale.deficit(eps));
  }

  /**
   * The smallest k for which {@link #logChernoff} meets the guarantee.
   *
   * @param eps in (0, 1)
   * @param delta in (0, 1); ignored by {@link Guarantee.Share}
   * @throws IllegalArgumentException out of these ranges, or if k would exceed 2^52
   */
  public static long chernoff(Guarantee guarantee, double eps, double delta, DistanceScale scale) {
    JlBounds.checkProbability("eps", eps);
    double allowance = guarantee.logAllowance(delta);
    double above = scale.excess(eps);
    double below = scale.deficit(eps);
    // The upper tail is the heavier one: twice its bound is more than the sum.
    double enough = 2 * (allowance - LogDomain.LN_2) / LogDomain.log1pMinus(above);
    if (!(enough < TailLaw.MAX_DIMENSION)) {
      throw new IllegalArgumentException(
          "eps = " + eps + " asks for more than 2^52 dimensions: choose a larger eps");
    }
    long whole = Math.max(1, (long) Math.ceil(enough));
    return JlBounds.smallest(whole, k -> JlBounds.logChernoff(k, above, below) <= allowance);
  }

  /**
   * Su's unit-norm lemma: a vector of n entries N(0, 1/n) has a squared norm outside 1 +- eps with
   * a probability of at most 2 exp(-eps^2 n / 8).
   *
   * <p>Su Jianlin, <a href="https://kexue.fm/archives/8679">kexue.fm/archives/8679</a>.
   *
   * @param n at least 1
   * @param eps in (0, 1)
   */
  public static double unitNormLemma(long n, double eps) {
    JlBounds.checkProbability("eps", eps);
    return 2 * Math.exp(-eps * eps * n / 8);
  }

  /**
   * What follows from {@link #unitNormLemma} and the union bound: n &gt; 24 ln N / eps^2 keeps all
   * pairs with a probability of at least 1 - 1 / N.
   *
   * @param rows N, at least 1
   * @param eps in (0, 1)
   */
  public static double articleDimension(long rows, double eps) {
    return 24 * logRows(rows) / (JlBounds.checkProbability("eps", eps) * eps);
  }

  /**
   * Su's condition for the mere existence of a map, n &gt; 16 ln N / eps^2: all pairs hold with a
   * probability of at least 1 / N.
   *
   * @param rows N, at least 1
   * @param eps in (0, 1)
   */
  public static double articleExistence(long rows, double eps) {
    return 16 * logRows(rows) / (JlBounds.checkProbability("eps", eps) * eps);
  }

  /**
   * {@link #articleDimension} with Chernoff's exponent kept instead of its quadratic bound: 6 ln N
   * / (eps - ln(1 + eps)), again with failure at most 1 / N.
   *
   * @param rows N, at least 1
   * @param eps in (0, 1)
   */
  public static double articleChernoff(long rows, double eps) {
    return 6 * logRows(rows) / -LogDomain.log1pMinus(JlBounds.checkProbability("eps", eps));
  }

  private static double cubic(double eps) {
    JlBounds.checkProbability("eps", eps);
    return eps * eps / 2 - eps * eps * eps / 3;
  }

  private static double logRows(long rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, found " + rows);
    }
    return Math.log(rows);
  }

  private static long wholeAtLeast(double bound) {
    return Math.max(1, (long) Math.ceil(bound));
  }
}
