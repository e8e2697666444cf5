// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Objects;

/**
 * Puts {@link ClassMoments} together from numbers that were stored. Classes that are not set have
 * no rows. Arrays are copied. Not thread-safe.
 */
public final class ClassMomentsBuilder {
  private final int features;
  private final ScatterLayout layout;
  private final ClassCell[] cells;
  private PackedSymmetric pooled;

  /**
   * No rows yet.
   *
   * @param classes K, at least 1
   * @param features d, from 1 to {@link PackedSymmetric#MAX_ORDER}
   */
  public ClassMomentsBuilder(int classes, int features, ScatterLayout layout) {
    if (classes < 1 || features < 1 || features > PackedSymmetric.MAX_ORDER) {
      throw new IllegalArgumentException(
          "moments need at least 1 class and 1 to "
              + PackedSymmetric.MAX_ORDER
              + " features, found "
              + classes
              + " and "
              + features);
    }
    this.features = features;
    this.layout = Objects.requireNonNull(layout);
    this.cells = new ClassCell[classes];
  }

  /**
   * Sets counts and mean of a class.
   *
   * @param rows at least 1
   * @param weight above 0
   * @param squaredWeight above 0
   * @param mean the mean rounded, d numbers
   * @param remainder what rounding it left over, d numbers; zeros where it is not known
   */
  public ClassMomentsBuilder cell(
      int k, long rows, double weight, double squaredWeight, double[] mean, double[] remainder) {
    if (rows < 1 || !(weight > 0) || !(squaredWeight > 0)) {
      throw new IllegalArgumentException(
          "class "
              + k
              + " needs rows, weight and squared weight above 0, found "
              + rows
              + ", "
              + weight
              + " and "
              + squaredWeight);
    }
    check(mean.length);
    check(remainder.length);
    CellMean both = new CellMean(mean.clone(), remainder.clone());
    cells[k] = new ClassCell(rows, weight, squaredWeight, both, null, null);
    return this;
  }

  /** Sets the scatter of a class whose counts are set, in layout PER_CLASS. */
  public ClassMomentsBuilder scatter(int k, PackedSymmetric scatter) {
    requireLayout(ScatterLayout.PER_CLASS);
    check(scatter.order());
    ClassCell cell = known(k);
    cells[k] =
        new ClassCell(
            cell.rows, cell.weight, cell.squaredWeight, cell.mean, scatter.copy(), cell.higher);
    return this;
  }

  /** Sets third and fourth sum of a class whose counts are set, in layout PER_CLASS. */
  public ClassMomentsBuilder higher(int k, double[] third, double fourth) {
    requireLayout(ScatterLayout.PER_CLASS);
    check(third.length);
    ClassCell cell = known(k);
    HigherMoments higher = new HigherMoments(third.clone(), fourth);
    cells[k] =
        new ClassCell(cell.rows, cell.weight, cell.squaredWeight, cell.mean, cell.scatter, higher);
    return this;
  }

  /** Sets the sum of the scatters of all classes, in layout POOLED; zero when it is not set. */
  public ClassMomentsBuilder pooledScatter(PackedSymmetric scatter) {
    requireLayout(ScatterLayout.POOLED);
    check(scatter.order());
    pooled = scatter.copy();
    return this;
  }

  /**
   * The moments.
   *
   * @throws IllegalStateException if a class with rows has no scatter in layout PER_CLASS
   */
  public ClassMoments build() {
    if (layout == ScatterLayout.POOLED) {
      PackedSymmetric sum = pooled == null ? PackedSymmetric.zero(features) : pooled.copy();
      return new ClassMoments(features, layout, cells.clone(), sum);
    }
    for (int k = 0; k < cells.length; k++) {
      if (cells[k] != null && cells[k].scatter == null) {
        throw new IllegalStateException("class " + k + " has rows and no scatter");
      }
    }
    return new ClassMoments(features, layout, cells.clone(), null);
  }

  private ClassCell known(int k) {
    if (cells[k] == null) {
      throw new IllegalStateException("set the counts of class " + k + " first");
    }
    return cells[k];
  }

  private void requireLayout(ScatterLayout wanted) {
    if (layout != wanted) {
      throw new IllegalStateException("this belongs to layout " + wanted + ", found " + layout);
    }
  }

  private void check(int found) {
    if (found != features) {
      throw new IllegalArgumentException("there are " + features + " features, found " + found);
    }
  }
}
