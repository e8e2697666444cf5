// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * The effective number of draws in several sequences, by Geyer's initial monotone positive
 * sequence.
 *
 * <p>With m sequences of n draws, a_t their mean autocovariance (divisor n), w = a_0 n / (n - 1)
 * the variance within and v = w (n - 1) / n + (variance of the m means, for m &gt; 1), the
 * autocorrelations are r_t = 1 - (w - a_t) / v. Pairs r_{2k} + r_{2k+1} are taken while positive
 * and 2k &lt; n - 5, each is brought down to its predecessor, and with T the first even lag after
 * them
 *
 * <pre>
 *   tau = -1 + 2 sum over t &lt; T of r_t + max(r_T, 0),   size = n m / max(tau, 1 / log10(n m)),
 * </pre>
 *
 * <p>so that antithetic sequences count for at most n m log10(n m). NaN for n &lt; 3 and where all
 * draws are equal. A result is deterministic; a kernel serves one thread.
 *
 * <p>Sources: C. J. Geyer, Practical Markov chain Monte Carlo, 1992, <a
 * href="https://doi.org/10.1214/ss/1177011137">doi:10.1214/ss/1177011137</a>; A. Vehtari, A.
 * Gelman, D. Simpson, B. Carpenter, P.-C. Buerkner, 2021, <a
 * href="https://doi.org/10.1214/20-BA1221">doi:10.1214/20-BA1221</a>.
 */
final class GeyerSum {
  private static final int FEWEST_DRAWS = 3;

  /** Pairs start no later than this far from the end. */
  private static final int END = 5;

  private final Sequences sequences;
  private final LagSums lags;
  private final double[] rho;

  GeyerSum(Sequences sequences) {
    this.sequences = sequences;
    lags = new LagSums(sequences);
    rho = new double[sequences.length() + 1];
  }

  /** The effective size of finite draws, which it neither keeps nor changes. */
  double size(double[] draws) {
    if (sequences.length() < FEWEST_DRAWS || sequences.constant(draws)) {
      return Double.NaN;
    }
    lags.accept(draws);
    int n = sequences.length();
    double within = lags.at(0) * n / (n - 1);
    double total = within * (n - 1) / n;
    if (sequences.count() > 1) {
      double[] means = lags.means();
      total += Moments.variance(means, 0, means.length, Moments.mean(means, 0, means.length));
    }
    double time = time(within, total);
    double draw = sequences.size();
    return draw / Math.max(time, 1 / Math.log10(draw));
  }

  private double time(double within, double total) {
    int end = positivePairs(within, total);
    for (int t = 2; t <= end - 2; t += 2) {
      double before = rho[t - 2] + rho[t - 1];
      if (rho[t] + rho[t + 1] > before) {
        rho[t] = before / 2;
        rho[t + 1] = before / 2;
      }
    }
    // With no pair but the first, lag 0 counts in the sum as well as at the end: so does R's.
    double sum = end == 0 ? rho[0] : 0;
    for (int t = 0; t < end; t++) {
      sum += rho[t];
    }
    return -1 + 2 * sum + rho[end];
  }

  /** Fills the autocorrelations up to the first pair that is not positive; returns its lag. */
  private int positivePairs(double within, double total) {
    int n = sequences.length();
    int t = 0;
    double even = 1;
    double odd = correlation(1, within, total);
    rho[0] = even;
    rho[1] = odd;
    while (t < n - END && even + odd > 0) {
      t += 2;
      even = correlation(t, within, total);
      odd = correlation(t + 1, within, total);
      boolean kept = even + odd >= 0;
      rho[t] = kept ? even : 0;
      rho[t + 1] = kept ? odd : 0;
    }
    if (even > 0) {
      rho[t] = even;
    }
    return t;
  }

  private double correlation(int lag, double within, double total) {
    return 1 - (within - lags.at(lag)) / total;
  }
}
