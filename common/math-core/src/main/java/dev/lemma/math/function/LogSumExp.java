// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.logistic.Softmax;

/**
 * LSE(x) = ln(e<sup>x1</sup> + ... + e<sup>xn</sup>), the smooth maximum, with the bounds that hold
 * it. Its gradient is the softmax; LSE(x + c) = LSE(x) + c; it is convex and moves by at most as
 * much as its most moved argument.
 *
 * <p>The largest term is taken out and left to log1p: absolute error below 2 ulp of the largest
 * |x<sub>i</sub>| plus n 2<sup>-53</sup>. Arrays are left as they are. -infinity where there is
 * nothing or only -infinity, infinity where there is one, NaN where there is one. O(n).
 *
 * <p>The inequalities: <a href="https://kexue.fm/archives/9070">kexue.fm/archives/9070</a>; the
 * error: P. Blanchard, D. J. Higham and N. J. Higham, <em>Accurately computing the log-sum-exp and
 * softmax functions</em>, IMA J. Numer. Anal. 41 (2021), <a
 * href="https://doi.org/10.1093/imanum/draa038">doi:10.1093/imanum/draa038</a>.
 *
 * @see LogSumExpSum
 */
public final class LogSumExp {
  private LogSumExp() {}

  /** ln of the sum of exponentials. */
  public static double of(double[] x) {
    double sum = Softmax.logSum(x, x.length);
    // Infinities cancelled, or there is a NaN: the largest says which.
    return sum == sum ? sum : largest(x);
  }

  /**
   * tau LSE(x / tau), between the largest and that plus tau ln n.
   *
   * @param tau temperature, positive and finite, else NaN
   */
  public static double tempered(double[] x, double tau) {
    if (!(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double largest = largest(x);
    if (!(Math.abs(largest) < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    double[] scaled = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = (x[i] - largest) / tau;
    }
    return largest + tau * Softmax.logSum(scaled, x.length);
  }

  /** The upper bound max x + ln n; equal for equal arguments; -infinity where there is nothing. */
  public static double upperBound(double[] x) {
    return x.length == 0 ? Double.NEGATIVE_INFINITY : largest(x) + Math.log(x.length);
  }

  /** Jensen's lower bound mean x + ln n; -infinity where there is nothing. */
  public static double meanBound(double[] x) {
    if (x.length == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (double value : x) {
      sum += value / x.length;
    }
    return sum + Math.log(x.length);
  }

  /**
   * The lower bound p . x + H(p), with the entropy H: the best of its family; the gap is the
   * Kullback-Leibler divergence of p from the softmax of x.
   *
   * @param p as many non-negative weights, taken in proportion
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double entropyBound(double[] x, double[] p) {
    return weightedMean(x, p) + Entropy.of(p);
  }

  /**
   * The lower bound p . x + H<sub>t</sub>(p) with Renyi's entropy of order t at least 1, by
   * Hoelder's inequality; weaker the larger t.
   *
   * @param p as many non-negative weights, taken in proportion
   * @param t order, at least 1, else NaN
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double renyiBound(double[] x, double[] p, double t) {
    double mean = weightedMean(x, p);
    return t >= 1 ? mean + Entropy.renyi(p, t) : Double.NaN;
  }

  private static double weightedMean(double[] x, double[] p) {
    if (x.length != p.length) {
      throw new IllegalArgumentException(
          "weights of a log-sum-exp: expected " + x.length + ", found " + p.length);
    }
    double total = 0;
    for (double weight : p) {
      total += weight;
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      // A weight of 0 leaves out even an infinite argument.
      sum += p[i] == 0 ? 0 : p[i] / total * x[i];
    }
    return sum;
  }

  /** NaN if there is one, -infinity if there is nothing. */
  static double largest(double[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      // One comparison for nearly all, where Math.max would wait for the one before.
      if (!(value <= largest)) {
        if (value != value) {
          return value;
        }
        largest = value;
      }
    }
    return largest;
  }
}
