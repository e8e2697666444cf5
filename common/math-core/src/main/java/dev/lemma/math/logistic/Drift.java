// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.PivotedCholesky;
import dev.lemma.math.probability.RatioLaw;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether two sets of rows, such as two days, come from one population: tests on their moments
 * alone. Features with moments that are unknown (NaN) and constants are left out; of features that
 * depend on others some are left out. O(d<sup>3</sup>).
 */
public final class Drift {
  /** Squared residual differences above this, in variances, are more than rounding. */
  private static final double MEANS_DIFFER = 1e-9;

  private Drift() {}

  /**
   * Whether class k has the same mean in both: Hotelling's test, with the covariance of that class
   * in both sets where the layout keeps it, and else with that of all classes.
   *
   * @param a the one set
   * @param b the other, of equally many classes and features
   * @param k the class
   * @param weights the meaning of weights in both
   * @return empty if class k is absent in one of them, or there are too few rows for the features
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Optional<HotellingTest> ofMeans(
      ClassMoments a, ClassMoments b, int k, WeightSemantics weights) {
    checkShapes(a, b);
    double sizeA = weights.size(a, k);
    double sizeB = weights.size(b, k);
    if (sizeA == 0 || sizeB == 0) {
      return Optional.empty();
    }
    boolean own = a.layout() == ScatterLayout.PER_CLASS && b.layout() == ScatterLayout.PER_CLASS;
    PackedSymmetric scatter = PackedSymmetric.zero(a.features());
    double degrees = 0;
    for (ClassMoments moments : new ClassMoments[] {a, b}) {
      if (own) {
        double size = weights.size(moments, k);
        moments.addScatterTo(k, size / moments.weight(k), scatter);
        degrees += size - 1;
      } else {
        degrees += addPooled(moments, weights, scatter);
      }
    }
    double[] difference = new double[a.features()];
    double[] origin = b.mean(k);
    double[] fromA = a.meanFrom(k, origin);
    double[] fromB = b.meanFrom(k, origin);
    Arrays.setAll(difference, j -> fromA[j] - fromB[j]);
    return hotelling(difference, origin, scatter, degrees, sizeA, sizeB);
  }

  /**
   * Whether the pooled covariance within the classes is the same in both: Box's test.
   *
   * @param a the one set
   * @param b the other, of equally many classes and features
   * @param weights the meaning of weights in both
   * @return empty if there are too few rows for the features
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Optional<BoxTest> ofCovariances(
      ClassMoments a, ClassMoments b, WeightSemantics weights) {
    checkShapes(a, b);
    PackedSymmetric scatterA = PackedSymmetric.zero(a.features());
    PackedSymmetric scatterB = PackedSymmetric.zero(a.features());
    double degreesA = addPooled(a, weights, scatterA);
    double degreesB = addPooled(b, weights, scatterB);
    PackedSymmetric both = scatterA.copy();
    both.addScaledInPlace(1, scatterB);
    double[] none = new double[a.features()];
    int[] columns = varying(both, none, none);
    if (!(degreesA > 0 && degreesB > 0)) {
      return Optional.empty();
    }
    double[] scales = deviations(both, columns);
    PivotedCholesky factor = factor(both, columns, scales);
    int rank = factor.rank();
    if (rank == 0 || !(Math.min(degreesA, degreesB) >= rank)) {
      return Optional.empty();
    }
    int[] used = factor.independent();
    double degrees = degreesA + degreesB;
    double m = degrees * (factor.factor().logDeterminant() - rank * Math.log(degrees));
    for (int group = 0; group < 2; group++) {
      double own = group == 0 ? degreesA : degreesB;
      PackedSymmetric scatter = (group == 0 ? scatterA : scatterB).select(columns);
      PackedSymmetric scaled = ScaledSystem.scaled(scatter, scales).select(used);
      PivotedCholesky part = PivotedCholesky.of(scaled, ScaledSystem.cut(rank));
      m -=
          part.rank() < rank
              ? Double.NEGATIVE_INFINITY
              : own * (part.factor().logDeterminant() - rank * Math.log(own));
    }
    return Optional.of(box(m, rank, degreesA, degreesB));
  }

  private static BoxTest box(double m, int rank, double degreesA, double degreesB) {
    double r = rank;
    double inverse = 1 / degreesA + 1 / degreesB - 1 / (degreesA + degreesB);
    double c = (2 * r * r + 3 * r - 1) / (6 * (r + 1)) * inverse;
    double chiSquare = m == Double.POSITIVE_INFINITY ? m : Math.max(0, (1 - c) * m);
    double degrees = r * (r + 1) / 2;
    double logP =
        chiSquare == Double.POSITIVE_INFINITY
            ? Double.NEGATIVE_INFINITY
            : RatioLaw.gamma(degrees / 2).logAbove(chiSquare / degrees - 1);
    return new BoxTest(m, chiSquare, rank, degrees, logP);
  }

  private static void checkShapes(ClassMoments a, ClassMoments b) {
    if (a.classes() != b.classes() || a.features() != b.features()) {
      throw new IllegalArgumentException(
          "moments of %d classes and %d features cannot be compared with %d and %d"
              .formatted(a.classes(), a.features(), b.classes(), b.features()));
    }
  }

  /** Adds the scatter within the classes as of so many rows, and says its degrees of freedom. */
  private static double addPooled(
      ClassMoments moments, WeightSemantics weights, PackedSymmetric sum) {
    double size = weights.size(moments);
    if (size == 0) {
      return 0;
    }
    sum.addScaledInPlace(size / moments.weight(), moments.pooledScatter());
    int present = 0;
    for (int k = 0; k < moments.classes(); k++) {
      present += moments.weight(k) > 0 ? 1 : 0;
    }
    return size - present;
  }

  private static Optional<HotellingTest> hotelling(
      double[] difference,
      double[] origin,
      PackedSymmetric scatter,
      double degrees,
      double sizeA,
      double sizeB) {
    int[] columns = varying(scatter, difference, origin);
    double[] scales = deviations(scatter, columns);
    double[] scaled = new double[columns.length];
    for (int i = 0; i < scaled.length; i++) {
      if (scales[i] == 0) {
        scales[i] = Math.abs(difference[columns[i]]);
      }
      scaled[i] = difference[columns[i]] / scales[i];
    }
    PivotedCholesky factor = factor(scatter, columns, scales);
    int rank = factor.rank();
    double below = degrees - rank + 1;
    if (columns.length == 0 || !(degrees > 0 && below > 0)) {
      return Optional.empty();
    }
    double distance =
        degrees * (leavesRange(factor, scaled) ? Double.POSITIVE_INFINITY : square(factor, scaled));
    double tSquared = sizeA / (sizeA + sizeB) * sizeB * distance;
    double f = below / (degrees * Math.max(1, rank)) * tSquared;
    return Optional.of(
        new HotellingTest(distance, tSquared, f, rank, below, logAboveF(f, rank, below)));
  }

  /** c'R<sup>-1</sup>c. */
  private static double square(PivotedCholesky factor, double[] c) {
    double[] x = factor.solve(c);
    return MomentVectors.dot(x, c);
  }

  private static boolean leavesRange(PivotedCholesky factor, double[] c) {
    int[] independent = factor.independent();
    int[] dependent = factor.dependent();
    for (int p = 0; p < dependent.length; p++) {
      double left = c[dependent[p]];
      double terms = left * left;
      double[] combination = factor.combination(p);
      for (int i = 0; i < independent.length; i++) {
        double term = combination[i] * c[independent[i]];
        left -= term;
        terms += term * term;
      }
      // Deviations are those of sums here: a difference of one deviation has the size 1 / sqrt(n).
      if (left * left > MEANS_DIFFER * terms && left != 0) {
        return true;
      }
    }
    return false;
  }

  /** ln P(F &gt; f) for F with r and s degrees: s / (r F + s) has the law Beta(s / 2, r / 2). */
  private static double logAboveF(double f, int r, double s) {
    if (f == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!(s >= 1)) {
      return Double.NaN;
    }
    RatioLaw law = RatioLaw.beta(s / 2, r / 2.0);
    double ratio = s / (r * f + s) / law.scale();
    return ratio <= 1 ? law.logBelowRatio(ratio) : law.logBelow(ratio - 1);
  }

  /** Features known to vary, or to differ. */
  private static int[] varying(PackedSymmetric scatter, double[] difference, double[] origin) {
    double[] diagonal = scatter.diagonal();
    int[] columns = new int[diagonal.length];
    int count = 0;
    for (int j = 0; j < diagonal.length; j++) {
      double rounding = 8 * Math.ulp(1.0) * Math.abs(origin[j]);
      boolean known = Double.isFinite(diagonal[j]) && Double.isFinite(difference[j]);
      if (known && (diagonal[j] > 0 || Math.abs(difference[j]) > rounding)) {
        columns[count++] = j;
      }
    }
    return Arrays.copyOf(columns, count);
  }

  private static double[] deviations(PackedSymmetric scatter, int[] columns) {
    double[] deviations = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      deviations[i] = Math.sqrt(Math.max(0, scatter.get(columns[i], columns[i])));
    }
    return deviations;
  }

  private static PivotedCholesky factor(PackedSymmetric s, int[] columns, double[] scales) {
    return PivotedCholesky.of(
        ScaledSystem.scaled(s.select(columns), scales), ScaledSystem.cut(columns.length));
  }
}
