// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * Expectations over z ~ N(a, v) of the logistic loss log(1 + e^z), of its derivative sigma and of
 * the next three derivatives, by the trapezoidal rule.
 *
 * <p>The integrand is the density times a function analytic in |Im z| &lt; pi, so that with nodes h
 * standard deviations apart the rule errs by exp(-2 pi^2 / (h sqrt(v))): below 1e-14 with the h
 * used here. A Gauss-Hermite rule of 40 nodes, the usual choice, is as good up to sqrt(v) = 1 and
 * has three digits at sqrt(v) = 3. Where sqrt(v) is beyond 600 the number of nodes is held and
 * digits are lost.
 *
 * <p>L. N. Trefethen, J. A. C. Weideman, <em>The exponentially convergent trapezoidal rule</em>,
 * 2014, <a href="https://doi.org/10.1137/130932132">doi:10.1137/130932132</a>.
 */
final class GaussianExpectation {
  private static final double REACH = 8.5;
  private static final double WIDEST = 0.25;
  private static final double NARROWEST = 1e-3;
  private static final double PER_DEVIATION = 0.6;
  private static final double INVERSE_ROOT_TWO_PI = 0.3989422804014327;

  /** E log(1 + e^z). */
  double loss;

  /** E sigma(z). */
  double probability;

  /** E sigma'(z). */
  double first;

  /** E sigma''(z). */
  double second;

  /** E sigma'''(z). */
  double third;

  void at(double a, double v) {
    double deviation = Math.sqrt(Math.max(0, v));
    double h = Math.max(NARROWEST, Math.min(WIDEST, PER_DEVIATION / deviation));
    int nodes = (int) Math.ceil(REACH / h);
    loss = 0;
    probability = 0;
    first = 0;
    second = 0;
    third = 0;
    for (int i = -nodes; i <= nodes; i++) {
      double t = i * h;
      add(a + deviation * t, INVERSE_ROOT_TWO_PI * h * Math.exp(-t * t / 2));
    }
  }

  private void add(double z, double mass) {
    double small = Math.exp(-Math.abs(z));
    double p = z >= 0 ? 1 / (1 + small) : small / (1 + small);
    double slope = small / ((1 + small) * (1 + small));
    double tilt = 1 - 2 * p;
    loss += mass * (Math.max(z, 0) + Math.log1p(small));
    probability += mass * p;
    first += mass * slope;
    second += mass * slope * tilt;
    third += mass * slope * (tilt * tilt - 2 * slope);
  }
}
