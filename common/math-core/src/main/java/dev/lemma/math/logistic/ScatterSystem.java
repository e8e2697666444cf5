// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The equations of {@link MatrixFree} for some of the rows, all but one fold say, without their
 * matrix: ((1 - rho) S + D) b = m_k - m_l for each class k against the heaviest one, l; S the
 * covariance within the classes, D the diagonal that shrinking adds.
 *
 * <p>(K + 2) d doubles.
 */
final class ScatterSystem {
  private final int features;
  private final double[] weights;
  private final double[] means;
  private final double[] variances;
  private final double[] scales;
  private final double squaredWeight;
  private final int reference;
  private final List<ColumnFinding> findings = new ArrayList<>();
  private int order;
  private double trace;
  private double diagonalSquare;

  /**
   * The equations.
   *
   * @param moments of the rows
   * @param shift d numbers from which means are counted
   * @param options the shrinkage and its units
   * @param inverse receives 1 over a diagonal to precondition with, d numbers, {@code stride} apart
   *     from {@code at} on; 0 where a feature takes no part
   */
  ScatterSystem(
      DiagonalMoments moments,
      double[] shift,
      MatrixFreeOptions options,
      double[] inverse,
      int at,
      int stride) {
    features = moments.features();
    int classes = moments.classes();
    weights = new double[classes];
    double squares = 0;
    int heaviest = 0;
    for (int k = 0; k < classes; k++) {
      weights[k] = moments.weight(k);
      squares += moments.squaredWeight(k);
      heaviest = weights[k] > weights[heaviest] ? k : heaviest;
    }
    squaredWeight = squares;
    reference = heaviest;
    means = new double[classes * features];
    variances = new double[features];
    scales = new double[features];
    boolean isShrunk = !Shrinkage.NONE.equals(options.shrinkage());
    for (int j = 0; j < features; j++) {
      int column = j;
      DiagonalMoments.Spread spread = moments.spread(j);
      Optional<ColumnFault> fault = spread.fault();
      fault.ifPresent(found -> findings.add(new ColumnFinding(column, found, List.of())));
      if (fault.isPresent() && fault.get() == ColumnFault.UNKNOWN) {
        continue;
      }
      for (int k = 0; k < classes; k++) {
        means[k * features + j] = weights[k] > 0 ? moments.meanFrom(k, j, shift[j]) : 0;
      }
      if (fault.isPresent() && (!isShrunk || fault.get() == ColumnFault.CONSTANT)) {
        continue;
      }
      add(j, spread, options.units());
      inverse[at + j * stride] = 1 / (spread.isConstantWithin() ? square(scales[j]) : variances[j]);
    }
  }

  private void add(int j, DiagonalMoments.Spread spread, ShrinkageUnits units) {
    variances[j] = spread.within() / weight();
    scales[j] =
        switch (units) {
          case DATA -> 1;
          case WITHIN_DEVIATION ->
              Math.sqrt((spread.isConstantWithin() ? spread.total() : spread.within()) / weight());
          case TOTAL_DEVIATION -> Math.sqrt(spread.total() / weight());
        };
    double scaled = variances[j] / square(scales[j]);
    order++;
    trace += scaled;
    diagonalSquare += scaled * scaled;
  }

  private static double square(double x) {
    return x * x;
  }

  double weight() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** Features that take part. */
  int order() {
    return order;
  }

  /** Features with faults, ascending. */
  List<ColumnFinding> findings() {
    return findings;
  }

  /** What a feature is divided by before the covariance is shrunk; 0 where it takes no part. */
  double scale(int j) {
    return scales[j];
  }

  /** The class of right side i: all but the reference in their order. */
  private int classOf(int i) {
    return i < reference ? i : i + 1;
  }

  /** Writes right side i, d numbers, {@code stride} apart; 0 for an absent class. */
  void rightSide(int i, double[] out, int at, int stride) {
    int k = classOf(i);
    for (int j = 0; j < features; j++) {
      boolean used = weights[k] > 0 && scales[j] > 0;
      out[at + j * stride] = used ? mean(k, j) - mean(reference, j) : 0;
    }
  }

  private double mean(int k, int j) {
    return means[k * features + j];
  }

  /** Writes the inner products of the means with a direction, K numbers. */
  void centres(double[] directions, double[] out, int at, int stride) {
    for (int k = 0; k < weights.length; k++) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        sum += mean(k, j) * directions[at + j * stride];
      }
      out[at + k * stride] = sum;
    }
  }

  /**
   * The share by which the rule shrinks.
   *
   * @param square of the size of the covariance in the units of shrinking, or what is known of it
   */
  double rho(MatrixFreeOptions options, double square) {
    if (order == 0) {
      return 0;
    }
    return options
        .shrinkage()
        .share(
            order,
            trace,
            () -> Math.max(square, diagonalSquare),
            options.weights().size(weight(), squaredWeight),
            () -> Double.NaN);
  }

  /** Makes of C v the product with the matrix of the equations. */
  void finish(
      double[] products, double[] directions, int at, int stride, double rho, double lambda) {
    double share = (1 - rho) / weight();
    double added = lambda + (order > 0 ? rho * trace / order : 0);
    for (int j = 0; j < features; j++) {
      int i = at + j * stride;
      // Of a feature that takes no part a product may be of any size, and none is used.
      products[i] =
          scales[j] > 0 ? share * products[i] + added * square(scales[j]) * directions[i] : 0;
    }
  }

  /**
   * The model.
   *
   * @param solutions d x R numbers, those of this system's right sides side by side from {@code at}
   */
  LinearModel model(double[] solutions, int at, int stride, double[] shift) {
    int classes = weights.length;
    double[] intercepts = new double[classes];
    double[] coefficients = new double[classes * features];
    intercepts[reference] = 0;
    for (int i = 0; i < classes - 1; i++) {
      int k = classOf(i);
      if (!(weights[k] > 0)) {
        intercepts[k] = Double.NEGATIVE_INFINITY;
        continue;
      }
      double middle = 0;
      for (int j = 0; j < features; j++) {
        double slope = solutions[at + i + j * stride];
        coefficients[k * features + j] = slope;
        middle += slope * ((mean(k, j) + mean(reference, j)) / 2 + shift[j]);
      }
      intercepts[k] = Math.log(weights[k] / weights[reference]) - middle;
    }
    return LinearModel.of(intercepts, coefficients);
  }
}
