// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Class moments as the closed forms see them: shares of the classes, their means about the mean of
 * all rows, and covariances. Means are taken relative to each other before anything is rounded, so
 * that features far from 0 lose nothing.
 */
final class ClassGeometry {
  /**
   * A deviation below this many units in the last place of the mean is what rounding made of a
   * constant.
   */
  private static final double CONSTANT_ULPS = 8;

  // Beyond these, squares and their reciprocals leave the range of a double.
  static final double LARGEST_SQUARE = 0x1p960;
  static final double SMALLEST_SQUARE = 0x1p-960;
  private static final double SMALLEST_MEAN = 0x1p-400;

  final ClassMoments moments;
  final int classes;
  final int features;

  /** The present classes, ascending. */
  final int[] present;

  /** Shares of the weight by class; they add up to 1. */
  final double[] shares;

  /** The mean of all rows, rounded. */
  final double[] origin;

  /** Class means less the mean of all rows; null for an absent class. */
  final double[][] centred;

  ClassGeometry(ClassMoments moments) {
    this.moments = moments;
    this.classes = moments.classes();
    this.features = moments.features();
    this.shares = new double[classes];
    this.centred = new double[classes][];
    double weight = moments.weight();
    List<Integer> found = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      if (moments.weight(k) > 0) {
        found.add(k);
        shares[k] = moments.weight(k) / weight;
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("the moments hold no row of positive weight");
    }
    this.present = found.stream().mapToInt(Integer::intValue).toArray();
    this.origin = new double[features];
    centre();
  }

  private void centre() {
    int first = present[0];
    double[] start = moments.mean(first);
    double[] shift = new double[features];
    for (int k : present) {
      centred[k] = moments.meanDifference(k, first);
      for (int j = 0; j < features; j++) {
        shift[j] += shares[k] * centred[k][j];
      }
    }
    for (int j = 0; j < features; j++) {
      origin[j] = start[j] + shift[j];
      for (int k : present) {
        centred[k][j] -= shift[j];
      }
    }
  }

  /** Sums over the classes of share times squared distance to the mean of all, by feature. */
  double[] betweenVariances() {
    double[] between = new double[features];
    for (int k : present) {
      for (int j = 0; j < features; j++) {
        between[j] += shares[k] * centred[k][j] * centred[k][j];
      }
    }
    return between;
  }

  PackedSymmetric covariance(Pooling pooling) {
    return switch (pooling) {
      case WITHIN -> within();
      case BALANCED -> balanced();
      case TOTAL -> {
        PackedSymmetric total = within();
        new BetweenClasses(centred, shares, features).addTo(total, 1);
        yield total;
      }
      case DIAGONAL -> PackedSymmetric.ofDiagonal(within().diagonal());
    };
  }

  PackedSymmetric within() {
    PackedSymmetric within = moments.pooledScatter();
    within.scaleInPlace(1 / moments.weight());
    return within;
  }

  private PackedSymmetric balanced() {
    if (moments.layout() != ScatterLayout.PER_CLASS) {
      throw new IllegalArgumentException(
          "balanced pooling needs the scatter of every class, found moments with their sum only");
    }
    int counted = 0;
    for (int k : present) {
      counted += moments.rows(k) > 1 ? 1 : 0;
    }
    PackedSymmetric balanced = PackedSymmetric.zero(features);
    for (int k : present) {
      if (moments.rows(k) > 1) {
        moments.addScatterTo(k, 1 / (moments.weight(k) * counted), balanced);
      }
    }
    return balanced;
  }

  /**
   * The features that can take part, ascending: those with a variance, within the classes or
   * between them, that is known, more than rounding and within the range of squares.
   *
   * @param s a covariance within the classes or of all rows
   * @param findings receives the others
   */
  int[] activeColumns(PackedSymmetric s, List<ColumnFinding> findings) {
    double[] between = betweenVariances();
    double[] diagonal = s.diagonal();
    int[] active = new int[features];
    int count = 0;
    for (int j = 0; j < features; j++) {
      double total = diagonal[j] + between[j];
      if (!(total <= LARGEST_SQUARE) || isBelowSquares(j, total)) {
        findings.add(new ColumnFinding(j, ColumnFault.UNKNOWN, List.of()));
      } else if (isConstant(j, total)) {
        findings.add(new ColumnFinding(j, ColumnFault.CONSTANT, List.of()));
      } else {
        active[count++] = j;
      }
    }
    return Arrays.copyOf(active, count);
  }

  /** Whether values other than 0 are so small that a variance of 0 says nothing of them. */
  private boolean isBelowSquares(int j, double variance) {
    double largest = largestMean(j);
    return variance < SMALLEST_SQUARE && (variance > 0 || largest > 0) && largest < SMALLEST_MEAN;
  }

  private double largestMean(int j) {
    double largest = 0;
    for (int k : present) {
      largest = Math.max(largest, Math.abs(origin[j] + centred[k][j]));
    }
    return largest;
  }

  private boolean isConstant(int j, double variance) {
    double largest = largestMean(j);
    double rounding = CONSTANT_ULPS * Math.ulp(1.0) * largest;
    return variance <= rounding * rounding;
  }

  private double[] totalDeviations(int[] columns) {
    double[] within = within().diagonal();
    double[] between = betweenVariances();
    double[] deviations = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      deviations[i] = Math.sqrt(within[columns[i]] + between[columns[i]]);
    }
    return deviations;
  }

  /** What features are divided by in these units; s in the features of {@code active}. */
  double[] scales(ShrinkageUnits units, PackedSymmetric s, int[] active) {
    return switch (units) {
      case DATA -> {
        double[] ones = new double[s.order()];
        Arrays.fill(ones, 1);
        yield ones;
      }
      case WITHIN_DEVIATION -> betweenIn(active).scales(s);
      case TOTAL_DEVIATION -> totalDeviations(active);
    };
  }

  BetweenClasses betweenIn(int[] columns) {
    return new BetweenClasses(centredIn(columns), shares, columns.length);
  }

  /** The mean over the rows of the fourth power of the distance to the mean of the class. */
  double meanFourth() {
    double sum = 0;
    for (int k : present) {
      sum += moments.fourth(k);
    }
    return sum / moments.weight();
  }

  List<Integer> absentClasses() {
    List<Integer> absent = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      if (centred[k] == null) {
        absent.add(k);
      }
    }
    return absent;
  }

  List<Integer> singleRowClasses() {
    List<Integer> single = new ArrayList<>();
    for (int k : present) {
      if (moments.rows(k) == 1) {
        single.add(k);
      }
    }
    return single;
  }

  /** The centred means in some of the features. */
  double[][] centredIn(int[] columns) {
    double[][] selected = new double[classes][];
    for (int k : present) {
      selected[k] = new double[columns.length];
      for (int i = 0; i < columns.length; i++) {
        selected[k][i] = centred[k][columns[i]];
      }
    }
    return selected;
  }

  /**
   * The model with the slopes w<sub>k</sub> and the constants that equal covariances give: ln prior
   * - c<sub>k</sub>'w<sub>k</sub> / 2 at the mean of all rows.
   *
   * @param slopes by class, over the features in {@code columns}; null for an absent class
   * @param priors K shares
   */
  LinearModel model(double[][] slopes, int[] columns, double[] priors) {
    double[] intercepts = new double[classes];
    double[] coefficients = new double[classes * features];
    double[] mean = new double[features];
    for (int k : present) {
      for (int i = 0; i < columns.length; i++) {
        mean[columns[i]] += slopes[k][i] / present.length;
      }
    }
    for (int k = 0; k < classes; k++) {
      if (slopes[k] == null) {
        intercepts[k] = Double.NEGATIVE_INFINITY;
        continue;
      }
      double half = 0;
      double moved = 0;
      for (int i = 0; i < columns.length; i++) {
        int j = columns[i];
        double slope = slopes[k][i];
        half += slope * centred[k][j];
        // In the gauge before it meets the origin, which may be far out.
        double own = slope - mean[j];
        coefficients[k * features + j] = own;
        moved += own * origin[j];
      }
      intercepts[k] = Math.log(priors[k]) - half / 2 - moved;
    }
    return LinearModel.of(intercepts, coefficients);
  }
}
