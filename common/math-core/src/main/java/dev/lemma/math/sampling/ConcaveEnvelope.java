// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.Variates;

/**
 * Exact draws from a log-concave density on the line by rejection under its tangents, with its
 * chords as a squeeze that saves evaluations of the density:
 *
 * <pre>
 * chord(x) &le; ln f(x) &le; tangent(x)
 * x ~ exp(tangent);   accepted at once if ln U &le; chord(x) - tangent(x),
 *                     else if ln U &le; ln f(x) - tangent(x)
 * </pre>
 *
 * <p>Knots are not added by draws, as Gilks and Wild do, but before them: always where tangents and
 * chords leave the largest area between them, until it is below a given share of the whole. Then a
 * draw is a function of its address alone, and the share bounds both the refused proposals and the
 * evaluations a draw (0.001: about 60 knots for a Gaussian). Immutable; as thread-safe as the
 * density.
 *
 * <p>Source: W. R. Gilks, P. Wild, <em>Adaptive rejection sampling for Gibbs sampling</em>, 1992,
 * <a href="https://doi.org/10.2307/2347565">doi:10.2307/2347565</a>.
 */
public final class ConcaveEnvelope {
  private static final int MOST_KNOTS = 2000;

  private final LogConcave density;
  private final TangentHull hull;
  private final double[] cumulative;

  private ConcaveEnvelope(LogConcave density, TangentHull hull) {
    this.density = density;
    this.hull = hull;
    cumulative = new double[hull.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += hull.area(i);
      cumulative[i] = sum;
    }
  }

  /**
   * An envelope of a density on (lower, upper).
   *
   * @param lower may be -infinity; then the density must rise somewhere to the left of its mode
   * @param upper may be +infinity
   * @param start a point inside, near the mode if known
   * @param share area between tangents and chords in units of the area under the tangents, in (0,
   *     1)
   * @throws IllegalArgumentException if the interval is empty, the start outside, or the density
   *     not log-concave
   * @throws TargetException if the density is NaN or +infinity
   */
  public static ConcaveEnvelope of(
      LogConcave density, double lower, double upper, double start, double share) {
    if (!(lower < start && start < upper)) {
      throw new IllegalArgumentException(
          "start of the envelope: expected a number in ("
              + lower
              + ", "
              + upper
              + "), found "
              + start);
    }
    Require.share("share", share);
    TangentHull hull = TangentHull.about(density, lower, upper, start);
    while (hull.size() < MOST_KNOTS && hull.gap() > share * hull.totalArea()) {
      if (!hull.refine()) {
        break;
      }
    }
    return new ConcaveEnvelope(density, hull);
  }

  /** Tangent points. */
  public int knots() {
    return hull.size();
  }

  /** The area between tangents and chords in units of that under the tangents. */
  public double share() {
    return hull.gap() / hull.totalArea();
  }

  /** ln of the tangent at x: at least the log density. */
  double upper(double x) {
    return hull.tangent(hull.segmentOf(x), x);
  }

  /** ln of the chord at x: at most the log density. */
  double lower(double x) {
    return hull.chord(x);
  }

  /**
   * One draw.
   *
   * @param source at the address of this draw
   */
  public double draw(KeyedSource source) {
    while (true) {
      double level = Variates.uniform(source) * cumulative[cumulative.length - 1];
      int segment = segment(level);
      double x = hull.inside(segment, Variates.uniform(source));
      double logUniform = -Variates.exponential(source);
      double tangent = hull.tangent(segment, x);
      if (logUniform <= hull.chord(x) - tangent) {
        return x;
      }
      double value = TargetException.check(density.logDensity(x), source.lane(), source.index());
      if (value > tangent + 1e-6 * (1 + Math.abs(tangent))) {
        throw TangentHull.notConcave(x);
      }
      if (logUniform <= value - tangent) {
        return x;
      }
    }
  }

  private int segment(double level) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (level < cumulative[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
