// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import java.util.Arrays;

/**
 * Logistic terms. With m = z for label 0 and -z for label 1, a row costs ln(1 + e<sup>m</sup>) =
 * max(m, 0) + ln(1 + e<sup>-|m|</sup>). The first part is added up as it stands; of the second,
 * which lies in (0, ln 2], the factors 1 + e<sup>-|m|</sup> of up to {@link RowTerms#CARRY} rows of
 * weight 1 are multiplied before the one logarithm.
 */
final class LogisticTerms implements RowTerms {
  private static final int WIDTH = ProposalTiles.WIDTH;

  private final int columns;
  private final double[] signed;
  private final double[] z = new double[WIDTH];
  private final double[] y = new double[WIDTH];
  private final double[] room = new double[WIDTH];
  private final double[] linear = new double[WIDTH];
  private final double[] product = new double[WIDTH];
  private final double[] total = new double[WIDTH];

  LogisticTerms(int columns) {
    this.columns = columns;
    this.signed = new double[columns];
    Arrays.fill(product, 1);
  }

  @Override
  public void add(GlmBlock block, int i, double[][] coefficients) {
    double weight = block.weight(i);
    if (weight == 0) {
      return;
    }
    double sign = block.label(i) == 1 ? -1 : 1;
    double[] x = block.x();
    int at = i * columns;
    for (int j = 0; j < columns; j++) {
      signed[j] = sign * x[at + j];
    }
    LaneMath.predictors(signed, 0, columns, coefficients, 0, z);
    addPositivePart(0.5 * weight);
    LaneMath.expm1OfMinusAbsolute(z, room, y);
    if (weight == 1) {
      multiply();
    } else {
      LaneMath.log1pInPlace(y, room, z);
      addWeighted(weight);
    }
  }

  private void addPositivePart(double half) {
    double[] to = linear;
    double[] from = z;
    for (int c = 0; c < WIDTH; c++) {
      to[c] += half * (from[c] + Math.abs(from[c]));
    }
  }

  private void multiply() {
    double[] to = product;
    double[] from = y;
    for (int c = 0; c < WIDTH; c++) {
      to[c] *= from[c] + 2;
    }
  }

  private void addWeighted(double weight) {
    double[] to = linear;
    double[] from = y;
    for (int c = 0; c < WIDTH; c++) {
      to[c] += weight * from[c];
    }
  }

  @Override
  public void carry() {
    for (int c = 0; c < WIDTH; c++) {
      total[c] -= linear[c] + StrictMath.log(product[c]);
      linear[c] = 0;
      product[c] = 1;
    }
  }

  @Override
  public double[] sums() {
    return total;
  }
}
