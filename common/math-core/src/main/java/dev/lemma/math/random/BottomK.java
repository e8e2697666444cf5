// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

/**
 * Ranks whose k lowest are a sample of fixed size without replacement, with weights: row i of
 * weight w<sub>i</sub> and uniform u<sub>i</sub> gets
 *
 * <pre>
 * rank = -ln(1 - u) / w,        an exponential variate of rate w.
 * </pre>
 *
 * <p>The row of lowest rank is row i with probability w<sub>i</sub> over the sum of all weights,
 * the next one so among the rest, and so on: successive sampling with probability proportional to
 * weight. Equal weights give the simple random sample of the priorities' order. The k lowest of a
 * union are among the k lowest of its parts, and a larger k gives a superset.
 *
 * <p>Let t be the (k + 1)-th lowest rank. Given the other rows' ranks, a row of the sample was
 * taken with probability 1 - exp(-w t), and the sum of x / (1 - exp(-w t)) over the sample is an
 * unbiased estimate of the sum of x over all rows; so is, without weights, the sum of x / t for
 * priorities t read as a share of their range.
 *
 * @see <a href="https://doi.org/10.1016/j.ipl.2005.11.003">P. S. Efraimidis, P. G. Spirakis:
 *     Weighted random sampling with a reservoir, 2006</a>
 * @see <a href="https://doi.org/10.1145/1281100.1281133">E. Cohen, H. Kaplan: Summarizing data
 *     using bottom-k sketches, 2007</a>
 */
public final class BottomK {
  private static final double UNIT = 0x1p-53;

  // One bit less, so that half a step below 1 is still a double.
  private static final double HALF_OPEN = 0x1p-52;

  private BottomK() {}

  /**
   * The exponential rank of a row; it ascends with the priority.
   *
   * @param priority of the row ({@link RowSampling}), an unsigned number of which the high 52 bits
   *     count
   * @param weight 0 or more; infinite weights are not meaningful
   * @return a number above 0, infinite for weight 0
   * @throws IllegalArgumentException if the weight is negative, infinite or NaN
   */
  public static double rank(long priority, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a sampling weight must be finite and at least 0, found one that is not");
    }
    double uniform = ((priority >>> 12) + 0.5) * HALF_OPEN;
    return -StrictMath.log1p(-uniform) / weight;
  }

  /**
   * Probability 1 - exp(-w t) that a row of the sample was taken, given the others.
   *
   * @param weight of the row
   * @param threshold the (k + 1)-th lowest rank; infinite where every row was taken
   */
  public static double inclusion(double weight, double threshold) {
    return -StrictMath.expm1(-weight * threshold);
  }

  /**
   * The same without weights, from the (k + 1)-th lowest priority.
   *
   * @param threshold an unsigned priority
   * @return a share of the range of priorities, in [0, 1)
   */
  public static double inclusion(long threshold) {
    return (threshold >>> 11) * UNIT;
  }
}
