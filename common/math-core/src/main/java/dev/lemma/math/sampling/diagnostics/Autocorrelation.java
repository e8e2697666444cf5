// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * Autocovariances and autocorrelations of one chain at every lag, by the fast Fourier transform:
 * O(n log n) time, about 100 n bytes.
 *
 * <p>The estimate divides by n at every lag, which keeps the sequence positive definite (C. J.
 * Geyer, Practical Markov chain Monte Carlo, 1992, <a
 * href="https://doi.org/10.1214/ss/1177011137">doi:10.1214/ss/1177011137</a>). Rounding: a small
 * multiple of 1e-16 times the variance.
 */
public final class Autocorrelation {
  private Autocorrelation() {}

  /**
   * a_t = (1/n) sum over i of (x_i - mean)(x_{i+t} - mean) for t = 0 to n - 1. NaN throughout where
   * a draw is not finite.
   *
   * @param chain n draws, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public static double[] autocovariance(double[] chain) {
    if (chain.length == 0) {
      throw new IllegalArgumentException("an autocovariance needs at least 1 draw, found none");
    }
    LagSums sums = new LagSums(Sequences.whole(1, chain.length));
    sums.accept(chain);
    double[] out = new double[chain.length];
    // From the far end, so that one transform serves all lags.
    for (int t = chain.length - 1; t >= 0; t--) {
      out[t] = sums.at(t);
    }
    return out;
  }

  /**
   * a_t / a_0 for t = 0 to n - 1; NaN throughout for a constant chain.
   *
   * @param chain n draws, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public static double[] of(double[] chain) {
    double[] values = autocovariance(chain);
    double variance = values[0];
    for (int t = 0; t < values.length; t++) {
      values[t] /= variance;
    }
    return values;
  }
}
