// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * What linear classifiers in closed form need to know of weighted rows in d features and K classes:
 * for each class k its rows (those of weight other than zero), weight N<sub>k</sub> = sum of w, sum
 * of squared weights Q<sub>k</sub>, mean m<sub>k</sub>, centred scatter C<sub>k</sub> = sum of w (x
 * - m<sub>k</sub>)(x - m<sub>k</sub>)', and for the shrinkage of Ledoit and Wolf the third and
 * fourth sums t<sub>k</sub> = sum of w |x - m<sub>k</sub>|<sup>2</sup> (x - m<sub>k</sub>) and
 * q<sub>k</sub> = sum of w |x - m<sub>k</sub>|<sup>4</sup>.
 *
 * <p>In layout {@link ScatterLayout#POOLED} only the sum of the C<sub>k</sub> is kept; the higher
 * sums are then absent, for they cannot be merged without C<sub>k</sub>. Everything is about the
 * class's own mean, which is held to twice the working precision, so that columns far from zero
 * lose nothing when moments are merged. A class without rows has weight 0, mean 0 and scatter 0.
 *
 * <p>Immutable and thread-safe; arrays are copied in and out. Results depend on the operands and
 * their order alone. Merging and its like take K d<sup>2</sup> / 2 steps (POOLED: K d<sup>2</sup> /
 * 2 too, d<sup>2</sup> / 2 memory); cells empty on one side are shared, not copied.
 *
 * <p>Source: T. F. Chan, G. H. Golub and R. J. LeVeque, <em>Algorithms for computing the sample
 * variance</em>, 1983, <a
 * href="https://doi.org/10.1080/00031305.1983.10483115">doi:10.1080/00031305.1983.10483115</a>; E.
 * Schubert and M. Gertz, <em>Numerically stable parallel computation of (co-)variance</em>, 2018,
 * <a href="https://doi.org/10.1145/3221269.3223036">doi:10.1145/3221269.3223036</a>.
 */
public final class ClassMoments implements Serializable {
  private static final long serialVersionUID = 1;

  private final int features;
  private final ScatterLayout layout;
  // Null for a class without rows.
  private final ClassCell[] cells;
  // Null in layout PER_CLASS.
  private final PackedSymmetric pooled;

  ClassMoments(int features, ScatterLayout layout, ClassCell[] cells, PackedSymmetric pooled) {
    this.features = features;
    this.layout = layout;
    this.cells = cells;
    this.pooled = pooled;
  }

  /**
   * The moments of no rows.
   *
   * @param classes K, at least 1
   * @param features d, at least 1
   */
  public static ClassMoments empty(int classes, int features, ScatterLayout layout) {
    return new ClassMomentsBuilder(classes, features, layout).build();
  }

  /** Number of classes, K. */
  public int classes() {
    return cells.length;
  }

  /** Number of features, d. */
  public int features() {
    return features;
  }

  /** How the scatter is kept. */
  public ScatterLayout layout() {
    return layout;
  }

  /** Whether third and fourth sums are there for every class that has rows. */
  public boolean hasHigherMoments() {
    return layout == ScatterLayout.PER_CLASS
        && Arrays.stream(cells).allMatch(cell -> cell == null || cell.higher != null);
  }

  /** Number of rows in all classes. */
  public long rows() {
    return Arrays.stream(cells).filter(Objects::nonNull).mapToLong(cell -> cell.rows).sum();
  }

  /** Number of rows of a class, those of weight 0 left out. */
  public long rows(int k) {
    return cells[k] == null ? 0 : cells[k].rows;
  }

  /** Sum of the weights of all classes, added in their order. */
  public double weight() {
    double sum = 0;
    for (int k = 0; k < cells.length; k++) {
      sum += weight(k);
    }
    return sum;
  }

  /** N<sub>k</sub>. */
  public double weight(int k) {
    return cells[k] == null ? 0 : cells[k].weight;
  }

  /** Q<sub>k</sub>. */
  public double squaredWeight(int k) {
    return cells[k] == null ? 0 : cells[k].squaredWeight;
  }

  /**
   * Number of rows of equal weight that tell as much: N<sub>k</sub><sup>2</sup> / Q<sub>k</sub>, 0
   * without rows (L. Kish, <em>Survey Sampling</em>, 1965).
   */
  public double effectiveRows(int k) {
    ClassCell cell = cells[k];
    return cell == null ? 0 : cell.weight / cell.squaredWeight * cell.weight;
  }

  /** m<sub>k</sub> rounded, d numbers; zeros without rows. */
  public double[] mean(int k) {
    return cells[k] == null ? new double[features] : cells[k].mean.high().clone();
  }

  /** m<sub>k</sub> less {@link #mean}: what rounding it left over, d numbers. */
  public double[] meanRemainder(int k) {
    return cells[k] == null ? new double[features] : cells[k].mean.low().clone();
  }

  /** m<sub>k</sub> - origin, not spoiled by the rounding of a large mean; d numbers. */
  public double[] meanFrom(int k, double[] origin) {
    checkFeatures(origin.length);
    return cells[k] == null
        ? MomentVectors.scaled(-1, origin)
        : cells[k].mean.minus(CellMean.of(origin));
  }

  /** m<sub>k</sub> - m<sub>l</sub>, not spoiled by the rounding of large means; d numbers. */
  public double[] meanDifference(int k, int l) {
    return cells[l] == null
        ? meanFrom(k, new double[features])
        : cells[k] == null ? MomentVectors.scaled(-1, mean(l)) : cells[k].mean.minus(cells[l].mean);
  }

  /**
   * C<sub>k</sub>, a copy.
   *
   * @throws IllegalStateException in layout POOLED
   */
  public PackedSymmetric scatter(int k) {
    requirePerClass();
    return cells[k] == null ? PackedSymmetric.zero(features) : cells[k].scatter.copy();
  }

  /**
   * Adds alpha C<sub>k</sub> to a matrix, without a copy in between.
   *
   * @param sum d x d
   * @throws IllegalStateException in layout POOLED
   */
  public void addScatterTo(int k, double alpha, PackedSymmetric sum) {
    requirePerClass();
    if (cells[k] != null) {
      sum.addScaledInPlace(alpha, cells[k].scatter);
    }
  }

  /** The sum of all C<sub>k</sub> in the order of the classes, a copy, in either layout. */
  public PackedSymmetric pooledScatter() {
    if (layout == ScatterLayout.POOLED) {
      return pooled.copy();
    }
    PackedSymmetric sum = PackedSymmetric.zero(features);
    for (int k = 0; k < cells.length; k++) {
      addScatterTo(k, 1, sum);
    }
    return sum;
  }

  /**
   * t<sub>k</sub>, d numbers; zeros without rows.
   *
   * @throws IllegalStateException if {@link #hasHigherMoments} says no
   */
  public double[] third(int k) {
    requireHigher();
    return cells[k] == null ? new double[features] : cells[k].higher.third().clone();
  }

  /**
   * q<sub>k</sub>; 0 without rows.
   *
   * @throws IllegalStateException if {@link #hasHigherMoments} says no
   */
  public double fourth(int k) {
    requireHigher();
    return cells[k] == null ? 0 : cells[k].higher.fourth();
  }

  /**
   * The moments of the rows of both. Higher sums are there where both sides have them.
   *
   * @throws IllegalArgumentException if the other has another K, d or layout
   */
  public ClassMoments merge(ClassMoments other) {
    requireSameShape(other);
    PackedSymmetric scatter = combinedPooled(1, other);
    ClassCell[] merged = cells.clone();
    for (int k = 0; k < merged.length; k++) {
      ClassCell theirs = other.cells[k];
      if (merged[k] == null) {
        merged[k] = theirs;
      } else if (theirs != null) {
        merged[k] = merged[k].merge(theirs, scatter);
      }
    }
    return new ClassMoments(features, layout, merged, scatter);
  }

  /**
   * The moments of the rows of this without those of the other, all of which must be among them: a
   * class of which no rows are left is exactly empty. By rounding a variance close to 0 may come
   * out slightly negative; it is kept as it is. The error is that of the larger operand: merge what
   * is left instead where it is few rows out of many.
   *
   * @throws IllegalArgumentException if the other has another K, d or layout, or more rows or
   *     weight in some class than this
   */
  public ClassMoments subtract(ClassMoments other) {
    requireSameShape(other);
    PackedSymmetric scatter = combinedPooled(-1, other);
    ClassCell[] left = cells.clone();
    double[] spread = Remainder.spread(this);
    for (int k = 0; k < left.length; k++) {
      ClassCell theirs = other.cells[k];
      if (theirs == null) {
        continue;
      }
      theirs.requireWithin(k, rows(k), weight(k));
      left[k] = rows(k) == theirs.rows ? null : left[k].subtract(theirs, scatter, spread);
    }
    if (scatter != null) {
      Remainder.clearInPlace(scatter, pooled);
    }
    if (scatter != null && Arrays.stream(left).allMatch(Objects::isNull)) {
      scatter = PackedSymmetric.zero(features);
    }
    return new ClassMoments(features, layout, left, scatter);
  }

  /**
   * The moments with every weight multiplied by gamma: N, C, t and q by gamma, Q by
   * gamma<sup>2</sup>. Means stay, and so do the numbers of rows: they count what stands behind, so
   * that moments which decayed alike can still be subtracted.
   *
   * @param gamma in (0, 1]
   */
  public ClassMoments decay(double gamma) {
    if (!(gamma > 0 && gamma <= 1)) {
      throw new IllegalArgumentException("the decay factor must lie in (0, 1], found " + gamma);
    }
    ClassCell[] decayed = new ClassCell[cells.length];
    Arrays.setAll(decayed, k -> cells[k] == null ? null : cells[k].decay(gamma));
    PackedSymmetric scatter = pooled;
    if (scatter != null) {
      scatter = scatter.copy();
      scatter.scaleInPlace(gamma);
    }
    return new ClassMoments(features, layout, decayed, scatter);
  }

  /**
   * The moments of some of the features, in the order given. The higher sums need every feature:
   * they are dropped unless all are kept.
   *
   * @param kept distinct indices from 0 to d - 1, at least one
   */
  public ClassMoments keepFeatures(int[] kept) {
    boolean[] seen = new boolean[features];
    for (int j : kept) {
      if (seen[Objects.checkIndex(j, features)]) {
        throw new IllegalArgumentException("feature " + j + " is to be kept twice");
      }
      seen[j] = true;
    }
    if (kept.length == 0) {
      throw new IllegalArgumentException("at least 1 feature must be kept, found none");
    }
    ClassCell[] narrowed = new ClassCell[cells.length];
    Arrays.setAll(narrowed, k -> cells[k] == null ? null : cells[k].keepFeatures(kept));
    return new ClassMoments(
        kept.length, layout, narrowed, pooled == null ? null : pooled.select(kept));
  }

  /**
   * The moments with further features behind the others, each of which held one value in all rows
   * so far: a category that had not occurred is 0. NaN stands for values that are not known: mean
   * and scatter of that feature are then NaN, and the higher sums are dropped.
   *
   * @param values one for each new feature
   */
  public ClassMoments addFeatures(double[] values) {
    ClassCell[] widened = new ClassCell[cells.length];
    Arrays.setAll(widened, k -> cells[k] == null ? null : cells[k].addFeatures(values));
    return new ClassMoments(
        features + values.length,
        layout,
        widened,
        pooled == null ? null : ClassCell.withConstants(pooled, values));
  }

  /**
   * The same rows with other numbers for their classes, so that moments made with different lists
   * of classes can be merged.
   *
   * @param numbers for each class its new number, no two alike; -1 drops a class without rows
   * @param newClasses the new K, above all of them
   */
  public ClassMoments renumberClasses(int[] numbers, int newClasses) {
    if (numbers.length != cells.length) {
      throw new IllegalArgumentException(
          "there are " + cells.length + " classes, found " + numbers.length + " new numbers");
    }
    ClassCell[] moved = new ClassCell[newClasses];
    boolean[] taken = new boolean[newClasses];
    for (int k = 0; k < cells.length; k++) {
      if (numbers[k] == -1 && cells[k] == null) {
        continue;
      }
      int to = Objects.checkIndex(numbers[k], newClasses);
      if (taken[to]) {
        throw new IllegalArgumentException("two classes are to become class " + to);
      }
      taken[to] = true;
      moved[to] = cells[k];
    }
    return new ClassMoments(features, layout, moved, pooled);
  }

  /** The same moments in layout POOLED, without the higher sums. */
  public ClassMoments pooled() {
    if (layout == ScatterLayout.POOLED) {
      return this;
    }
    ClassCell[] bare = new ClassCell[cells.length];
    Arrays.setAll(bare, k -> cells[k] == null ? null : cells[k].withoutScatter());
    return new ClassMoments(features, ScatterLayout.POOLED, bare, pooledScatter());
  }

  private PackedSymmetric combinedPooled(double sign, ClassMoments other) {
    if (layout == ScatterLayout.PER_CLASS) {
      return null;
    }
    PackedSymmetric sum = pooled.copy();
    sum.addScaledInPlace(sign, other.pooled);
    return sum;
  }

  void requireSameShape(ClassMoments other) {
    if (other.cells.length != cells.length
        || other.features != features
        || other.layout != layout) {
      throw new IllegalArgumentException(
          "moments of " + shape() + " cannot be combined with " + other.shape());
    }
  }

  private String shape() {
    return cells.length + " classes x " + features + " features, " + layout;
  }

  private void checkFeatures(int found) {
    if (found != features) {
      throw new IllegalArgumentException("there are " + features + " features, found " + found);
    }
  }

  private void requirePerClass() {
    if (layout == ScatterLayout.POOLED) {
      throw new IllegalStateException("moments in layout POOLED have no scatter by class");
    }
  }

  private void requireHigher() {
    if (!hasHigherMoments()) {
      throw new IllegalStateException("these moments have no third and fourth sums");
    }
  }
}
