// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * Area and perimeter of an ellipse with half axes a and b.
 *
 * <p>The perimeter is 2 pi (a<sup>2</sup> - sum of 2<sup>n-1</sup> c<sub>n</sub><sup>2</sup>) /
 * AGM(a, b), with the means a<sub>n+1</sub> = (a<sub>n</sub> + b<sub>n</sub>) / 2, b<sub>n+1</sub>
 * = sqrt(a<sub>n</sub> b<sub>n</sub>), c<sub>n+1</sub> = (a<sub>n</sub> - b<sub>n</sub>) / 2 and
 * c<sub>0</sub><sup>2</sup> = a<sup>2</sup> - b<sup>2</sup>. Digits double at each step, where the
 * series in the eccentricity needs thousands of terms for a flat ellipse. In the form used here,
 * the first term of the sum is taken together with a<sup>2</sup>, and once the means are within 4 %
 * of each other series in their distance take the place of further ones.
 *
 * <p>The perimeter is within 12 ulp where b is at least a / 100, within 16 from a / 1000 on and
 * within 40 for flatter ones; where a > 1e9 b it is 4 a. The area is within 2 ulp. Half axes may
 * come in either order. 0 where both are 0; infinite where one is; NaN for a negative or NaN one.
 *
 * <p>Source: E. Salamin, <em>Computation of pi Using Arithmetic-Geometric Mean</em>, Math. Comp. 30
 * (1976), <a href="https://doi.org/10.2307/2005327">doi:10.2307/2005327</a>.
 */
public final class Ellipse {
  private static final double FLAT = 1e9;

  /** How far means may be apart for five terms of a series to take their place. */
  private static final double NEARLY_A_CIRCLE = 0.04;

  private Ellipse() {}

  /** pi a b; NaN for 0 times infinity. */
  public static double area(double a, double b) {
    return a >= 0 && b >= 0 ? Math.PI * a * b : Double.NaN;
  }

  /** The length around, between pi (a + b) and 4 (a + b). */
  public static double perimeter(double a, double b) {
    if (!(a >= 0 && b >= 0)) {
      return Double.NaN;
    }
    double larger = Math.max(a, b);
    double smaller = Math.min(a, b);
    if (larger == 0 || larger == Double.POSITIVE_INFINITY || larger > FLAT * smaller) {
      return 4 * larger;
    }
    // For a larger half axis of 1, so that squares neither overflow nor vanish.
    double x = 1;
    double y = smaller / larger;
    // 1 - c_0^2 / 2 = (1 + y^2) / 2, from which later terms are taken.
    double sum = 0.5 + 0.5 * y * y;
    double weight = 1;
    while (x - y > NEARLY_A_CIRCLE * x) {
      double half = 0.5 * (x - y);
      sum -= weight * half * half;
      double mean = 0.5 * (x + y);
      y = Math.sqrt(x * y);
      x = mean;
      weight *= 2;
    }
    // For means m (1 + d) and m (1 - d), h = d^2: what later terms of the sum come to, over m^2,
    // and
    // m / AGM. The terms in h^5 are below 1e-17.
    double mean = 0.5 * (x + y);
    double d = 0.5 * (x - y) / mean;
    double h = d * d;
    double rest = h * (1 + h * (1.0 / 8 + h * (1.0 / 16 + h * (41.0 / 1024))));
    double inverse = 1 + h * (1.0 / 4 + h * (9.0 / 64 + h * (25.0 / 256 + h * (1225.0 / 16384))));
    return larger * (2 * Math.PI * ((sum - weight * mean * mean * rest) / mean) * inverse);
  }
}
