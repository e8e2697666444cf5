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
 * separated errors are those of the widened covariance and mean little. O(d<sup>3</sup> + K d
 * min(K, d)) once, O(d<sup>2</sup>) a class; O(z<sup>2</sup> d + d<sup>2</sup>) a contrast of z
 * classes. Immutable and thread-safe.
 *
 * <p>Source of the two-class case: B. Efron, <em>The efficiency of logistic regression compared to
 * normal discriminant analysis</em>, 1975, <a
 * href="https://doi.org/10.1080/01621459.1975.10480319">doi:10.1080/01621459.1975.10480319</a>.
 */
public final class ClosedFormErrors {
  private final ClassGeometry geometry;
  private final double size;

  /** The features with errors, ascending, and S<sup>-1</sup> among them. */
  private final int[] columns;

  private final PackedSymmetric inverse;

  private final ClassContrasts contrasts;
  private final Diagnosis diagnosis;

  private ClosedFormErrors(ClassGeometry geometry, WeightSemantics weights) {
    this.geometry = geometry;
    double[] sizes = new double[geometry.classes];
    for (int k : geometry.present) {
      sizes[k] = weights.size(geometry.moments, k);
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
    this.contrasts = new ClassContrasts(geometry, sizes, columns, inverse);
    this.diagnosis =
        new Diagnosis(
            geometry.features,
            columns.length,
            system.condition(),
            findings,
            geometry.absentClasses(),
            geometry.singleRowClasses());
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
    requireWeight(k);
    return errors(contrasts.againstMean(k));
  }

  /**
   * The score combined over the classes.
   *
   * @param contrast a, K numbers that add up to 0, and 0 for absent classes
   * @throws IllegalArgumentException if they are not
   */
  public CoefficientErrors contrast(double[] contrast) {
    check(contrast);
    return errors(contrasts.of(contrast));
  }

  private CoefficientErrors errors(ContrastSums sums) {
    PackedSymmetric covariance = covariance(sums);
    int a = columns.length;
    Estimate[] estimates = new Estimate[geometry.features];
    Arrays.fill(estimates, new Estimate(0, Double.NaN));
    double moved = 0;
    for (int i = 0; i < a; i++) {
      estimates[columns[i]] = new Estimate(sums.beta()[i], root(covariance.get(i, i)));
      moved += sums.beta()[i] * geometry.origin[columns[i]];
    }
    Estimate intercept = new Estimate(sums.constant() - moved, root(covariance.get(a, a)));
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
    return covariance(contrasts.of(contrast));
  }

  private PackedSymmetric covariance(ContrastSums sums) {
    int a = columns.length;
    double[] beta = sums.beta();
    double spread = sums.means() + sums.distance() / size;
    PackedSymmetric covariance = PackedSymmetric.zero(a + 1);
    double[] shifted = new double[a];
    double[] origin = new double[a];
    Arrays.setAll(origin, i -> geometry.origin[columns[i]]);
    for (int j = 0; j < a; j++) {
      for (int i = 0; i <= j; i++) {
        double element = inverse.get(i, j) * spread + beta[i] * beta[j] / size;
        covariance.set(i, j, element);
        shifted[i] += element * origin[j];
        if (i != j) {
          shifted[j] += element * origin[i];
        }
      }
    }
    double variance = sums.scores() + sums.pairs() / (2 * size);
    for (int i = 0; i < a; i++) {
      double cross = -sums.moved()[i] - sums.along()[i] / size;
      variance += origin[i] * (shifted[i] - 2 * cross);
      covariance.set(i, a, cross - shifted[i]);
    }
    covariance.set(a, a, variance);
    return covariance;
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
      if (contrast[k] != 0) {
        requireWeight(k);
      }
    }
    if (!(Math.abs(sum) <= 1e-12 * size)) {
      throw new IllegalArgumentException("a contrast must add up to 0, found " + sum);
    }
  }

  private void requireWeight(int k) {
    if (geometry.centred[k] == null) {
      throw new IllegalArgumentException("class " + k + " of a contrast has no weight");
    }
  }
}
