// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * A generalised Pareto distribution fitted to exceedances: P(X &gt; x) = (1 + k x /
 * sigma)<sup>-1/k</sup>.
 *
 * <p>The empirical Bayes estimate of Zhang and Stephens, on a grid of 30 + floor(sqrt(N)) points,
 * then k drawn towards 1/2 as by ten more observations: k = (N k + 5) / (N + 10), which steadies
 * small samples. O(N sqrt(N)).
 *
 * <p>Sources: J. Zhang, M. A. Stephens, A New and Efficient Estimation Method for the Generalized
 * Pareto Distribution, Technometrics 51 (2009), <a
 * href="https://doi.org/10.1198/tech.2009.08017">doi:10.1198/tech.2009.08017</a>; A. Vehtari, D.
 * Simpson, A. Gelman, Y. Yao, J. Gabry, Pareto Smoothed Importance Sampling, JMLR 25 (2024), <a
 * href="https://arxiv.org/abs/1507.02646">arXiv:1507.02646</a>.
 *
 * @param shape k; NaN where the sample is far from any such law (a quarter of it at its minimum)
 * @param scale sigma, positive, or NaN with the shape
 */
record ParetoTail(double shape, double scale) {
  private static final int FEWEST_POINTS = 30;
  private static final double PRIOR_SCALE = 3;
  private static final double PRIOR_SHAPE = 0.5;
  private static final double PRIOR_WEIGHT = 10;

  /** The fit to exceedances in ascending order, none negative, at least 5. */
  static ParetoTail fit(double[] ascending) {
    int count = ascending.length;
    double quartile = ascending[(int) Math.floor(count / 4.0 + 0.5) - 1];
    double largest = ascending[count - 1];
    if (!(quartile > ascending[0])) {
      return new ParetoTail(Double.NaN, Double.NaN);
    }
    int points = FEWEST_POINTS + (int) Math.floor(Math.sqrt(count));
    double[] theta = new double[points];
    double[] likelihood = new double[points];
    double best = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < points; j++) {
      theta[j] = 1 / largest + (1 - Math.sqrt(points / (j + 0.5))) / (PRIOR_SCALE * quartile);
      double k = meanLog(theta[j], ascending);
      likelihood[j] = count * (Math.log(-theta[j] / k) - k - 1);
      best = Math.max(best, likelihood[j]);
    }
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < points; j++) {
      double weight = Math.exp(likelihood[j] - best);
      sum += weight;
      weighted += weight * theta[j];
    }
    double mean = weighted / sum;
    double shape = meanLog(mean, ascending);
    double scale = -shape / mean;
    double steadied = (shape * count + PRIOR_SHAPE * PRIOR_WEIGHT) / (count + PRIOR_WEIGHT);
    return Double.isNaN(steadied)
        ? new ParetoTail(Double.POSITIVE_INFINITY, Double.NaN)
        : new ParetoTail(steadied, scale);
  }

  private static double meanLog(double theta, double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += Math.log1p(-theta * value);
    }
    return sum / x.length;
  }

  /** The exceedance that a share p of the law lies below. */
  double quantile(double p) {
    return shape == 0
        ? -scale * Math.log1p(-p)
        : scale * Math.expm1(-shape * Math.log1p(-p)) / shape;
  }
}
