// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import java.util.Arrays;

/**
 * Softmax with the even Taylor polynomial f<sub>n</sub>(x) = sum of x<sup>k</sup> / k! for k up to
 * n in place of the exponential: p<sub>i</sub> in proportion to f<sub>n</sub>(x<sub>i</sub>). For
 * even n f<sub>n</sub> is positive everywhere; it is less sure of itself than the softmax, since it
 * grows like a power.
 *
 * <p>f<sub>n</sub> has one minimum, at x* &lt; 0, and rises again to the left of it: very low
 * scores would be likely. The monotone form holds f<sub>n</sub>(x*) = x*<sup>n</sup> / n! there.
 *
 * <p>f<sub>n</sub> is within n + 8 ulp. Left of -1 its terms cancel; there it is the sum of e^x and
 * of the remainder of its series, both positive. Scores of infinity (in the plain form of either
 * sign) share everything equally; a NaN makes all NaN; nothing gives nothing. Polynomials beyond
 * the largest double are compared by their leading terms. Immutable; O(n) a score.
 *
 * <p>A. de Brebisson and P. Vincent, <em>An Exploration of Softmax Alternatives Belonging to the
 * Spherical Loss Family</em>, 2015, <a
 * href="https://arxiv.org/abs/1511.05042">arXiv:1511.05042</a>; positivity, minimum and monotone
 * form: <a href="https://kexue.fm/archives/7919">kexue.fm/archives/7919</a>.
 */
public final class TaylorSoftmax {
  /** The highest order. */
  public static final int MAX_ORDER = 100;

  private final int order;
  private final double minimizer;
  private final double floor;
  private final boolean monotone;

  private TaylorSoftmax(int order, boolean monotone) {
    if (order < 2 || order > MAX_ORDER || order % 2 != 0) {
      throw new IllegalArgumentException(
          "order of a Taylor softmax: expected an even number from 2 to "
              + MAX_ORDER
              + ", found "
              + order);
    }
    this.order = order;
    this.monotone = monotone;
    this.minimizer = minimizer(order);
    this.floor = leading(minimizer, order);
  }

  /**
   * The plain form.
   *
   * @param order n, even, 2 to {@value #MAX_ORDER}
   * @throws IllegalArgumentException for another order
   */
  public static TaylorSoftmax of(int order) {
    return new TaylorSoftmax(order, false);
  }

  /**
   * The monotone form.
   *
   * @param order n, even, 2 to {@value #MAX_ORDER}
   * @throws IllegalArgumentException for another order
   */
  public static TaylorSoftmax monotone(int order) {
    return new TaylorSoftmax(order, true);
  }

  /** x*, where the polynomial is smallest. */
  public double minimizer() {
    return minimizer;
  }

  /** The polynomial, or in the monotone form its smallest value left of x*. */
  public double polynomial(double x) {
    return monotone && x <= minimizer ? floor : value(x, order);
  }

  /** The derivative of {@link #polynomial}: the polynomial of degree n - 1, or 0. */
  public double derivative(double x) {
    if (monotone && x <= minimizer) {
      return 0;
    }
    return Double.isInfinite(x) ? x : horner(x, order - 1);
  }

  /**
   * The probabilities of scores.
   *
   * @param scores left as they are
   */
  public double[] probabilities(double[] scores) {
    double[] p = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = polynomial(scores[i]);
      sum += p[i];
    }
    if (sum == Double.POSITIVE_INFINITY) {
      return huge(scores);
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    if (sum != sum) {
      Arrays.fill(p, Double.NaN);
    }
    return p;
  }

  /** Leading terms alone: at 1e3 and beyond the others are lost in the sum that overflowed. */
  private double[] huge(double[] scores) {
    double[] p = new double[scores.length];
    double largest = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = monotone ? Math.max(scores[i], 0) : Math.abs(scores[i]);
      largest = Math.max(largest, p[i]);
    }
    if (Double.isInfinite(largest)) {
      TemperedSoftmax.share(p, largest);
      return p;
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logPolynomial(scores[i], p[i]) - logPolynomial(largest, largest));
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private double logPolynomial(double x, double size) {
    double value = polynomial(x);
    if (value < Double.POSITIVE_INFINITY) {
      return Math.log(value);
    }
    // x^n / n! (1 + n / x (1 + (n - 1) / x (...))).
    double series = 1;
    for (int k = 1; k <= order; k++) {
      series = 1 + k / x * series;
    }
    double log = order * Math.log(size) + Math.log(series);
    for (int k = 2; k <= order; k++) {
      log -= Math.log(k);
    }
    return log;
  }

  private static double value(double x, int n) {
    // NaN goes to the loop of a known length.
    return x < -1 && x > -2.0 * n ? fromExponential(-x, n) : horner(x, n);
  }

  /** The sum itself, innermost bracket first. */
  private static double horner(double x, int n) {
    if (n == 2) {
      // As a square, which never cancels.
      return 0.5 + 0.5 * (1 + x) * (1 + x);
    }
    if (Double.isInfinite(x)) {
      return n % 2 == 0 ? Double.POSITIVE_INFINITY : x;
    }
    double sum = 1;
    for (int k = n; k >= 1; k--) {
      sum = 1 + x / k * sum;
    }
    return sum;
  }

  /** e^-y + e^-y y^(n+1) / (n+1)! sum over k of (n+1) / (n+1+k) y^k / k!, for y > 0 and even n. */
  private static double fromExponential(double y, int n) {
    double term = 1;
    double sum = 0;
    for (int k = 0; ; k++) {
      double next = sum + term * (n + 1) / (n + 1 + k);
      if (!(next > sum)) {
        break;
      }
      sum = next;
      term *= y / (k + 1);
    }
    return Math.exp(-y) * (1 + leading(y, n + 1) * sum);
  }

  /** x^n / n!. */
  private static double leading(double x, int n) {
    double value = 1;
    for (int k = 1; k <= n; k++) {
      value *= x / k;
    }
    return value;
  }

  /** The root of the derivative f_n - x^n / n!, both positive, by halving [-n, 0]. */
  private static double minimizer(int n) {
    double low = -n;
    double high = -0.5;
    while (true) {
      double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) {
        return high;
      }
      if (value(middle, n) < leading(middle, n)) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
