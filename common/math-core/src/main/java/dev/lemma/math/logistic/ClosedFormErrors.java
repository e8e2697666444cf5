// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Standard errors of {@link ClosedForm#POOLED} in closed form, for classes that are Gaussian with
 * one covariance: no pass over the rows. They are for the unshrunk covariance; on data far from
 * Gaussian the sandwich is to be preferred.
 *
 * <p>For a contrast a over the classes (numbers that add up to 0) the combined score sum of
 * a<sub>k</sub> (b<sub>k</sub> + w<sub>k</sub>'x) has the slope beta = S<sup>-1</sup> sum of
 * a<sub>k</sub> m<sub>k</sub>. The delta method over the means, the Wishart law of S and the
 * multinomial law of the shares gives, with u<sub>k</sub> = S<sup>-1</sup>(m<sub>k</sub> -
 * x<sub>0</sub>), g<sub>kl</sub> = (m<sub>k</sub> - x<sub>0</sub>)' u<sub>l</sub>, h<sub>k</sub> =
 * sum of a<sub>l</sub> g<sub>kl</sub> and the score s at a point x<sub>0</sub>,
 *
 * <pre>
 *   Var beta    = S^-1 (sum a_k^2 / n_k + beta'S beta / n) + beta beta' / n
 *   Var s       = sum a_k^2 (1 + g_kk) / n_k + sum a_k a_l g_kl^2 / (2 n)
 *   Cov s, beta = - sum a_k^2 u_k / n_k - sum a_k h_k u_k / n
 * </pre>
 *
 * <p>and the constant is s - beta'x<sub>0</sub>. For two classes and x<sub>0</sub> halfway this is
 * Var s = (1 + D<sup>2</sup>/4) / (n p<sub>0</sub> p<sub>1</sub>). n<sub>k</sub> and n are sizes by
 * {@link WeightSemantics}.
 *
 * <p>Features that were left out have the value 0 and no error (NaN). Where classes are perfectly
 * separated errors are those of the widened covariance and mean little. O(d<sup>3</sup>) once, O(K
 * d + K<sup>2</sup>) a contrast. Immutable and thread-safe.
 *
 * <p>Source of the two-class case: B. Efron, <em>The efficiency of logistic regression compared to
 * normal discriminant analysis</em>, 1975, <a
 * href="https://doi.org/10.1080/01621459.1975.10480319">doi:10.1080/01621459.1975.10480319</a>.
 */
public final class ClosedFormErrors {
  /** Up to 32 MB. */
  private static final int MOST_CLASSES_WITH_PRODUCTS = 2000;

  private final ClassGeometry geometry;
  private final double[] sizes;
  private final double size;
  private final double[] logPriors;

  /** The features with errors, ascending, and S<sup>-1</sup> among them. */
  private final int[] columns;

  private final PackedSymmetric inverse;

  /** m<sub>k</sub>, u<sub>k</sub> and g<sub>kl</sub> about the mean of all rows. */
  private final double[][] centred;

  private final double[][] slopes;

  // Null where it would be large; then products are formed when needed.
  private final double[][] products;
  private final Diagnosis diagnosis;

  private ClosedFormErrors(ClassGeometry geometry, WeightSemantics weights) {
    this.geometry = geometry;
    this.sizes = new double[geometry.classes];
    this.logPriors = new double[geometry.classes];
    for (int k : geometry.present) {
      sizes[k] = weights.size(geometry.moments, k);
      logPriors[k] = Math.log(geometry.shares[k]);
    }
    this.size = weights.size(geometry.moments);
    PackedSymmetric all = geometry.within();
    List<ColumnFinding> findings = new ArrayList<>();
    int[] active = geometry.activeColumns(all, findings);
    PackedSymmetric s = active.length == geometry.features ? all : all.select(active);
    ScaledSystem system = ScaledSystem.of(s, geometry.betweenIn(active), Deficiency.LEAVE_OUT);
    system.findings().forEach(finding -> findings.add(finding.in(active)));
    findings.sort(Comparator.comparingInt(ColumnFinding::column));
    int[] used = ascending(system.independent());
    this.columns = Arrays.stream(used).map(j -> active[j]).toArray();
    this.inverse = inverse(system, used);
    double[][] centred = geometry.centredIn(columns);
    this.slopes = new double[geometry.classes][columns.length];
    for (int k : geometry.present) {
      inverse.multiply(centred[k], slopes[k]);
    }
    this.centred = centred;
    this.products =
        geometry.classes > MOST_CLASSES_WITH_PRODUCTS ? null : products(geometry, centred, slopes);
    this.diagnosis =
        new Diagnosis(
            geometry.features,
            columns.length,
            system.condition(),
            findings,
            geometry.absentClasses(),
            geometry.singleRowClasses());
  }

  private static double[][] products(
      ClassGeometry geometry, double[][] centred, double[][] slopes) {
    double[][] products = new double[geometry.classes][geometry.classes];
    for (int k : geometry.present) {
      for (int l : geometry.present) {
        products[k][l] = MomentVectors.dot(centred[k], slopes[l]);
      }
    }
    return products;
  }

  /** g<sub>kl</sub>. */
  private double product(int k, int l) {
    return products == null ? MomentVectors.dot(centred[k], slopes[l]) : products[k][l];
  }

  private static int[] ascending(int[] columns) {
    int[] sorted = columns.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static PackedSymmetric inverse(ScaledSystem system, int[] used) {
    int[] order = system.independent();
    PackedSymmetric pivoted =
        system.correlationFactor().map(Cholesky::inverse).orElse(PackedSymmetric.zero(0));
    int[] place = new int[order.length];
    double[] scales = new double[order.length];
    for (int i = 0; i < used.length; i++) {
      for (int p = 0; p < order.length; p++) {
        place[i] = order[p] == used[i] ? p : place[i];
      }
      scales[i] = 1 / system.scale(used[i]);
    }
    PackedSymmetric inverse = pivoted.select(place);
    inverse.scaleBothSidesInPlace(scales);
    return inverse;
  }

  /**
   * The errors for these rows.
   *
   * @throws IllegalArgumentException if no class has weight
   */
  public static ClosedFormErrors of(ClassMoments moments, WeightSemantics weights) {
    return new ClosedFormErrors(new ClassGeometry(moments), weights);
  }

  /** How sound the equations were. */
  public Diagnosis diagnosis() {
    return diagnosis;
  }

  /**
   * ln P(k | x) / P(other | x): the coefficients in which class k differs from another.
   *
   * @param k a class with weight
   * @param other another
   */
  public CoefficientErrors logit(int k, int other) {
    double[] contrast = new double[geometry.classes];
    contrast[k] = 1;
    contrast[other] -= 1;
    return contrast(contrast);
  }

  /**
   * The score of class k in the gauge of {@link LinearModel}, against the mean score of the classes
   * with weight.
   *
   * @param k a class with weight
   */
  public CoefficientErrors score(int k) {
    double[] contrast = new double[geometry.classes];
    for (int l : geometry.present) {
      contrast[l] = -1.0 / geometry.present.length;
    }
    contrast[k] += 1;
    return contrast(contrast);
  }

  /**
   * The score combined over the classes.
   *
   * @param contrast a, K numbers that add up to 0, and 0 for absent classes
   * @throws IllegalArgumentException if they are not
   */
  public CoefficientErrors contrast(double[] contrast) {
    check(contrast);
    double[] beta = beta(contrast);
    PackedSymmetric covariance = covariance(contrast);
    int a = columns.length;
    Estimate[] estimates = new Estimate[geometry.features];
    Arrays.fill(estimates, new Estimate(0, Double.NaN));
    double moved = 0;
    for (int i = 0; i < a; i++) {
      estimates[columns[i]] = new Estimate(beta[i], root(covariance.get(i, i)));
      moved += beta[i] * geometry.origin[columns[i]];
    }
    double constant = -moved;
    for (int k : geometry.present) {
      if (contrast[k] == 0) {
        continue;
      }
      constant += contrast[k] * (logPriors[k] - product(k, k) / 2);
    }
    Estimate intercept = new Estimate(constant, root(covariance.get(a, a)));
    return new CoefficientErrors(intercept, List.of(estimates));
  }

  private static double root(double variance) {
    return Math.sqrt(Math.max(0, variance));
  }

  /** The features with errors, ascending. */
  public int[] columns() {
    return columns.clone();
  }

  /**
   * The covariance of the coefficients of {@link #contrast}: first the slopes of {@link #columns},
   * last the constant.
   *
   * @param contrast as there
   */
  public PackedSymmetric covariance(double[] contrast) {
    check(contrast);
    int a = columns.length;
    double[] beta = beta(contrast);
    double means = 0;
    double distance = 0;
    double score = 0;
    double[] cross = new double[a];
    for (int k : geometry.present) {
      if (contrast[k] == 0) {
        continue;
      }
      double own = contrast[k] * contrast[k] / sizes[k];
      double along = 0;
      for (int l : geometry.present) {
        double product = contrast[l] == 0 ? 0 : product(k, l);
        along += contrast[l] * product;
        score += contrast[k] * contrast[l] * product * product / (2 * size);
      }
      means += own;
      distance += contrast[k] * along;
      score += own * (1 + product(k, k));
      for (int i = 0; i < a; i++) {
        cross[i] -= (own + contrast[k] * along / size) * slopes[k][i];
      }
    }
    PackedSymmetric covariance = PackedSymmetric.zero(a + 1);
    double[] shifted = new double[a];
    double[] origin = new double[a];
    Arrays.setAll(origin, i -> geometry.origin[columns[i]]);
    for (int j = 0; j < a; j++) {
      for (int i = 0; i <= j; i++) {
        double element = inverse.get(i, j) * (means + distance / size) + beta[i] * beta[j] / size;
        covariance.set(i, j, element);
        shifted[i] += element * origin[j];
        if (i != j) {
          shifted[j] += element * origin[i];
        }
      }
    }
    double variance = score;
    for (int i = 0; i < a; i++) {
      variance += origin[i] * (shifted[i] - 2 * cross[i]);
      covariance.set(i, a, cross[i] - shifted[i]);
    }
    covariance.set(a, a, variance);
    return covariance;
  }

  private double[] beta(double[] contrast) {
    double[] beta = new double[columns.length];
    for (int k : geometry.present) {
      for (int i = 0; i < beta.length; i++) {
        beta[i] += contrast[k] * slopes[k][i];
      }
    }
    return beta;
  }

  private void check(double[] contrast) {
    if (contrast.length != geometry.classes) {
      throw new IllegalArgumentException(
          "a contrast has a number for each of "
              + geometry.classes
              + " classes, found "
              + contrast.length);
    }
    double sum = 0;
    double size = 0;
    for (int k = 0; k < contrast.length; k++) {
      sum += contrast[k];
      size += Math.abs(contrast[k]);
      if (contrast[k] != 0 && geometry.centred[k] == null) {
        throw new IllegalArgumentException("class " + k + " of a contrast has no weight");
      }
    }
    if (!(Math.abs(sum) <= 1e-12 * size)) {
      throw new IllegalArgumentException("a contrast must add up to 0, found " + sum);
    }
  }
}
