// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the model of {@link Pooling#DIAGONAL} needs of the rows, and {@link MatrixFree} to begin
 * with, without a d x d matrix: for each class the weight, and of each feature the sums of w x and
 * w x&sup2;. For features by the million.
 *
 * <p>Sums are kept in two parts, with the rounding error of every product and addition in the
 * second, so that an offset of 1e8 costs no digits; and as they are sums about zero, a sparse row
 * touches its entries only. Memory: 4 K d doubles. A row costs some 30 flops an entry.
 *
 * <p>Mutable; not thread-safe. The last bits depend on the order of rows and of merging.
 */
public final class DiagonalMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Numbers kept for a feature of a class: sum and sum of squares, in two parts each. */
  private static final int PARTS = 4;

  // A deviation below 1e-10 of the root mean square is rounding.
  private static final double ROUNDING = 1e-20;

  private final int features;
  private long[] rows;
  private double[] weights;
  private double[] squaredWeights;
  // By class, PARTS numbers a feature.
  private double[][] sums;

  /**
   * No rows in this many classes.
   *
   * @param classes K, at least 0
   * @param features d, at least 0
   */
  public DiagonalMoments(int classes, int features) {
    if (classes < 0 || features < 0 || features > Integer.MAX_VALUE / PARTS - 8) {
      throw new IllegalArgumentException(
          "classes and features must be at least 0 and below 2^29, found "
              + classes
              + " and "
              + features);
    }
    this.features = features;
    rows = new long[classes];
    weights = new double[classes];
    squaredWeights = new double[classes];
    sums = new double[classes][];
  }

  /** K. */
  public int classes() {
    return rows.length;
  }

  /** d. */
  public int features() {
    return features;
  }

  /** Rows of positive weight of a class. */
  public long rows(int k) {
    return rows[k];
  }

  /** Weight of a class. */
  public double weight(int k) {
    return weights[k];
  }

  /** Sum of the squared weights of a class. */
  public double squaredWeight(int k) {
    return squaredWeights[k];
  }

  /** Weight of all classes. */
  public double weight() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /**
   * Adds a dense row; a class beyond the last makes room for itself.
   *
   * @param label class of the row, at least 0
   * @param weight finite, at least 0; a row of weight 0 leaves no trace
   * @param x d finite numbers
   */
  public void add(int label, double weight, double[] x) {
    double[] into = begin(label, weight);
    for (int j = 0; into != null && j < features; j++) {
      addEntry(into, PARTS * j, weight, x[j]);
    }
  }

  /**
   * Adds a sparse row.
   *
   * @param columns ascending, each in [0, d)
   * @param values finite
   * @param count how many entries of both count
   */
  public void add(int label, double weight, int[] columns, double[] values, int count) {
    double[] into = begin(label, weight);
    for (int e = 0; into != null && e < count; e++) {
      addEntry(into, PARTS * columns[e], weight, values[e]);
    }
  }

  private double[] begin(int label, double weight) {
    if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("weight: expected finite and at least 0, found " + weight);
    }
    if (weight == 0) {
      return null;
    }
    double[] into = room(label);
    rows[label]++;
    weights[label] += weight;
    squaredWeights[label] += weight * weight;
    return into;
  }

  private double[] room(int label) {
    if (label >= rows.length) {
      rows = Arrays.copyOf(rows, label + 1);
      weights = Arrays.copyOf(weights, label + 1);
      squaredWeights = Arrays.copyOf(squaredWeights, label + 1);
      sums = Arrays.copyOf(sums, label + 1);
    }
    if (sums[label] == null) {
      sums[label] = new double[PARTS * features];
    }
    return sums[label];
  }

  private static void addEntry(double[] into, int at, double weight, double x) {
    double product = weight * x;
    double rest = Math.fma(weight, x, -product);
    addTo(into, at, product, rest);
    double square = product * x;
    addTo(into, at + 2, square, Math.fma(product, x, -square) + rest * x);
  }

  /** Adds value + rest, |rest| being far below |value|, keeping what rounding loses. */
  private static void addTo(double[] into, int at, double value, double rest) {
    double old = into[at];
    double sum = old + value;
    double moved = sum - old;
    into[at] = sum;
    into[at + 1] += (old - (sum - moved)) + (value - moved) + rest;
  }

  /**
   * Adds the rows of other moments, which stay as they are.
   *
   * @param numbers the class here for each of theirs; below 0: it is left out
   * @return this
   * @throws IllegalArgumentException if d differs
   */
  public DiagonalMoments merge(DiagonalMoments other, int[] numbers) {
    if (other.features != features) {
      throw new IllegalArgumentException(
          "features: expected " + features + ", found " + other.features);
    }
    for (int l = 0; l < other.rows.length; l++) {
      if (other.rows[l] > 0 && numbers[l] >= 0) {
        double[] into = room(numbers[l]);
        rows[numbers[l]] += other.rows[l];
        weights[numbers[l]] += other.weights[l];
        squaredWeights[numbers[l]] += other.squaredWeights[l];
        for (int i = 0; i < into.length; i += 2) {
          addTo(into, i, other.sums[l][i], other.sums[l][i + 1]);
        }
      }
    }
    return this;
  }

  /** Mean of a feature in a class with rows. */
  private double mean(int k, int j) {
    return (sums[k][PARTS * j] + sums[k][PARTS * j + 1]) / weights[k];
  }

  /** Mean of a feature in a class with rows, less a number near it: to full precision. */
  double meanFrom(int k, int j, double origin) {
    double mean = mean(k, j);
    double left = Math.fma(-mean, weights[k], sums[k][PARTS * j]) + sums[k][PARTS * j + 1];
    return mean - origin + left / weights[k];
  }

  /** Sum of w (x - mean)&sup2; of a feature in a class with rows. */
  private double scatter(int k, int j) {
    double[] of = sums[k];
    int at = PARTS * j;
    double mean = mean(k, j);
    double left = Math.fma(-mean, weights[k], of[at]) + of[at + 1];
    double product = mean * of[at];
    double rest = Math.fma(mean, of[at], -product);
    // Where the first two nearly cancel their difference is exact.
    double about = of[at + 2] - product + (of[at + 3] - rest - mean * of[at + 1]) - mean * left;
    return Math.max(0, about - left * left / weights[k]);
  }

  /** Deviation of each feature over all rows, d numbers; 0 without rows. */
  public double[] deviations() {
    double[] deviations = new double[features];
    for (int j = 0; j < features; j++) {
      Spread spread = new Spread(j);
      deviations[j] = Math.sqrt((spread.within + spread.between) / Math.max(weight(), 1e-300));
    }
    return deviations;
  }

  /** How feature j varies. */
  Spread spread(int j) {
    return new Spread(j);
  }

  /** How a feature varies. */
  final class Spread {
    /** Sum of w (x - m)&sup2; about the means of the classes. */
    private double within;

    /** What that about the mean of all rows is more. */
    private double between;

    private double square;
    private double origin;
    private double offset;

    Spread(int j) {
      double total = weight();
      int first = 0;
      while (first < rows.length && rows[first] == 0) {
        first++;
      }
      origin = first < rows.length ? mean(first, j) : 0;
      for (int k = first; k < rows.length; k++) {
        if (rows[k] > 0) {
          offset += weights[k] / total * meanFrom(k, j, origin);
        }
      }
      for (int k = first; k < rows.length; k++) {
        if (rows[k] > 0) {
          double away = meanFrom(k, j, origin) - offset;
          within += scatter(k, j);
          between += weights[k] * away * away;
          square += sums[k][PARTS * j + 2];
        }
      }
    }

    double within() {
      return within;
    }

    double total() {
      return within + between;
    }

    double meanOfAll() {
      return origin + offset;
    }

    /** Whether squares are beyond the range of a double, so that no variance is known. */
    boolean isUnknown() {
      return !(square <= ClassGeometry.LARGEST_SQUARE)
          || square < ClassGeometry.SMALLEST_SQUARE && (square > 0 || meanOfAll() != 0);
    }

    boolean isConstantWithin() {
      return within <= ROUNDING * square;
    }

    /** What is wrong with the feature, if anything. */
    Optional<ColumnFault> fault() {
      if (isUnknown()) {
        return Optional.of(ColumnFault.UNKNOWN);
      }
      if (!isConstantWithin()) {
        return Optional.empty();
      }
      boolean isConstant = within + between <= ROUNDING * square;
      return Optional.of(isConstant ? ColumnFault.CONSTANT : ColumnFault.SEPARATING);
    }
  }

  /**
   * The model whose log odds are those of Gaussian classes with independent features and common
   * variances: slopes (m<sub>k</sub> - m) / v by feature. A feature that is constant within the
   * classes, or whose squares are beyond the range of a double, is left out, with the coefficient
   * 0; {@link Diagnosis} tells which.
   *
   * @throws IllegalArgumentException if no row has weight
   */
  public ClosedFormFit fit() {
    double total = weight();
    if (!(total > 0)) {
      throw new IllegalArgumentException("the moments hold no row of positive weight");
    }
    int classes = rows.length;
    double[] intercepts = new double[classes];
    double[] coefficients = new double[Math.multiplyExact(classes, features)];
    List<Integer> absent = new ArrayList<>();
    List<Integer> single = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      intercepts[k] = rows[k] > 0 ? Math.log(weights[k] / total) : Double.NEGATIVE_INFINITY;
      if (rows[k] == 0) {
        absent.add(k);
      } else if (rows[k] == 1) {
        single.add(k);
      }
    }
    List<ColumnFinding> findings = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      Spread spread = new Spread(j);
      Optional<ColumnFault> fault = spread.fault();
      if (fault.isPresent()) {
        findings.add(new ColumnFinding(j, fault.get(), List.of()));
        continue;
      }
      for (int k = 0; k < classes; k++) {
        if (rows[k] > 0) {
          double away = meanFrom(k, j, spread.origin) - spread.offset;
          double slope = away / (spread.within / total);
          coefficients[k * features + j] = slope;
          intercepts[k] -= slope * (spread.origin + spread.offset + away / 2);
        }
      }
    }
    Diagnosis diagnosis =
        new Diagnosis(features, features - findings.size(), 1, findings, absent, single);
    return new ClosedFormFit(LinearModel.of(intercepts, coefficients), 0, diagnosis);
  }
}
