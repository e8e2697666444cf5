// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * Softmax terms: z_y - M - ln sum_k e<sup>z_k - M</sup> with M the largest of z_0 = 0, z_1, ... The
 * sum lies in [1, K]; its factors are multiplied over a few rows of weight 1 before the one
 * logarithm.
 */
final class SoftmaxTerms implements RowTerms {
  /** A product of factors up to K stays finite below this. */
  private static final double ROOM = 0x1p1000;

  private final GlmShape shape;
  private final int width;
  private final int rowsBetween;
  private final double[][] z;
  private final double[] largest;
  private final double[] gap;
  private final double[] y;
  private final double[] room;
  private final double[] sum;
  private final double[] linear;
  private final double[] product;
  private final double[] total;
  private int pending;

  SoftmaxTerms(GlmShape shape, int width) {
    this.width = width;
    this.largest = new double[width];
    this.gap = new double[width];
    this.y = new double[width];
    this.room = new double[width];
    this.sum = new double[width];
    this.linear = new double[width];
    this.product = new double[width];
    this.total = new double[width];
    this.shape = shape;
    this.z = new double[shape.classes()][width];
    this.rowsBetween = Math.max(1, (int) (StrictMath.log(ROOM) / StrictMath.log(shape.classes())));
    java.util.Arrays.fill(product, 1);
  }

  @Override
  public void add(GlmBlock block, int i, double[][] coefficients) {
    double weight = block.weight(i);
    if (weight == 0) {
      return;
    }
    int d = shape.columns();
    for (int k = 1; k < shape.classes(); k++) {
      LaneMath.predictors(block.x(), i * d, d, coefficients, (k - 1) * d, z[k]);
    }
    largestOfAll();
    sumOfAll();
    addScore(z[(int) block.label(i)], weight);
    if (weight == 1) {
      multiply();
      pending++;
      if (pending == rowsBetween) {
        logarithms();
      }
    } else {
      for (int c = 0; c < width; c++) {
        linear[c] -= weight * StrictMath.log(sum[c]);
      }
    }
  }

  private void largestOfAll() {
    int n = width;
    for (int c = 0; c < n; c++) {
      largest[c] = 0;
      sum[c] = 0;
    }
    for (int k = 1; k < z.length; k++) {
      double[] score = z[k];
      for (int c = 0; c < n; c++) {
        largest[c] = Math.max(largest[c], score[c]);
      }
    }
  }

  private void sumOfAll() {
    int n = width;
    for (double[] score : z) {
      for (int c = 0; c < n; c++) {
        gap[c] = largest[c] - score[c];
      }
      LaneMath.expm1OfMinusAbsolute(gap, room, y);
      for (int c = 0; c < width; c++) {
        sum[c] += y[c] + 1;
      }
    }
  }

  private void addScore(double[] score, double weight) {
    int n = width;
    for (int c = 0; c < n; c++) {
      linear[c] += weight * (score[c] - largest[c]);
    }
  }

  private void multiply() {
    int n = width;
    for (int c = 0; c < n; c++) {
      product[c] *= sum[c];
    }
  }

  private void logarithms() {
    int n = width;
    for (int c = 0; c < n; c++) {
      linear[c] -= StrictMath.log(product[c]);
      product[c] = 1;
    }
    pending = 0;
  }

  @Override
  public void carry() {
    logarithms();
    for (int c = 0; c < width; c++) {
      total[c] += linear[c];
      linear[c] = 0;
    }
  }

  @Override
  public double[] sums() {
    return total;
  }
}
