// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.PivotedCholesky;
import dev.lemma.math.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The equations S w = c of a covariance S (a x a), solved in correlation form: every feature is
 * divided by its deviation first, so that units do not decide what counts as singular.
 *
 * <p>The pivoted Cholesky factorisation tells which features depend on others within the classes.
 * Such a feature is DEPENDENT if the same combination holds between the class means; if not, the
 * classes are perfectly separated along it and S alone would have to be divided by 0. Then {@value
 * #WIDENING} times the scatter between the classes is added to S, once, which bounds the distance
 * of the classes and makes the feature independent.
 */
final class ScaledSystem {
  /** What is left of a variance after regression on other features, when it counts as nothing. */
  static final double RANK_TOLERANCE = 1e-12;

  /** The share of the scatter between the classes that is added to S where they separate. */
  static final double WIDENING = 0.1;

  /** Where the residual means are larger than rounding, in squared deviations. */
  private static final double SEPARATION_TOLERANCE = 1e-9;

  /** Features take part in a combination with a coefficient larger than this, in deviations. */
  private static final double PART = 1e-7;

  private final double[] scales;
  private final Optional<PivotedCholesky> factor;
  private final Optional<SymmetricEigen> eigen;
  private final List<ColumnFinding> findings;
  private final double cut;

  private ScaledSystem(
      double[] scales,
      Optional<PivotedCholesky> factor,
      Optional<SymmetricEigen> eigen,
      List<ColumnFinding> findings,
      double cut) {
    this.scales = scales;
    this.factor = factor;
    this.eigen = eigen;
    this.findings = findings;
    this.cut = cut;
  }

  /**
   * The system of a diagonal covariance.
   *
   * @param diagonal the variances; overwritten
   */
  static ScaledSystem ofDiagonal(double[] diagonal, BetweenClasses between) {
    List<ColumnFinding> findings = new ArrayList<>();
    for (int j = 0; j < diagonal.length; j++) {
      if (!between.variesWithin(j, diagonal[j])) {
        diagonal[j] = Math.max(0, diagonal[j]) + WIDENING * between.variance(j);
        findings.add(new ColumnFinding(j, ColumnFault.SEPARATING, List.of()));
      }
      diagonal[j] = Math.sqrt(diagonal[j]);
    }
    return new ScaledSystem(diagonal, Optional.empty(), Optional.empty(), findings, 0);
  }

  /**
   * The system of a covariance.
   *
   * @param s S; overwritten
   * @param between what to add where classes separate, in the features of S
   */
  static ScaledSystem of(PackedSymmetric s, BetweenClasses between, Deficiency deficiency) {
    double[] scales = between.scales(s);
    double cut = cut(s.order());
    PivotedCholesky factor = PivotedCholesky.of(scaled(s, scales), cut);
    List<ColumnFinding> findings = new ArrayList<>(findings(factor, between, scales));
    if (findings.stream().anyMatch(finding -> finding.fault() == ColumnFault.SEPARATING)) {
      between.addTo(s, WIDENING);
      scales = between.scales(s);
      factor = PivotedCholesky.of(scaled(s, scales), cut);
      // What still depends on others does so between the classes as well.
      findings = merged(findings, findings(factor, between, scales));
    }
    boolean wantsEigen =
        factor.rank() < s.order() && (deficiency == Deficiency.SHORTEST || indefinite(factor, cut));
    Optional<SymmetricEigen> eigen =
        wantsEigen ? SymmetricEigen.of(scaled(s, scales)) : Optional.empty();
    return new ScaledSystem(scales, Optional.of(factor), eigen, findings, cut);
  }

  static double cut(int order) {
    return Math.max(RANK_TOLERANCE, 8 * order * Math.ulp(1.0));
  }

  /** Subtracted moments may be no covariance; then eigenvalues below 0 are cut off. */
  private static boolean indefinite(PivotedCholesky factor, double cut) {
    for (int p = 0; p < factor.dimension() - factor.rank(); p++) {
      if (factor.left(p) < -100 * cut) {
        return true;
      }
    }
    return false;
  }

  /** D<sup>-1</sup> S D<sup>-1</sup>. */
  static PackedSymmetric scaled(PackedSymmetric s, double[] scales) {
    double[] inverse = new double[scales.length];
    Arrays.setAll(inverse, j -> 1 / scales[j]);
    PackedSymmetric scaled = s.copy();
    scaled.scaleBothSidesInPlace(inverse);
    return scaled;
  }

  private static List<ColumnFinding> findings(
      PivotedCholesky factor, BetweenClasses between, double[] scales) {
    int[] dependent = factor.dependent();
    int[] independent = factor.independent();
    List<ColumnFinding> findings = new ArrayList<>();
    for (int p = 0; p < dependent.length; p++) {
      double[] combination = factor.combination(p);
      double left = between.residual(dependent[p], independent, combination, scales);
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < combination.length; i++) {
        if (Math.abs(combination[i]) > PART) {
          others.add(independent[i]);
        }
      }
      others.sort(null);
      ColumnFault fault =
          left > SEPARATION_TOLERANCE ? ColumnFault.SEPARATING : ColumnFault.DEPENDENT;
      findings.add(new ColumnFinding(dependent[p], fault, others));
    }
    return findings;
  }

  /** Separating features of the first look, and dependent ones of the second. */
  private static List<ColumnFinding> merged(List<ColumnFinding> first, List<ColumnFinding> second) {
    List<ColumnFinding> merged =
        new ArrayList<>(first.stream().filter(f -> f.fault() == ColumnFault.SEPARATING).toList());
    for (ColumnFinding finding : second) {
      merged.removeIf(known -> known.column() == finding.column());
      merged.add(new ColumnFinding(finding.column(), ColumnFault.DEPENDENT, finding.others()));
    }
    return merged;
  }

  /** Faults found, by index in S. */
  List<ColumnFinding> findings() {
    return findings;
  }

  int rank() {
    if (eigen.isPresent()) {
      return eigen.get().rank(cut);
    }
    return factor.map(PivotedCholesky::rank).orElse(scales.length);
  }

  double condition() {
    if (eigen.isPresent()) {
      int rank = eigen.get().rank(cut);
      return rank == 0 ? 1 : eigen.get().value(0) / eigen.get().value(rank - 1);
    }
    return factor.map(f -> f.factor().conditionEstimate()).orElse(1.0);
  }

  /** w of S w = c; c stays as it is. */
  double[] solve(double[] c) {
    double[] w = new double[c.length];
    for (int j = 0; j < c.length; j++) {
      w[j] = c[j] / scales[j];
    }
    if (eigen.isPresent()) {
      w = eigen.get().solve(w, cut);
    } else if (factor.isPresent()) {
      w = factor.get().solve(w);
    }
    for (int j = 0; j < c.length; j++) {
      w[j] /= scales[j];
    }
    return w;
  }

  /** The factorisation in correlation form over the independent features, where there is one. */
  Optional<Cholesky> correlationFactor() {
    return factor.map(PivotedCholesky::factor);
  }

  /** The independent features in the order of {@link #correlationFactor}. */
  int[] independent() {
    return factor
        .map(PivotedCholesky::independent)
        .orElseGet(() -> IntStream.range(0, scales.length).toArray());
  }

  double scale(int j) {
    return scales[j];
  }
}
