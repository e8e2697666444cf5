// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.PivotedCholesky;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The posterior of a Gaussian linear model: coefficients b and s = ln sigma, from sufficient
 * statistics alone, so that an evaluation costs O(d<sup>2</sup>) and no row.
 *
 * <pre>
 * -W s - RSS(b) / (2 e^2s) + sum ln prior(b_j) + ln prior(e^s) + s
 * RSS(b) = RSS(b*) + (b - b*)' A (b - b*)
 * </pre>
 *
 * <p>The last s is the Jacobian of the logarithm. b* is the least-squares solution, so that the
 * residual sum of squares does not cancel; the design's cross products A are rotated so that the
 * intercept, where there is one, is that at the mean of the columns.
 */
public final class LinearPosterior implements CurvedTarget {
  /** Least share of a column's scatter that the others may leave of it. */
  private static final double DEPENDENT = 1e-11;

  private final List<String> names;
  private final List<Prior> priors;
  private final double weight;
  private final int coefficients;
  private final boolean hasIntercept;
  private final double[] shift;
  private final PackedSymmetric cross;
  private final double[] least;
  private final double leastSquares;

  private LinearPosterior(
      LinearStatistics statistics, List<String> names, List<Prior> priors, boolean hasIntercept) {
    this.names = List.copyOf(names);
    this.priors = List.copyOf(priors);
    this.hasIntercept = hasIntercept;
    this.weight = statistics.weight();
    int d = statistics.columns();
    this.coefficients = hasIntercept ? d + 1 : d;
    if (names.size() != coefficients + 1 || priors.size() != coefficients + 1) {
      throw new IllegalArgumentException(
          "there are "
              + coefficients
              + " coefficients and sigma, found "
              + names.size()
              + " names and "
              + priors.size()
              + " priors");
    }
    this.shift = new double[d];
    this.cross = PackedSymmetric.zero(coefficients);
    double[] right = new double[coefficients];
    double square = statistics.scatter().get(d, d);
    int first = hasIntercept ? 1 : 0;
    double labelMean = statistics.mean(d);
    for (int j = 0; j < d; j++) {
      shift[j] = hasIntercept ? statistics.mean(j) : 0;
      for (int i = 0; i <= j; i++) {
        double moment = statistics.scatter().get(i, j);
        cross.set(
            first + i,
            first + j,
            hasIntercept ? moment : moment + weight * statistics.mean(i) * statistics.mean(j));
      }
      right[first + j] = statistics.scatter().get(j, d);
      if (!hasIntercept) {
        right[j] += weight * statistics.mean(j) * labelMean;
      }
    }
    if (hasIntercept) {
      cross.set(0, 0, weight);
      right[0] = weight * labelMean;
    } else {
      square += weight * labelMean * labelMean;
    }
    this.least = leastSquares(cross, right);
    double explained = 0;
    for (int j = first; j < coefficients; j++) {
      explained += least[j] * right[j];
    }
    this.leastSquares = Math.max(0, square - explained);
  }

  /**
   * A model with an intercept, the first coefficient.
   *
   * @param statistics of d columns without a constant
   * @param names of intercept, d coefficients and sigma
   * @param priors likewise
   */
  public static LinearPosterior withIntercept(
      LinearStatistics statistics, List<String> names, List<Prior> priors) {
    return new LinearPosterior(statistics, names, priors, true);
  }

  /**
   * A model without an intercept.
   *
   * @param statistics of d columns
   * @param names of d coefficients and sigma
   * @param priors likewise
   */
  public static LinearPosterior withoutIntercept(
      LinearStatistics statistics, List<String> names, List<Prior> priors) {
    return new LinearPosterior(statistics, names, priors, false);
  }

  /** Dependent columns take coefficient 0. */
  private static double[] leastSquares(PackedSymmetric cross, double[] right) {
    double[] units = cross.diagonal();
    for (int j = 0; j < units.length; j++) {
      units[j] = units[j] > 0 ? 1 / Math.sqrt(units[j]) : 0;
    }
    PackedSymmetric scaled = cross.copy();
    scaled.scaleBothSidesInPlace(units);
    double[] b = right.clone();
    for (int j = 0; j < b.length; j++) {
      b[j] *= units[j];
    }
    double[] solution = PivotedCholesky.of(scaled, DEPENDENT).solve(b);
    for (int j = 0; j < b.length; j++) {
      solution[j] *= units[j];
    }
    return solution;
  }

  @Override
  public int dimension() {
    return coefficients + 1;
  }

  /** Of the coefficients and of sigma, although the last coordinate is its logarithm. */
  @Override
  public List<String> names() {
    return names;
  }

  /** The residual sum of squares of the least-squares fit. */
  public double leastSquares() {
    return leastSquares;
  }

  @Override
  public void logDensities(double[] points, int count, double[] out) {
    evaluate(points, count, Prior::logDensity, out);
  }

  @Override
  public void rounded(double[] points, int count, double[] out) {
    evaluate(points, count, Prior::rounded, out);
  }

  private void evaluate(
      double[] points, int count, ToDoubleBiFunction<Prior, Double> density, double[] out) {
    int p = dimension();
    double[] gap = new double[coefficients];
    for (int c = 0; c < count; c++) {
      double s = points[c * p + coefficients];
      double sigma = StrictMath.exp(s);
      double value = -weight * s - residuals(points, c * p, gap) / (2 * sigma * sigma) + s;
      for (int j = 0; j < coefficients; j++) {
        value += density.applyAsDouble(priors.get(j), points[c * p + j]);
      }
      out[c] = value + density.applyAsDouble(priors.get(coefficients), sigma);
    }
  }

  /** RSS of the coefficients from position {@code at}. */
  double residuals(double[] point, int at) {
    return residuals(point, at, new double[coefficients]);
  }

  /** X'X times a factor. */
  PackedSymmetric crossProducts(double factor) {
    PackedSymmetric product = PackedSymmetric.zero(coefficients);
    for (int j = 0; j < coefficients; j++) {
      for (int i = 0; i <= j; i++) {
        product.set(i, j, factor * crossOf(i, j));
      }
    }
    return product;
  }

  /** Priors of coefficients and sigma. */
  List<Prior> priors() {
    return priors;
  }

  /** Sum of the weights, W. */
  double weight() {
    return weight;
  }

  /** RSS(b); leaves b - b* in {@code gap}. */
  private double residuals(double[] point, int at, double[] gap) {
    double intercept = hasIntercept ? point[at] - least[0] : 0;
    int first = hasIntercept ? 1 : 0;
    for (int j = first; j < coefficients; j++) {
      gap[j] = point[at + j] - least[j];
      if (hasIntercept) {
        intercept += shift[j - 1] * point[at + j];
      }
    }
    if (hasIntercept) {
      gap[0] = intercept;
    }
    return leastSquares + cross.quadratic(gap);
  }

  @Override
  public double[] start() {
    double[] start = new double[dimension()];
    System.arraycopy(least, 0, start, 0, coefficients);
    if (hasIntercept) {
      for (int j = 0; j < shift.length; j++) {
        start[0] -= shift[j] * least[j + 1];
      }
    }
    double degrees = Math.max(1, weight - coefficients);
    // A perfect fit has no finite logarithm; the search then says so.
    start[coefficients] = 0.5 * StrictMath.log(leastSquares / degrees);
    return start;
  }

  @Override
  public Expansion expand(double[] point) {
    int p = dimension();
    double s = point[coefficients];
    double sigma = StrictMath.exp(s);
    double precision = 1 / (sigma * sigma);
    double[] gap = new double[coefficients];
    double rss = residuals(point, 0, gap);
    double[] pull = new double[coefficients];
    cross.multiply(gap, pull);
    double[] gradient = new double[p];
    // d gap_0 / d b_j is the shift of column j.
    for (int j = 0; j < coefficients; j++) {
      double along = pull[j] + (hasIntercept && j > 0 ? shift[j - 1] * pull[0] : 0);
      gradient[j] = -precision * along;
    }
    gradient[coefficients] = -weight + precision * rss + 1;
    PackedSymmetric information = PackedSymmetric.zero(p);
    for (int j = 0; j < coefficients; j++) {
      for (int i = 0; i <= j; i++) {
        information.set(i, j, precision * crossOf(i, j));
      }
      information.set(j, coefficients, 2 * gradient[j]);
    }
    information.set(coefficients, coefficients, 2 * precision * rss);
    PackedSymmetric curvature = information.copy();
    for (int j = 0; j < coefficients; j++) {
      Prior prior = priors.get(j);
      gradient[j] += prior.slope(point[j]);
      curvature.set(j, j, curvature.get(j, j) + prior.curvature(point[j]));
    }
    Prior prior = priors.get(coefficients);
    gradient[coefficients] += sigma * prior.slope(sigma);
    // By the chain rule; what could be negative is left out.
    double bend = sigma * sigma * prior.curvature(sigma) - sigma * prior.slope(sigma);
    curvature.set(
        coefficients, coefficients, curvature.get(coefficients, coefficients) + Math.max(0, bend));
    double[] out = new double[1];
    rounded(point, 1, out);
    return new Expansion(out[0], gradient, curvature, information, weight);
  }

  /** X'X with the constant as it is, not shifted. */
  private double crossOf(int i, int j) {
    double value = cross.get(i, j);
    if (hasIntercept) {
      double left = i == 0 ? 1 : shift[i - 1];
      double right = j == 0 ? 1 : shift[j - 1];
      value = i == 0 || j == 0 ? weight * left * right : value + weight * left * right;
    }
    return value;
  }

  @Override
  public boolean isFlat(int j) {
    return !priors.get(j).isProper();
  }

  /** The draws as they are reported: sigma itself instead of its logarithm, in place. */
  public void reportInPlace(double[] point) {
    point[coefficients] = StrictMath.exp(point[coefficients]);
  }
}
