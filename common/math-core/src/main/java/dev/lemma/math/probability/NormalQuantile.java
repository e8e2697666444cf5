// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

/**
 * The inverse of the distribution function of the standard Gaussian, to about 16 digits.
 *
 * <p>Rational approximations of degree 7 on three ranges: |p - 1/2| up to 0.425, where the argument
 * is (p - 1/2)<sup>2</sup>, and two ranges of r = sqrt(-ln min(p, 1 - p)), up to 5 and above.
 *
 * <p>Source: M. J. Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution,
 * Applied Statistics 37 (1988), <a href="https://doi.org/10.2307/2347330">doi:10.2307/2347330</a>,
 * routine PPND16.
 */
public final class NormalQuantile {
  private static final double CENTRAL = 0.425;
  private static final double CENTRAL_SQUARED = 0.180625;
  private static final double FAR = 5;
  private static final double NEAR_SHIFT = 1.6;

  private static final double[] CENTRE_ABOVE = {
    3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3
  };
  private static final double[] CENTRE_BELOW = {
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3
  };
  private static final double[] NEAR_ABOVE = {
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
    3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4
  };
  private static final double[] NEAR_BELOW = {
    1.0,
    2.05319162663775882187,
    1.67638483018380384940,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9
  };
  private static final double[] FAR_ABOVE = {
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7
  };
  private static final double[] FAR_BELOW = {
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15
  };

  private NormalQuantile() {}

  /**
   * The number that a standard Gaussian lies below with probability p.
   *
   * @param p in [0, 1]; minus infinity at 0, infinity at 1, NaN for anything else
   */
  public static double of(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= CENTRAL) {
      double r = CENTRAL_SQUARED - q * q;
      return q * ratio(CENTRE_ABOVE, CENTRE_BELOW, r);
    }
    double tail = q < 0 ? p : 1 - p;
    if (!(tail > 0)) {
      return tail == 0 ? Math.copySign(Double.POSITIVE_INFINITY, q) : Double.NaN;
    }
    double r = Math.sqrt(-Math.log(tail));
    double size =
        r <= FAR
            ? ratio(NEAR_ABOVE, NEAR_BELOW, r - NEAR_SHIFT)
            : ratio(FAR_ABOVE, FAR_BELOW, r - FAR);
    return q < 0 ? -size : size;
  }

  private static double ratio(double[] above, double[] below, double r) {
    return polynomial(above, r) / polynomial(below, r);
  }

  private static double polynomial(double[] c, double r) {
    return ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r
        + c[0];
  }
}
