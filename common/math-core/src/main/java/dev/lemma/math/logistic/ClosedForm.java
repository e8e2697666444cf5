// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Logistic regression in closed form: the log-odds of K Gaussian classes with the means
 * m<sub>k</sub> and one covariance S are linear in the row x,
 *
 * <pre>
 *   w_k = S^-1 (m_k - m),   b_k = ln p_k - (m_k - m)' S^-1 (m_k - m) / 2 - w_k' m,
 * </pre>
 *
 * <p>m being the mean of all rows and p<sub>k</sub> the prior of class k. For two classes the logit
 * has the slope S<sup>-1</sup> (m<sub>1</sub> - m<sub>0</sub>). It is linear discriminant analysis
 * with probabilities, and costs no pass over the rows beyond that of {@link ClassMoments}.
 *
 * <p>Equations are solved in correlation form. With {@link Shrinkage#NONE} and a singular S, what
 * is done is in {@link Diagnosis#findings}:
 *
 * <ul>
 *   <li>Constant features get the coefficient 0, and so do features with moments that are NaN.
 *   <li>Features that depend on others are treated as {@link Deficiency} says.
 *   <li>Where a feature, or a combination of some, is constant within the classes but not between
 *       them, the classes are perfectly separated and the coefficients would be infinite. A tenth
 *       of the scatter between the classes is then added to S: two classes that are equally
 *       frequent come to lie at a squared Mahalanobis distance of at most 40, so that the logits at
 *       their means are at most 20 in size. With fewer rows than features plus classes that is
 *       always so; shrinkage is the better choice there.
 * </ul>
 *
 * <p>About d<sup>3</sup> / 3 + 2 K d<sup>2</sup> operations; 16 d<sup>2</sup> bytes. Sums in a
 * fixed order: equal moments give equal bits. An absent class (no weight) is absent in the model. A
 * class with one row has its mean but adds nothing to S.
 *
 * <p>Sources: R. A. Fisher, <em>The use of multiple measurements in taxonomic problems</em>, 1936,
 * <a href="https://doi.org/10.1111/j.1469-1809.1936.tb02137.x">
 * doi:10.1111/j.1469-1809.1936.tb02137.x</a>; B. Efron, <em>The efficiency of logistic regression
 * compared to normal discriminant analysis</em>, 1975, <a
 * href="https://doi.org/10.1080/01621459.1975.10480319">doi:10.1080/01621459.1975.10480319</a>.
 *
 * @param pooling the covariance
 * @param shrinkage how it is shrunk
 * @param units the units in which it is shrunk
 * @param deficiency what is done with dependent features
 * @param weights the size of the sample by which the rules of shrinkage find their share
 */
public record ClosedForm(
    Pooling pooling,
    Shrinkage shrinkage,
    ShrinkageUnits units,
    Deficiency deficiency,
    WeightSemantics weights) {
  /** The pooled covariance within the classes, unshrunk. */
  public static final ClosedForm POOLED =
      new ClosedForm(
          Pooling.WITHIN,
          Shrinkage.NONE,
          ShrinkageUnits.DATA,
          Deficiency.LEAVE_OUT,
          WeightSemantics.IMPORTANCE);

  /** Checks that the choices go together. */
  public ClosedForm {
    if (shrinkage instanceof Shrinkage.LedoitWolf
        && (pooling != Pooling.WITHIN || units != ShrinkageUnits.DATA)) {
      throw new IllegalArgumentException(
          "the share of Ledoit and Wolf is known for pooling WITHIN and units DATA only, found "
              + pooling
              + " and "
              + units);
    }
  }

  /** The same with another covariance. */
  public ClosedForm with(Pooling other) {
    return new ClosedForm(other, shrinkage, units, deficiency, weights);
  }

  /** The same with another shrinkage, in these units. */
  public ClosedForm with(Shrinkage other, ShrinkageUnits otherUnits) {
    return new ClosedForm(pooling, other, otherUnits, deficiency, weights);
  }

  /** The same with another treatment of dependent features. */
  public ClosedForm with(Deficiency other) {
    return new ClosedForm(pooling, shrinkage, units, other, weights);
  }

  /** The same with another meaning of weights. */
  public ClosedForm with(WeightSemantics other) {
    return new ClosedForm(pooling, shrinkage, units, deficiency, other);
  }

  /**
   * The model of these rows, their shares by class being the priors.
   *
   * @throws IllegalArgumentException if no class has weight, or the moments lack what the pooling
   *     or the shrinkage needs
   */
  public ClosedFormFit fit(ClassMoments moments) {
    ClassGeometry geometry = new ClassGeometry(moments);
    return fit(geometry, geometry.shares);
  }

  /**
   * The model of these rows for a population with other priors.
   *
   * @param priors K numbers, at least 0; their scale does not matter
   * @throws IllegalArgumentException as {@link #fit(ClassMoments)}, and if the priors are not as
   *     said or leave no class with weight a positive prior
   */
  public ClosedFormFit fit(ClassMoments moments, double[] priors) {
    ClassPriors.check(priors, moments.classes());
    return fit(new ClassGeometry(moments), priors);
  }

  private ClosedFormFit fit(ClassGeometry geometry, double[] priors) {
    PackedSymmetric all = geometry.covariance(pooling);
    List<ColumnFinding> findings = new ArrayList<>();
    int[] active = geometry.activeColumns(all, findings);
    PackedSymmetric s = active.length == geometry.features ? all : all.select(active);
    BetweenClasses between = geometry.betweenIn(active);
    List<ColumnFinding> faults = new ArrayList<>();
    double rho = 0;
    if (s.order() > 0 && !Shrinkage.NONE.equals(shrinkage)) {
      separating(s, between, faults);
      rho = shrink(s, geometry, active);
    }
    ScaledSystem system = system(s, between);
    // What the equations tell of a feature says more than that it does not vary.
    for (ColumnFinding known : system.findings()) {
      faults.removeIf(finding -> finding.column() == known.column());
      faults.add(known);
    }
    faults.forEach(fault -> findings.add(fault.in(active)));
    findings.sort(Comparator.comparingInt(ColumnFinding::column));
    double[][] slopes = new double[geometry.classes][];
    for (int k : geometry.present) {
      slopes[k] = system.solve(between.centred(k));
    }
    Diagnosis diagnosis =
        new Diagnosis(
            geometry.features,
            system.rank(),
            system.condition(),
            findings,
            geometry.absentClasses(),
            geometry.singleRowClasses());
    return new ClosedFormFit(geometry.model(slopes, active, priors), rho, diagnosis);
  }

  /** Shrunken, the covariance would no longer show them. */
  private static void separating(
      PackedSymmetric s, BetweenClasses between, List<ColumnFinding> findings) {
    double[] diagonal = s.diagonal();
    for (int j = 0; j < diagonal.length; j++) {
      if (!between.variesWithin(j, diagonal[j])) {
        findings.add(new ColumnFinding(j, ColumnFault.SEPARATING, List.of()));
      }
    }
  }

  /** Shrinks S and says by which share. */
  private double shrink(PackedSymmetric s, ClassGeometry geometry, int[] active) {
    double[] scales = geometry.scales(units, s, active);
    PackedSymmetric scaled = ScaledSystem.scaled(s, scales);
    double rho = shrinkage.share(scaled, weights.size(geometry.moments), geometry::meanFourth);
    double added = shrinkage.added() + rho * scaled.trace() / scaled.order();
    s.scaleInPlace(1 - rho);
    for (int j = 0; j < scales.length; j++) {
      s.set(j, j, s.get(j, j) + added * scales[j] * scales[j]);
    }
    return rho;
  }

  private ScaledSystem system(PackedSymmetric s, BetweenClasses between) {
    return switch (pooling) {
      case WITHIN, BALANCED, TOTAL -> ScaledSystem.of(s, between, deficiency);
      case DIAGONAL -> ScaledSystem.ofDiagonal(s.diagonal(), between);
    };
  }
}
