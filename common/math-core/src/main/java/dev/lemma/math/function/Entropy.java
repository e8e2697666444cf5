// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * Entropies in nats of discrete distributions given by weights, which are taken in proportion:
 * probabilities need not add up to 1 to the last bit, and counts will do.
 *
 * <p>All are 0 for a single positive weight and ln n for n equal ones. NaN where there is nothing,
 * no positive weight, a negative, infinite or NaN one. Zeros count as nothing. Sums run in order of
 * the array. O(n), no allocation.
 *
 * <p>Shannon's is written as ln(1 + r) + sum q<sub>i</sub> (-ln q<sub>i</sub>) / (1 + r), with
 * q<sub>i</sub> the weights over the largest and r the sum of all q but that: nothing cancels, and
 * the relative error is below (4 + n / 4) ulp at worst, in practice a few ulp. Renyi's is within
 * (16 + n) 2<sup>-53</sup>, absolutely.
 *
 * <p>Sources: C. E. Shannon, <em>A Mathematical Theory of Communication</em>, 1948, <a
 * href="https://doi.org/10.1002/j.1538-7305.1948.tb01338.x">doi:10.1002/j.1538-7305.1948.tb01338.x</a>;
 * A. Renyi, <em>On Measures of Entropy and Information</em>, Berkeley Symposium, 1961.
 */
public final class Entropy {
  /** Nearer to order 1 than this, Renyi's entropy is computed by what it differs from Shannon's. */
  private static final double NEAR_ONE = 0.25;

  private Entropy() {}

  /** Shannon's entropy -sum p ln p. */
  public static double of(double[] weights) {
    double largest = largest(weights);
    if (largest != largest) {
      return Double.NaN;
    }
    double rest = 0;
    double distances = 0;
    boolean seen = false;
    for (double weight : weights) {
      if (weight == largest && !seen) {
        seen = true;
      } else if (weight > 0) {
        double q = weight / largest;
        rest += q;
        // Of q = 0 by underflow there is nothing left.
        distances -= q > 0 ? q * Math.log(q) : 0;
      }
    }
    return Math.log1p(rest) + distances / (1 + rest);
  }

  /**
   * Renyi's entropy ln(sum p^t) / (1 - t): falls with t from ln of the number of positive weights
   * at 0 through Shannon's at 1 to -ln max p at infinity.
   *
   * @param order t, at least 0 (infinity allowed), else NaN
   */
  public static double renyi(double[] weights, double order) {
    double largest = largest(weights);
    if (largest != largest || !(order >= 0)) {
      return Double.NaN;
    }
    double total = 0;
    for (double weight : weights) {
      total += weight / largest;
    }
    double logTotal = Math.log(total);
    if (order == Double.POSITIVE_INFINITY) {
      return logTotal;
    }
    double beyond = order - 1;
    return beyond == 0
        ? of(weights)
        : Math.abs(beyond) < NEAR_ONE
            ? nearShannon(weights, largest, total, beyond)
            : (order * logTotal - Math.log(powers(weights, largest, order))) / beyond;
  }

  private static double powers(double[] weights, double largest, double order) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight > 0 ? Math.pow(weight / largest, order) : 0;
    }
    return sum;
  }

  /** sum p^t = 1 + sum p (p^(t-1) - 1), in which ln(1 + small) keeps what the division needs. */
  private static double nearShannon(double[] weights, double largest, double total, double beyond) {
    double sum = 0;
    for (double weight : weights) {
      double p = weight / largest / total;
      sum += p > 0 ? p * Math.expm1(beyond * Math.log(p)) : 0;
    }
    return -Math.log1p(sum) / beyond;
  }

  /** The largest weight, NaN if the weights make no distribution. */
  static double largest(double[] weights) {
    double largest = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        return Double.NaN;
      }
      largest = Math.max(largest, weight);
    }
    return largest > 0 && largest < Double.POSITIVE_INFINITY ? largest : Double.NaN;
  }
}
