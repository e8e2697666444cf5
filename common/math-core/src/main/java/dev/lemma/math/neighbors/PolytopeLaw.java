// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.probability.GaussianTail;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The chance that two rows at an angle have the same next vertex of a randomly turned
 * cross-polytope in p dimensions.
 *
 * <p>With a Gaussian p x p matrix in place of the rotation, the pairs of entries (X, Y) of the two
 * images are independent, standard normal with correlation tau = cos(angle), and the chance is
 *
 * <pre>
 * 2p  integral over x, y &gt; 0 of  phi(x, y; tau) G(x, y)^(p - 1),     G(x, y) = P(|X| &lt; x, |Y| &lt; y)
 * G = (1 - 2 Q(x)) (1 - 2 Q(y)) + 1/pi integral over t from 0 to asin|tau| of
 *     exp(-(x^2 + y^2 - 2 x y sin t) / (2 cos^2 t)) - exp(-(x^2 + y^2 + 2 x y sin t) / (2 cos^2 t))
 * </pre>
 *
 * <p>(Plackett's identity), at a right angle 1/(2p). Its leading order is ln(1 / P) = r<sup>2</sup>
 * / (4 - r<sup>2</sup>) ln p, r the distance of the rows on the unit sphere (Andoni et al. 2015,
 * theorem 1); the chance is lower than that.
 *
 * <p>A rotation keeps the angle, whereas under a Gaussian matrix the angle of the images scatters
 * about it, with variance sin<sup>2</sup>(angle) / p to leading order: the Gaussian chance is the
 * rotation's, smoothed. To the same order the rotation's is therefore the Gaussian one times
 * exp(-sin<sup>2</sup>(angle) P'' / (2 p P)), the derivative being by the angle: a sixth less at a
 * right angle and p = 128. The signs and transforms that stand for the rotation follow it from p =
 * 32 on (the tests); in 16 dimensions some pairs meet less often, in 8 and fewer many do.
 *
 * <p>Computed at {@value #NODES} angles, logarithms interpolated by monotone cubics between them.
 * Immutable and thread-safe; tables are kept for the JVM's lifetime, 16 dimensions at most.
 */
final class PolytopeLaw {
  private static final int NODES = 65;
  private static final double STEP = Math.PI / (NODES - 1);
  private static final double FLOOR = -700;
  private static final double NEGLIGIBLE = 1e-14;
  private static final double X_STEP = 0.125;
  private static final double Z_STEP = 0.25;
  private static final double RANGE = 8;
  // Gauss-Legendre on (-1, 1), eight nodes: the positive half, and the weights.
  private static final double[] POINTS = {
    0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
  };
  private static final double[] WEIGHTS = {
    0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
  };
  private static final Map<Integer, PolytopeLaw> KNOWN = new ConcurrentHashMap<>();

  private final double[] gaussian;
  private final double[] rotation;

  private PolytopeLaw(int p) {
    double[] logarithms = new double[NODES];
    for (int i = 1; i < NODES - 1; i++) {
      double probability = new Angle(i * STEP).probability(p);
      logarithms[i] = Math.max(FLOOR, StrictMath.log(Math.min(1, probability)));
    }
    logarithms[NODES - 1] = FLOOR;
    gaussian = descending(logarithms);
    rotation = descending(sharpened(gaussian, p));
  }

  private static double[] sharpened(double[] smooth, int p) {
    double[] sharp = smooth.clone();
    for (int i = 1; i < NODES - 1; i++) {
      double slope = (smooth[i + 1] - smooth[i - 1]) / (2 * STEP);
      double bend = (smooth[i + 1] - 2 * smooth[i] + smooth[i - 1]) / (STEP * STEP);
      double sine = StrictMath.sin(i * STEP);
      double excess = sine * sine * (bend + slope * slope) / (2 * p);
      sharp[i] = Math.max(FLOOR, smooth[i] - Math.max(0, excess));
    }
    return sharp;
  }

  /** Nothing is likelier at a larger angle; rounding in the far tail might say so. */
  private static double[] descending(double[] logarithms) {
    double[] sorted = logarithms.clone();
    for (int i = 1; i < NODES; i++) {
      sorted[i] = Math.min(sorted[i], sorted[i - 1]);
    }
    return sorted;
  }

  /** The law in p dimensions, a power of two. */
  static PolytopeLaw of(int p) {
    return KNOWN.computeIfAbsent(p, PolytopeLaw::new);
  }

  /**
   * The chance of a collision under a random rotation.
   *
   * @param angle in [0, pi]
   */
  double probability(double angle) {
    return StrictMath.exp(interpolate(rotation, angle));
  }

  /** The chance of a collision under a Gaussian matrix. */
  double gaussianProbability(double angle) {
    return StrictMath.exp(interpolate(gaussian, angle));
  }

  private static double interpolate(double[] logarithms, double angle) {
    double place = angle / STEP;
    int i = Math.min(NODES - 2, (int) place);
    double u = place - i;
    double v = 1 - u;
    return v * v * (1 + 2 * u) * logarithms[i]
        + u * u * (1 + 2 * v) * logarithms[i + 1]
        + u * v * (v * slope(logarithms, i) - u * slope(logarithms, i + 1));
  }

  /** Slopes of at most three times the flatter side's keep cubics monotone (Fritsch, Carlson). */
  private static double slope(double[] logarithms, int i) {
    if (i == 0) {
      return logarithms[1] - logarithms[0];
    }
    if (i == NODES - 1) {
      return logarithms[i] - logarithms[i - 1];
    }
    double before = logarithms[i] - logarithms[i - 1];
    double after = logarithms[i + 1] - logarithms[i];
    return Math.max((before + after) / 2, 3 * Math.max(before, after));
  }

  /** The integral at one angle. */
  private static final class Angle {
    private final double tau;
    private final double sine;
    // Nodes of the inner integral over t.
    private final double[] sines;
    private final double[] inverses;
    private final double[] weights;

    Angle(double angle) {
      tau = StrictMath.cos(angle);
      sine = StrictMath.sin(angle);
      // t = pi/2 - u, u from the acute angle to pi/2, in panels that double: all happens at the
      // small end.
      double acute = Math.min(angle, Math.PI - angle);
      int panels = 1;
      while (acute * (1 << panels) < Math.PI / 2) {
        panels++;
      }
      int nodes = panels * 2 * POINTS.length;
      sines = new double[nodes];
      inverses = new double[nodes];
      weights = new double[nodes];
      int node = 0;
      for (int panel = 0; panel < panels; panel++) {
        double from = acute * (1 << panel);
        double to = panel == panels - 1 ? Math.PI / 2 : 2 * from;
        for (int g = 0; g < 2 * POINTS.length; g++) {
          double point = (g % 2 == 0 ? 1 : -1) * POINTS[g / 2];
          double u = (from + to + (to - from) * point) / 2;
          double cosine = StrictMath.sin(u);
          sines[node] = StrictMath.cos(u);
          inverses[node] = 0.5 / (cosine * cosine);
          weights[node++] = WEIGHTS[g / 2] * (to - from) / 2 / Math.PI;
        }
      }
    }

    double probability(int p) {
      double sum = 0;
      for (double x = X_STEP; x <= RANGE; x += X_STEP) {
        double inside = 1 - 2 * GaussianTail.upper(x);
        double atX = density(x);
        // No pair of limits holds more than one of them does.
        if (atX * StrictMath.pow(inside, p - 1) < NEGLIGIBLE) {
          continue;
        }
        for (double z = -RANGE; z <= RANGE; z += Z_STEP) {
          double y = tau * x + sine * z;
          if (y > 0) {
            double other = 1 - 2 * GaussianTail.upper(y);
            double weight = atX * density(z);
            if (weight * StrictMath.pow(Math.min(inside, other), p - 1) >= NEGLIGIBLE) {
              sum += weight * StrictMath.pow(both(x, y, inside * other), p - 1);
            }
          }
        }
      }
      return 2 * p * sum * X_STEP * Z_STEP;
    }

    private double both(double x, double y, double independent) {
      double squares = x * x + y * y;
      double product = 2 * x * y;
      double sum = 0;
      for (int i = 0; i < sines.length; i++) {
        double cross = product * sines[i];
        sum +=
            weights[i]
                * (StrictMath.exp(-(squares - cross) * inverses[i])
                    - StrictMath.exp(-(squares + cross) * inverses[i]));
      }
      return independent + sum;
    }

    private static double density(double x) {
      return StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }
  }
}
