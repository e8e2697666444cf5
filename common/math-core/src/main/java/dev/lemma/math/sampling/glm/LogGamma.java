// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/** ln Gamma(x) for positive x: Stirling's series after a shift. Relative error about 1e-14. */
final class LogGamma {
  private static final double SHIFT = 12;
  private static final double HALF_LOG_2_PI = 0.918938533204672741780329736406;

  private LogGamma() {}

  static double of(double x) {
    double product = 1;
    double t = x;
    while (t < SHIFT) {
      product *= t;
      t++;
    }
    double inverse = 1 / (t * t);
    double series =
        (1.0 / 12
                + inverse
                    * (-1.0 / 360
                        + inverse
                            * (1.0 / 1260
                                + inverse
                                    * (-1.0 / 1680
                                        + inverse * (1.0 / 1188 - inverse * 691.0 / 360360)))))
            / t;
    return (t - 0.5) * StrictMath.log(t) - t + HALF_LOG_2_PI + series - StrictMath.log(product);
  }
}
