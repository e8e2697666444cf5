// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * The moments of the rows of one class: N = sum of w, Q = sum of w<sup>2</sup>, mean m, and where
 * they are kept C = sum of w z z' with z = x - m and the {@link HigherMoments}. Never empty, never
 * changed once made.
 *
 * <p>Rows a and b are merged by C = C_a + C_b + e e' N_a N_b / N, e = m_b - m_a, N = N_a + N_b; and
 * subtracted by its inverse, with m_b - m_a = (m_b - m) N / N_a. Source: T. F. Chan, G. H. Golub
 * and R. J. LeVeque, <em>Algorithms for computing the sample variance</em>, 1983,
 * doi:10.1080/00031305.1983.10483115.
 */
final class ClassCell implements Serializable {
  private static final long serialVersionUID = 1;

  final long rows;
  final double weight;
  final double squaredWeight;
  final CellMean mean;
  // Null in the pooled layout.
  final PackedSymmetric scatter;
  // Null where the higher moments are not kept.
  final HigherMoments higher;

  ClassCell(
      long rows,
      double weight,
      double squaredWeight,
      CellMean mean,
      PackedSymmetric scatter,
      HigherMoments higher) {
    this.rows = rows;
    this.weight = weight;
    this.squaredWeight = squaredWeight;
    this.mean = mean;
    this.scatter = scatter;
    this.higher = higher;
  }

  /**
   * The moments of the rows of both.
   *
   * @param pooled receives what the distance of the means adds to a pooled scatter; null where the
   *     classes have their own
   */
  ClassCell merge(ClassCell other, PackedSymmetric pooled) {
    double n = weight + other.weight;
    double[] e = other.mean.minus(mean);
    double[] here = MomentVectors.scaled(-other.weight / n, e);
    double[] there = MomentVectors.scaled(weight / n, e);
    double between = weight / n * other.weight;
    PackedSymmetric c = null;
    HigherMoments sum = null;
    if (pooled == null) {
      c = scatter.copy();
      c.addScaledInPlace(1, other.scatter);
      c.addRankOneInPlace(between, e);
      if (higher != null && other.higher != null) {
        HigherMoments a = higher.plus(1, HigherMoments.gained(here, weight, scatter, higher));
        sum =
            a.plus(1, other.higher)
                .plus(1, HigherMoments.gained(there, other.weight, other.scatter, other.higher));
      }
    } else {
      pooled.addRankOneInPlace(between, e);
    }
    return new ClassCell(
        rows + other.rows,
        n,
        squaredWeight + other.squaredWeight,
        mean.plus(MomentVectors.scaled(-1, here)),
        c,
        sum);
  }

  /**
   * The moments of the rows of this that are not in other: the inverse of {@link #merge}. More rows
   * must be left than none, and weight with them.
   *
   * @param pooled gives up what the distance of the means had added to a pooled scatter, or null
   * @param spread d deviations of the columns before: what is noise against them is cleared
   */
  ClassCell subtract(ClassCell other, PackedSymmetric pooled, double[] spread) {
    double n = weight - other.weight;
    long left = rows - other.rows;
    double[] removed = other.mean.minus(mean);
    // From the mean of the whole to that of what is left.
    double[] rest = MomentVectors.scaled(-other.weight / n, removed);
    double between = weight / n * other.weight;
    // No weights have a smaller sum of squares than equal ones; rounding must not say they have.
    double squares = Math.max(squaredWeight - other.squaredWeight, n * n / left);
    PackedSymmetric c = null;
    HigherMoments difference = null;
    if (pooled == null) {
      c = scatter.copy();
      c.addScaledInPlace(-1, other.scatter);
      c.addRankOneInPlace(-between, removed);
      if (higher != null && other.higher != null) {
        HigherMoments aboutWhole =
            higher
                .plus(-1, other.higher)
                .plus(-1, HigherMoments.gained(removed, other.weight, other.scatter, other.higher));
        difference = HigherMoments.central(rest, n, c, aboutWhole);
      }
      Remainder.clearInPlace(c, scatter);
    } else {
      pooled.addRankOneInPlace(-between, removed);
    }
    CellMean centre = Remainder.cleared(mean.plus(rest), spread);
    return new ClassCell(left, n, squares, centre, c, difference);
  }

  /** Refuses to be subtracted from a class with fewer rows, or more rows and no more weight. */
  void requireWithin(int k, long wholeRows, double wholeWeight) {
    if (rows > wholeRows) {
      throw new IllegalArgumentException(
          "class "
              + k
              + " has "
              + wholeRows
              + " rows, from which "
              + rows
              + " cannot be subtracted; subtract only what was merged before");
    }
    if (rows < wholeRows && !(weight < wholeWeight)) {
      throw new IllegalArgumentException(
          "class "
              + k
              + " has weight "
              + wholeWeight
              + ", from which weight "
              + weight
              + " of fewer rows cannot be subtracted; subtract only what was merged before");
    }
  }

  ClassCell decay(double gamma) {
    PackedSymmetric c = scatter;
    if (c != null) {
      c = c.copy();
      c.scaleInPlace(gamma);
    }
    return new ClassCell(
        rows,
        gamma * weight,
        gamma * gamma * squaredWeight,
        mean,
        c,
        higher == null ? null : higher.scaled(gamma));
  }

  ClassCell withoutScatter() {
    return new ClassCell(rows, weight, squaredWeight, mean, null, null);
  }

  /** The moments of some features; the higher ones are lost unless all are kept. */
  ClassCell keepFeatures(int[] kept) {
    boolean all = kept.length == mean.high().length;
    return new ClassCell(
        rows,
        weight,
        squaredWeight,
        mean.select(kept),
        scatter == null ? null : scatter.select(kept),
        higher == null || !all ? null : higher.permuted(kept));
  }

  /** The moments with further features that held one value each in all rows. */
  ClassCell addFeatures(double[] values) {
    return new ClassCell(
        rows,
        weight,
        squaredWeight,
        mean.append(values),
        scatter == null ? null : withConstants(scatter, values),
        higher == null || MomentVectors.anyNaN(values) ? null : higher.append(values.length));
  }

  /** Zero rows and columns for constants, NaN for what is not known. */
  static PackedSymmetric withConstants(PackedSymmetric scatter, double[] values) {
    int d = scatter.order();
    PackedSymmetric wider = PackedSymmetric.zero(d + values.length);
    System.arraycopy(scatter.packed(), 0, wider.packed(), 0, scatter.packed().length);
    for (int added = 0; added < values.length; added++) {
      if (Double.isNaN(values[added])) {
        for (int j = 0; j < wider.order(); j++) {
          wider.set(j, d + added, Double.NaN);
        }
      }
    }
    return wider;
  }
}
