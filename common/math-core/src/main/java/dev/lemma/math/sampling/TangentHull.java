// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.Arrays;

/**
 * Tangents of a concave function at sorted knots, and the chords between these. Segment i is where
 * tangent i is the lowest: [border(i), border(i + 1)].
 */
final class TangentHull {
  private static final int MOST_DOUBLINGS = 900;

  private final LogConcave density;
  private final double lower;
  private final double upper;
  private double[] knots = new double[0];
  private double[] values = new double[0];
  private double[] slopes = new double[0];
  private double[] borders = new double[0];
  private double peak;

  private TangentHull(LogConcave density, double lower, double upper) {
    this.density = density;
    this.lower = lower;
    this.upper = upper;
  }

  /** Knots at the start and, on unbounded sides, where the function falls towards infinity. */
  static TangentHull about(LogConcave density, double lower, double upper, double start) {
    TangentHull hull = new TangentHull(density, lower, upper);
    hull.insert(start);
    if (lower == Double.NEGATIVE_INFINITY) {
      hull.bracket(start, -1);
    }
    if (upper == Double.POSITIVE_INFINITY) {
      hull.bracket(start, 1);
    }
    hull.measure();
    return hull;
  }

  /** Goes out by doubling until the slope points back. */
  private void bracket(double start, int direction) {
    double step = Math.max(1, Math.abs(start));
    for (int k = 0; k < MOST_DOUBLINGS; k++) {
      int outermost = direction < 0 ? 0 : knots.length - 1;
      if (slopes[outermost] * direction < 0) {
        return;
      }
      insert(start + direction * step);
      step *= 2;
    }
    throw new IllegalArgumentException(
        "the log density does not fall towards "
            + (direction < 0 ? "-" : "+")
            + "infinity: expected a density that can be normalised; give a bound");
  }

  int size() {
    return knots.length;
  }

  double tangent(int i, double x) {
    return values[i] + slopes[i] * (x - knots[i]);
  }

  /** -infinity outside of the knots. */
  double chord(double x) {
    int right = Arrays.binarySearch(knots, x);
    if (right >= 0) {
      return values[right];
    }
    right = -right - 1;
    if (right == 0 || right == knots.length) {
      return Double.NEGATIVE_INFINITY;
    }
    double share = (x - knots[right - 1]) / (knots[right] - knots[right - 1]);
    return values[right - 1] + share * (values[right] - values[right - 1]);
  }

  int segmentOf(double x) {
    int at = Arrays.binarySearch(borders, x);
    int border = at >= 0 ? at : -at - 2;
    return Math.max(0, Math.min(knots.length - 1, border));
  }

  /** The area under tangent i, in units of exp(peak). */
  double area(int i) {
    return area(values[i], slopes[i], knots[i], borders[i], borders[i + 1]);
  }

  double totalArea() {
    double sum = 0;
    for (int i = 0; i < knots.length; i++) {
      sum += area(i);
    }
    return sum;
  }

  /** Area under the tangents that no chord covers. */
  double gap() {
    double sum = 0;
    for (int i = 0; i <= knots.length; i++) {
      sum += gap(i);
    }
    return sum;
  }

  /** The gap between knots i - 1 and i; outside of the knots there are no chords. */
  private double gap(int i) {
    double above = 0;
    if (i > 0) {
      int k = i - 1;
      above += area(values[k], slopes[k], knots[k], knots[k], borders[i]);
    }
    if (i < knots.length) {
      above += area(values[i], slopes[i], knots[i], borders[i], knots[i]);
    }
    if (i == 0 || i == knots.length) {
      return above;
    }
    double slope = (values[i] - values[i - 1]) / (knots[i] - knots[i - 1]);
    return above - area(values[i], slope, knots[i], knots[i - 1], knots[i]);
  }

  /** Adds a knot where the gap is largest; false if doubles are too coarse for another. */
  boolean refine() {
    int widest = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= knots.length; i++) {
      double gap = gap(i);
      if (gap > most) {
        most = gap;
        widest = i;
      }
    }
    double at = newKnot(widest);
    if (!(at > lower && at < upper) || Arrays.binarySearch(knots, at) >= 0) {
      return false;
    }
    insert(at);
    measure();
    return true;
  }

  private double newKnot(int i) {
    if (i > 0 && i < knots.length) {
      return borders[i];
    }
    int k = i == 0 ? 0 : knots.length - 1;
    double border = i == 0 ? lower : upper;
    // The median of the tail's exponential, or the middle of what is left to the bound.
    return Double.isInfinite(border)
        ? knots[k] - 0.7 / slopes[k]
        : knots[k] + (border - knots[k]) / 2;
  }

  /** The point below which lies a share of the area under tangent i. */
  double inside(int i, double share) {
    double left = borders[i];
    double right = borders[i + 1];
    double slope = slopes[i];
    double drop = Math.abs(slope) * (right - left);
    double x;
    if (drop < 1e-9) {
      x = left + share * (right - left);
    } else {
      // Measured from the higher end; expm1(-infinity) = -1 serves unbounded tails.
      double part = slope < 0 ? share : 1 - share;
      double distance = -StrictMath.log1p(part * StrictMath.expm1(-drop)) / Math.abs(slope);
      x = slope < 0 ? left + distance : right - distance;
    }
    return Math.max(left, Math.min(right, x));
  }

  static IllegalArgumentException notConcave(double x) {
    return new IllegalArgumentException(
        "the log density is not concave near "
            + x
            + ": tangents and chords bound concave functions only; use a rejection sampler with a"
            + " constant bound, or slice sampling");
  }

  private void insert(double x) {
    double value = TargetException.check(density.logDensity(x), 0, Walkers.START);
    double slope = density.derivative(x);
    if (value == Double.NEGATIVE_INFINITY || !Double.isFinite(slope)) {
      throw new IllegalArgumentException(
          "the density must be positive with a finite slope inside its interval; at "
              + x
              + " its logarithm is "
              + value
              + " with slope "
              + slope);
    }
    int at = -Arrays.binarySearch(knots, x) - 1;
    if (at < 0) {
      return;
    }
    knots = with(knots, at, x);
    values = with(values, at, value);
    slopes = with(slopes, at, slope);
    double slack = 1e-9 * (1 + Math.abs(slope));
    if ((at > 0 && slopes[at - 1] < slope - slack)
        || (at + 1 < knots.length && slopes[at + 1] > slope + slack)) {
      throw notConcave(x);
    }
  }

  private static double[] with(double[] array, int at, double value) {
    double[] longer = new double[array.length + 1];
    System.arraycopy(array, 0, longer, 0, at);
    longer[at] = value;
    System.arraycopy(array, at, longer, at + 1, array.length - at);
    return longer;
  }

  /** Where neighbouring tangents cross, and the highest point under all of them. */
  private void measure() {
    borders = new double[knots.length + 1];
    borders[0] = lower;
    borders[knots.length] = upper;
    for (int i = 1; i < knots.length; i++) {
      double difference = slopes[i - 1] - slopes[i];
      double crossing =
          difference > 1e-12 * (Math.abs(slopes[i]) + Math.abs(slopes[i - 1]))
              ? knots[i - 1]
                  + (values[i] - values[i - 1] - slopes[i] * (knots[i] - knots[i - 1])) / difference
              : knots[i - 1] + (knots[i] - knots[i - 1]) / 2;
      borders[i] = Math.max(knots[i - 1], Math.min(knots[i], crossing));
    }
    peak = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < knots.length; i++) {
      double high = slopes[i] > 0 ? borders[i + 1] : slopes[i] < 0 ? borders[i] : knots[i];
      peak = Math.max(peak, tangent(i, high));
    }
  }

  private double area(double value, double slope, double knot, double left, double right) {
    double width = right - left;
    if (!(width > 0)) {
      return 0;
    }
    double drop = Math.abs(slope) * width;
    double high = slope > 0 ? right : slope < 0 ? left : knot;
    double top = StrictMath.exp(value + slope * (high - knot) - peak);
    return drop < 1e-9 ? top * width : top * -StrictMath.expm1(-drop) / Math.abs(slope);
  }
}
