// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * Softmax terms: z_y - M - ln sum_k e<sup>z_k - M</sup> with M the largest of z_0 = 0, z_1, ... The
 * sum lies in [1, K]; its factors are multiplied over a few rows of weight 1 before the one
 * logarithm.
 */
final class SoftmaxTerms implements RowTerms {
  private static final int WIDTH = ProposalTiles.WIDTH;

  /** A product of factors up to K stays finite below this. */
  private static final double ROOM = 0x1p1000;

  private final GlmShape shape;
  private final int rowsBetween;
  private final double[][] z;
  private final double[] largest = new double[WIDTH];
  private final double[] gap = new double[WIDTH];
  private final double[] y = new double[WIDTH];
  private final double[] room = new double[WIDTH];
  private final double[] sum = new double[WIDTH];
  private final double[] linear = new double[WIDTH];
  private final double[] product = new double[WIDTH];
  private final double[] total = new double[WIDTH];
  private int pending;

  SoftmaxTerms(GlmShape shape) {
    this.shape = shape;
    this.z = new double[shape.classes()][WIDTH];
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
      for (int c = 0; c < WIDTH; c++) {
        linear[c] -= weight * StrictMath.log(sum[c]);
      }
    }
  }

  private void largestOfAll() {
    for (int c = 0; c < WIDTH; c++) {
      largest[c] = 0;
      sum[c] = 0;
    }
    for (int k = 1; k < z.length; k++) {
      double[] score = z[k];
      for (int c = 0; c < WIDTH; c++) {
        largest[c] = Math.max(largest[c], score[c]);
      }
    }
  }

  private void sumOfAll() {
    for (double[] score : z) {
      for (int c = 0; c < WIDTH; c++) {
        gap[c] = largest[c] - score[c];
      }
      LaneMath.expm1OfMinusAbsolute(gap, room, y);
      for (int c = 0; c < WIDTH; c++) {
        sum[c] += y[c] + 1;
      }
    }
  }

  private void addScore(double[] score, double weight) {
    for (int c = 0; c < WIDTH; c++) {
      linear[c] += weight * (score[c] - largest[c]);
    }
  }

  private void multiply() {
    for (int c = 0; c < WIDTH; c++) {
      product[c] *= sum[c];
    }
  }

  private void logarithms() {
    for (int c = 0; c < WIDTH; c++) {
      linear[c] -= StrictMath.log(product[c]);
      product[c] = 1;
    }
    pending = 0;
  }

  @Override
  public void carry() {
    logarithms();
    for (int c = 0; c < WIDTH; c++) {
      total[c] += linear[c];
      linear[c] = 0;
    }
  }

  @Override
  public double[] sums() {
    return total;
  }
}
