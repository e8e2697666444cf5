// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

/**
 * The exact (Clopper-Pearson) confidence interval of a proportion: it holds the true value with at
 * least the stated probability, for every true value and every number of trials.
 *
 * <p>With s successes in n trials and alpha = 1 - confidence, the lower end is the alpha / 2
 * quantile of Beta(s, n - s + 1) and the upper end the 1 - alpha / 2 quantile of Beta(s + 1, n -
 * s); 0 and 1 where s is 0 or n.
 *
 * <p>C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the
 * case of the binomial, Biometrika 26 (1934), <a
 * href="https://doi.org/10.1093/biomet/26.4.404">doi:10.1093/biomet/26.4.404</a>.
 *
 * @param successes s, 0 to n
 * @param trials n, at least 1
 * @param confidence in (0, 1)
 * @param lower end of the interval
 * @param upper end of the interval
 */
public record ProportionInterval(
    long successes, long trials, double confidence, double lower, double upper) {
  /** Checks the ranges. */
  public ProportionInterval {
    if (trials < 1) {
      throw new IllegalArgumentException("trials must be at least 1, found " + trials);
    }
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must lie in 0 to trials = " + trials + ", found " + successes);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie in (0, 1), found " + confidence);
    }
    if (!(lower >= 0 && lower <= upper && upper <= 1)) {
      throw new IllegalArgumentException("not an interval in [0, 1]: " + lower + " to " + upper);
    }
  }

  /**
   * The interval for a count. About 0.2 milliseconds.
   *
   * @param successes 0 to trials
   * @param trials at least 1
   * @param confidence in (0, 1), e.g. 0.99
   */
  public static ProportionInterval of(long successes, long trials, double confidence) {
    // Vague but valid: the constructor checks what the caller gave before any quantile is sought.
    new ProportionInterval(successes, trials, confidence, 0, 1);
    double side = (1 - confidence) / 2;
    return new ProportionInterval(
        successes,
        trials,
        confidence,
        lowerLimit(successes, trials, side),
        upperLimit(successes, trials, side));
  }

  /** successes / trials. */
  public double estimate() {
    return (double) successes / trials;
  }

  private static double lowerLimit(long successes, long trials, double side) {
    if (successes == 0) {
      return 0;
    }
    RatioLaw law = RatioLaw.beta(successes, trials - successes + 1.0);
    return law.scale() * law.quantile(side);
  }

  private static double upperLimit(long successes, long trials, double side) {
    if (successes == trials) {
      return 1;
    }
    RatioLaw law = RatioLaw.beta(successes + 1.0, trials - successes);
    return Math.min(1, law.scale() * law.upperQuantile(side));
  }
}
