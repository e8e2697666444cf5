// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.synthetic;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * Gaussian classes with one covariance: a row of class c is mu_c + Q diag(s) z with z standard
 * normal. Q is the product of {@value #REFLECTIONS} Householder reflections, so that every pair of
 * features is correlated; the standard deviations s_j fall geometrically from 1 to
 * 1/sqrt(condition), so that the covariance has the condition number asked for. Class means are Q
 * diag(s) m_c with m_c a Gaussian vector of expected length {@code separation}: the expected
 * squared Mahalanobis distance between two classes is 2 separation^2. All classes are equally
 * likely.
 *
 * <p>The logit of class c is linear with weights W_c = Sigma^-1 mu_c (see {@link #weights}): the
 * truth that a logistic regression should find. Immutable and thread-safe; {@link #row} needs O(d)
 * time, the object (classes + {@value #REFLECTIONS} + 1) d doubles.
 */
public final class GaussianClasses {
  private static final int REFLECTIONS = 3;

  private final StreamKey rows;
  private final int features;
  private final int classes;
  private final double[] deviations;
  private final double[][] reflections;
  private final double[][] whiteMeans;

  /**
   * Settles means and covariance.
   *
   * @param seed key of means, covariance and rows
   * @param features d, at least 1
   * @param classes at least 1
   * @param separation expected length of a class's mean in units of the noise, at least 0
   * @param condition condition number of the covariance, at least 1
   */
  public GaussianClasses(
      long seed, int features, int classes, double separation, double condition) {
    require(features >= 1, "features must be at least 1, found " + features);
    require(classes >= 1, "classes must be at least 1, found " + classes);
    require(separation >= 0, "separation must be at least 0, found " + separation);
    require(condition >= 1, "condition must be at least 1, found " + condition);
    this.rows = StreamKey.of(seed, "generate/gaussian-classes/row");
    this.features = features;
    this.classes = classes;
    deviations = new double[features];
    for (int j = 0; j < features; j++) {
      double position = features == 1 ? 0 : (double) j / (features - 1);
      deviations[j] = StrictMath.pow(condition, -position / 2);
    }
    StreamKey design = StreamKey.of(seed, "generate/gaussian-classes/design");
    reflections = new double[REFLECTIONS][features];
    for (int r = 0; r < REFLECTIONS; r++) {
      Normals.fill(design, 0, r, reflections[r]);
      normalise(reflections[r]);
    }
    whiteMeans = new double[classes][features];
    for (int c = 0; c < classes; c++) {
      Normals.fill(design, 1, c, whiteMeans[c]);
      for (int j = 0; j < features; j++) {
        whiteMeans[c][j] *= separation / Math.sqrt(features);
      }
    }
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** Number of features d. */
  public int features() {
    return features;
  }

  /** Class of a row, in 0 .. classes - 1. */
  public int label(long row) {
    long[] block = new long[4];
    rows.block(row, 1, 0, 0, block);
    return Variates.position(block[0], classes);
  }

  /**
   * A row.
   *
   * @param row its number, any value
   * @param out receives d values
   * @return its class
   */
  public int row(long row, double[] out) {
    int label = label(row);
    Normals.fill(rows, row, 0, out);
    for (int j = 0; j < features; j++) {
      out[j] = deviations[j] * (out[j] + whiteMeans[label][j]);
    }
    rotate(out);
    return label;
  }

  /** Mean of a class: d values. */
  public double[] mean(int label) {
    double[] mean = new double[features];
    for (int j = 0; j < features; j++) {
      mean[j] = deviations[j] * whiteMeans[label][j];
    }
    rotate(mean);
    return mean;
  }

  /** Weights Sigma^-1 mu_c of a class in the true logit: d values. */
  public double[] weights(int label) {
    double[] weights = new double[features];
    for (int j = 0; j < features; j++) {
      weights[j] = whiteMeans[label][j] / deviations[j];
    }
    rotate(weights);
    return weights;
  }

  /** Offset -mu_c' Sigma^-1 mu_c / 2 of a class in the true logit. */
  public double offset(int label) {
    double square = 0;
    for (double value : whiteMeans[label]) {
      square += value * value;
    }
    return -square / 2;
  }

  private void rotate(double[] x) {
    for (double[] v : reflections) {
      double dot = 0;
      for (int j = 0; j < features; j++) {
        dot += v[j] * x[j];
      }
      for (int j = 0; j < features; j++) {
        x[j] -= 2 * dot * v[j];
      }
    }
  }

  private static void normalise(double[] v) {
    double square = 0;
    for (double value : v) {
      square += value * value;
    }
    double scale = 1 / Math.sqrt(square);
    for (int j = 0; j < v.length; j++) {
      v[j] *= scale;
    }
  }

  static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
