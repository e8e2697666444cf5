// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.PivotedCholesky;
import java.util.Arrays;
import java.util.Optional;

/**
 * Least squares on labels: for every class k of K the regression a<sub>k</sub> + g<sub>k</sub>'x of
 * the number that is 1 for rows of class k and 0 for others. Any job that solves normal equations
 * finds it, and it holds the closed form of {@link ClosedForm#POOLED}: the conversions here are
 * exact.
 *
 * <p>Sources: G. W. Haggstrom, <em>Logistic regression and discriminant analysis by ordinary least
 * squares</em>, 1983, <a
 * href="https://doi.org/10.1080/07350015.1983.10509346">doi:10.1080/07350015.1983.10509346</a>; for
 * more than two classes T. Hastie, R. Tibshirani, A. Buja, <em>Flexible discriminant analysis by
 * optimal scoring</em>, 1994, <a
 * href="https://doi.org/10.1080/01621459.1994.10476866">doi:10.1080/01621459.1994.10476866</a>.
 *
 * @param intercepts a, K numbers
 * @param coefficients g, K x d, row-major
 * @param residuals the weighted sums of squared residuals, K numbers
 */
public record LabelRegression(double[] intercepts, double[] coefficients, double[] residuals) {
  /** What is left unexplained, as a share, where it is nothing but rounding. */
  private static final double SEPARATED = 1e-12;

  /** Copies the arrays. */
  public LabelRegression {
    if (residuals.length != intercepts.length
        || intercepts.length == 0
        || coefficients.length % intercepts.length != 0) {
      throw new IllegalArgumentException(
          "a regression on "
              + intercepts.length
              + " labels has as many residual sums and a multiple of coefficients, found "
              + residuals.length
              + " and "
              + coefficients.length);
    }
    intercepts = intercepts.clone();
    coefficients = coefficients.clone();
    residuals = residuals.clone();
  }

  @Override
  public double[] intercepts() {
    return intercepts.clone();
  }

  @Override
  public double[] coefficients() {
    return coefficients.clone();
  }

  @Override
  public double[] residuals() {
    return residuals.clone();
  }

  /** The regression on these rows; features that depend on others get the coefficient 0. */
  public static LabelRegression of(ClassMoments moments) {
    ClassGeometry geometry = new ClassGeometry(moments);
    int d = geometry.features;
    LinearModel total = ClosedForm.POOLED.with(Pooling.TOTAL).fit(moments).model();
    double[] intercepts = new double[geometry.classes];
    double[] coefficients = new double[geometry.classes * d];
    double[] residuals = new double[geometry.classes];
    double[] common = commonSlope(total, geometry);
    for (int k : geometry.present) {
      double share = geometry.shares[k];
      double explained = 0;
      double mean = 0;
      for (int j = 0; j < d; j++) {
        double slope = share * (total.coefficient(k, j) - common[j]);
        coefficients[k * d + j] = slope;
        explained += slope * share * geometry.centred[k][j];
        mean += slope * geometry.origin[j];
      }
      intercepts[k] = share - mean;
      residuals[k] = Math.max(0, moments.weight() * (share * (1 - share) - explained));
    }
    return new LabelRegression(intercepts, coefficients, residuals);
  }

  /** The gauge of a model takes the plain mean over the classes off; least squares the weighted. */
  private static double[] commonSlope(LinearModel total, ClassGeometry geometry) {
    double[] common = new double[geometry.features];
    for (int k : geometry.present) {
      for (int j = 0; j < common.length; j++) {
        common[j] += geometry.shares[k] * total.coefficient(k, j);
      }
    }
    return common;
  }

  /**
   * The logit of a regression on one label of 0 and 1: with f = N / RSS its slope is f g and its
   * constant ln(p<sub>1</sub> / p<sub>0</sub>) + f (a - 1/2) + (1 / p<sub>1</sub> - 1 /
   * p<sub>0</sub>) / 2. Nothing but the fit is needed, no mean and no covariance.
   *
   * @param intercept a
   * @param slope g, d numbers
   * @param residual RSS, the weighted sum of squared residuals, unpenalised
   * @param weight N, the sum of weights
   * @param share p<sub>1</sub>, the weighted mean of the label, in (0, 1)
   * @return empty if RSS is below 1e-12 of its value without features: the label is then a linear
   *     function of the features
   * @throws IllegalArgumentException if the share lies outside (0, 1)
   */
  public static Optional<LinearModel> logit(
      double intercept, double[] slope, double residual, double weight, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share of label 1 must lie in (0, 1), found " + share);
    }
    if (!(residual > SEPARATED * weight * share * (1 - share))) {
      return Optional.empty();
    }
    double factor = weight / residual;
    double constant =
        Math.log(share / (1 - share))
            + factor * (intercept - 0.5)
            + (1 / share - 1 / (1 - share)) / 2;
    return Optional.of(LinearModel.binary(constant, MomentVectors.scaled(factor, slope)));
  }

  /**
   * The model of {@link ClosedForm#POOLED} from this regression and the class means alone: with
   * W<sub>T</sub> = T<sup>-1</sup> M<sub>c</sub> = g P<sup>-1</sup>, T the covariance of all rows,
   * M<sub>c</sub> the class means less the mean of all and P the diagonal matrix of shares,
   * S<sup>-1</sup> M<sub>c</sub> = W<sub>T</sub> (I - P M<sub>c</sub>' W<sub>T</sub>)<sup>-1</sup>.
   *
   * @param moments the rows of the regression; their scatter is not used
   * @return empty if the classes are perfectly separated
   */
  public Optional<LinearModel> toLogit(ClassMoments moments) {
    ClassGeometry geometry = new ClassGeometry(moments);
    int[] present = geometry.present;
    int d = geometry.features;
    int classes = present.length;
    // With the square roots of the shares on both sides I - P D becomes symmetric.
    PackedSymmetric rest = PackedSymmetric.zero(classes);
    for (int b = 0; b < classes; b++) {
      double rootB = Math.sqrt(geometry.shares[present[b]]);
      for (int a = 0; a <= b; a++) {
        double rootA = Math.sqrt(geometry.shares[present[a]]);
        double distance = 0;
        for (int j = 0; j < d; j++) {
          distance += geometry.centred[present[a]][j] * coefficients[present[b] * d + j];
        }
        rest.set(a, b, (a == b ? 1 : 0) - rootA / rootB * distance);
      }
    }
    if (PivotedCholesky.of(rest, SEPARATED).rank() < classes) {
      return Optional.empty();
    }
    return Cholesky.of(rest).map(factor -> combined(geometry, factor));
  }

  private LinearModel combined(ClassGeometry geometry, Cholesky factor) {
    int[] present = geometry.present;
    int d = geometry.features;
    double[][] slopes = new double[geometry.classes][];
    for (int b = 0; b < present.length; b++) {
      double[] column = new double[present.length];
      column[b] = 1 / Math.sqrt(geometry.shares[present[b]]);
      factor.solveInPlace(column);
      double[] slope = new double[d];
      for (int a = 0; a < present.length; a++) {
        double weight = column[a] / Math.sqrt(geometry.shares[present[a]]);
        for (int j = 0; j < d; j++) {
          slope[j] += weight * coefficients[present[a] * d + j];
        }
      }
      slopes[present[b]] = slope;
    }
    int[] columns = new int[d];
    Arrays.setAll(columns, j -> j);
    return geometry.model(slopes, columns, geometry.shares);
  }
}
