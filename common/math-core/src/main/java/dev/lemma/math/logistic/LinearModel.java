// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * A softmax model: class k of K has the score b<sub>k</sub> + w<sub>k</sub>'x for a row x of d
 * features, and P(k | x) is proportional to the exponential of the score.
 *
 * <p>Scores matter up to a common addition only. The gauge here is sum-to-zero: intercepts and the
 * coefficients of every feature add up to 0 over the classes. So it is for K = 2 as well, where the
 * logit of class 1 against class 0 is the difference of the two rows.
 *
 * <p>A class may be absent: its intercept is minus infinity, its coefficients are 0, its
 * probability is 0 everywhere, and the gauge is over the others.
 *
 * <p>Immutable and thread-safe. 8 K (d + 1) bytes.
 */
public final class LinearModel {
  private final int classes;
  private final int features;
  private final double[] intercepts;
  private final double[] coefficients;

  /** Takes the arrays over. */
  private LinearModel(int classes, int features, double[] intercepts, double[] coefficients) {
    this.classes = classes;
    this.features = features;
    this.intercepts = intercepts;
    this.coefficients = coefficients;
  }

  /**
   * The model with these numbers, brought into the gauge.
   *
   * @param intercepts K numbers, K at least 1; finite, or minus infinity for an absent class (not
   *     for all of them)
   * @param coefficients K x d finite numbers, row-major; what stands there for an absent class is
   *     replaced by 0
   * @throws IllegalArgumentException if the lengths do not fit or a number is not as said
   */
  public static LinearModel of(double[] intercepts, double[] coefficients) {
    LinearModel model = checked(intercepts, coefficients);
    model.intoGauge();
    return model;
  }

  /**
   * The model with exactly these numbers, which a model had before: bringing them into the gauge
   * once more would change their last bits.
   *
   * @param intercepts as {@link #intercepts} gave them
   * @param coefficients as {@link #coefficients} gave them
   * @throws IllegalArgumentException as {@link #of}, and if the numbers are not in the gauge
   */
  public static LinearModel restored(double[] intercepts, double[] coefficients) {
    LinearModel model = checked(intercepts, coefficients);
    LinearModel gauged = checked(intercepts, coefficients);
    gauged.intoGauge();
    SumToZero.require(model, gauged);
    return model;
  }

  private static LinearModel checked(double[] intercepts, double[] coefficients) {
    int classes = intercepts.length;
    if (classes == 0 || coefficients.length % classes != 0) {
      throw new IllegalArgumentException(
          "coefficients must be as many for each of the "
              + classes
              + " classes, found "
              + coefficients.length);
    }
    checkIntercepts(intercepts);
    double[] copy = coefficients.clone();
    int features = copy.length / classes;
    for (int i = 0; i < copy.length; i++) {
      if (intercepts[i / features] == Double.NEGATIVE_INFINITY) {
        copy[i] = 0;
      } else if (!Double.isFinite(copy[i])) {
        throw new IllegalArgumentException(
            "the coefficient of class "
                + i / features
                + " and feature "
                + i % features
                + " must be finite, found "
                + copy[i]);
      }
    }
    return new LinearModel(classes, features, intercepts.clone(), copy);
  }

  /**
   * The model of two classes whose logit, ln P(1 | x) / P(0 | x), is b + w'x.
   *
   * @param intercept b, finite
   * @param slope w, d finite numbers
   * @throws IllegalArgumentException if a number is not finite
   */
  public static LinearModel binary(double intercept, double[] slope) {
    double[] coefficients = new double[2 * slope.length];
    for (int j = 0; j < slope.length; j++) {
      coefficients[j] = -0.5 * slope[j];
      coefficients[slope.length + j] = 0.5 * slope[j];
    }
    return of(new double[] {-0.5 * intercept, 0.5 * intercept}, coefficients);
  }

  private static void checkIntercepts(double[] intercepts) {
    boolean present = false;
    for (int k = 0; k < intercepts.length; k++) {
      if (!(intercepts[k] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the intercept of class "
                + k
                + " must be finite, or minus infinity for an absent class, found "
                + intercepts[k]);
      }
      present |= intercepts[k] > Double.NEGATIVE_INFINITY;
    }
    if (!present) {
      throw new IllegalArgumentException("a model must have a class that is not absent");
    }
  }

  private void intoGauge() {
    SumToZero.bring(intercepts, coefficients);
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /** d. */
  public int features() {
    return features;
  }

  /** Whether a class is not absent. */
  public boolean hasClass(int k) {
    return intercepts[k] > Double.NEGATIVE_INFINITY;
  }

  /** b<sub>k</sub>. */
  public double intercept(int k) {
    return intercepts[k];
  }

  /** Component j of w<sub>k</sub>. */
  public double coefficient(int k, int j) {
    return coefficients[k * features + j];
  }

  /** All intercepts, K numbers. */
  public double[] intercepts() {
    return intercepts.clone();
  }

  /** All coefficients, K x d, row-major. */
  public double[] coefficients() {
    return coefficients.clone();
  }

  /**
   * The constant of ln P(k | x) / P(other | x).
   *
   * @param k a class
   * @param other another that is not absent
   */
  public double logitIntercept(int k, int other) {
    return intercepts[k] - intercepts[other];
  }

  /** The d slopes of ln P(k | x) / P(other | x). */
  public double[] logitSlope(int k, int other) {
    double[] slope = new double[features];
    for (int j = 0; j < features; j++) {
      slope[j] = coefficients[k * features + j] - coefficients[other * features + j];
    }
    return slope;
  }

  /**
   * The scores of a row, in the order of the classes.
   *
   * @param x d numbers
   * @param out receives K scores
   */
  public void scores(double[] x, double[] out) {
    if (x.length != features) {
      throw new IllegalArgumentException(
          "a row must have " + features + " features, found " + x.length);
    }
    for (int k = 0; k < classes; k++) {
      double sum = intercepts[k];
      int row = k * features;
      for (int j = 0; j < features; j++) {
        sum += coefficients[row + j] * x[j];
      }
      out[k] = sum;
    }
  }

  /**
   * The scores of a sparse row; equal bits to those of the same row written out.
   *
   * @param indices ascending, 0 to d - 1
   * @param values as many numbers at least
   * @param length how many of them count
   * @param out receives K scores
   */
  public void scores(int[] indices, double[] values, int length, double[] out) {
    for (int k = 0; k < classes; k++) {
      double sum = intercepts[k];
      int row = k * features;
      for (int i = 0; i < length; i++) {
        sum += coefficients[row + indices[i]] * values[i];
      }
      out[k] = sum;
    }
  }

  /**
   * The probabilities of a row, in the order of the classes.
   *
   * @param x d numbers
   * @param out receives K numbers that add up to 1
   */
  public void probabilities(double[] x, double[] out) {
    scores(x, out);
    Softmax.inPlace(out, classes);
  }

  /**
   * The model for a population in which the classes are mixed otherwise: rows of a class look the
   * same, but its share is another. Slopes stay, b<sub>k</sub> + ln(to<sub>k</sub> /
   * from<sub>k</sub>) is the new intercept. So a model of rows that were sampled by class is
   * corrected to the population; it holds for every model whose scores are log-odds.
   *
   * <p>G. King, L. Zeng, <em>Logistic regression in rare events data</em>, 2001, <a
   * href="https://doi.org/10.1093/oxfordjournals.pan.a004868">
   * doi:10.1093/oxfordjournals.pan.a004868</a>.
   *
   * @param from the K shares among the rows the model was made from; positive, but for absent
   *     classes; their scale does not matter
   * @param to the K shares to correct to; 0 makes a class absent
   * @throws IllegalArgumentException if a number is not as said
   */
  public LinearModel withPriors(double[] from, double[] to) {
    ClassPriors.check(from, classes);
    ClassPriors.check(to, classes);
    double[] corrected = intercepts.clone();
    boolean sameClasses = true;
    for (int k = 0; k < classes; k++) {
      if (!hasClass(k)) {
        continue;
      }
      sameClasses &= to[k] > 0;
      if (from[k] == 0) {
        throw new IllegalArgumentException(
            "class " + k + " of the model must have a positive share among its rows, found 0");
      }
      corrected[k] += Math.log(to[k]) - Math.log(from[k]);
    }
    LinearModel moved = of(corrected, coefficients);
    // Slopes are in the gauge already: once more would change their last bits.
    return sameClasses
        ? new LinearModel(classes, features, moved.intercepts, coefficients.clone())
        : moved;
  }

  /**
   * The model with the scores s z<sub>k</sub> + t<sub>k</sub>, z being the scores of this one:
   * calibration.
   *
   * @param scale s, finite
   * @param offsets t, K finite numbers
   */
  public LinearModel rescaled(double scale, double[] offsets) {
    double[] moved = intercepts.clone();
    double[] scaled = coefficients.clone();
    for (int k = 0; k < classes; k++) {
      moved[k] = hasClass(k) ? scale * moved[k] + offsets[k] : moved[k];
    }
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= scale;
    }
    return of(moved, scaled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearModel that
        && Arrays.equals(intercepts, that.intercepts)
        && Arrays.equals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(intercepts) + Arrays.hashCode(coefficients);
  }

  @Override
  public String toString() {
    return "LinearModel[" + classes + " classes x " + features + " features]";
  }
}
