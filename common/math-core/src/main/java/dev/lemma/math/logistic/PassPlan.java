// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;
import java.util.List;

/**
 * What one pass over the rows computes: the answers to several {@link Probe}s at once.
 *
 * <p><b>Parameters.</b> With K classes a model has K - 1 scores: score c = 1 .. K - 1 is the log
 * odds of class c against class 0, a + b'(x - shift), and class 0 has score 0. Parameters are a
 * flat array of K - 1 rows of 1 + d numbers: the intercept a about the shift, then the slopes b.
 *
 * <p><b>Shift.</b> Rows are seen as x - shift, so that an offset of 1e8 costs no digits. Choose it
 * by {@link #shift}: 0 where a column's mean is within a few deviations of 0, which is where sparse
 * rows have zeros, so that the shift of a sparse row touches only columns that are nearly full.
 *
 * @param classes K, at least 2
 * @param features d, at least 0
 * @param shift d numbers
 * @param probes at least one
 */
public record PassPlan(int classes, int features, double[] shift, List<Probe> probes)
    implements Serializable {
  /** Numbers kept for each step of a probe. */
  static final int PER_STEP = 7;

  /** Numbers kept for each probe besides: rows, weight, sum of squared weights. */
  static final int HEADER = 3;

  // A column whose mean is further than this many deviations from zero has at most one zero in 65.
  private static final double FAR = 8;

  /** Checks shapes. */
  public PassPlan {
    probes = List.copyOf(probes);
    if (classes < 2) {
      throw new IllegalArgumentException("classes: expected at least 2, found " + classes);
    }
    if (shift.length != features) {
      throw new IllegalArgumentException(
          "shift: expected " + features + " numbers, found " + shift.length);
    }
    if (probes.isEmpty()) {
      throw new IllegalArgumentException("probes: expected at least one");
    }
    int parameters = Math.multiplyExact(classes - 1, features + 1);
    for (Probe probe : probes) {
      if (probe.base().length != parameters) {
        throw new IllegalArgumentException(
            "base: expected " + parameters + " numbers, found " + probe.base().length);
      }
    }
  }

  /**
   * The shift for columns of these means and standard deviations: the mean where it is more than 8
   * deviations from zero, else 0.
   *
   * @param means d numbers
   * @param deviations d numbers, of all rows whatever their class
   */
  public static double[] shift(double[] means, double[] deviations) {
    double[] shift = new double[means.length];
    for (int j = 0; j < shift.length; j++) {
      shift[j] = Math.abs(means[j]) > FAR * deviations[j] ? means[j] : 0;
    }
    return shift;
  }

  /** Numbers in the parameters of a model: (K - 1)(d + 1). */
  public int parameters() {
    return (classes - 1) * (features + 1);
  }

  /** Numbers in one block of a Hessian: the upper triangle of (d + 1) x (d + 1). */
  long blockLength() {
    return (features + 1L) * (features + 2L) / 2;
  }

  /** Blocks of a Hessian: the upper triangle of (K - 1) x (K - 1). */
  long blocks() {
    return (classes - 1L) * classes / 2;
  }

  /** Numbers that the answer to a probe takes. */
  long answerLength(Probe probe) {
    long length = HEADER + (long) PER_STEP * probe.steps().length;
    int detail = probe.detail().ordinal();
    if (detail >= PassDetail.GRADIENT.ordinal()) {
      length += parameters();
    }
    if (detail >= PassDetail.HESSIAN.ordinal()) {
      length += blocks() * blockLength();
    }
    if (detail >= PassDetail.OUTER_PRODUCTS.ordinal()) {
      length += blocks() * blockLength();
    }
    return length;
  }

  /**
   * Numbers that the answers to all probes take: what a partition ships.
   *
   * @return 8 bytes each; more than fit one array are refused by {@link LikelihoodSums}
   */
  public long length() {
    long length = 0;
    for (Probe probe : probes) {
      length += answerLength(probe);
    }
    return length;
  }
}
