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
  private final int columns;
  private final int width;
  private final double[] signed;
  private final double[] z;
  private final double[] y;
  private final double[] room;
  private final double[] linear;
  private final double[] product;
  private final double[] total;

  LogisticTerms(int columns, int width) {
    this.width = width;
    this.z = new double[width];
    this.y = new double[width];
    this.room = new double[width];
    this.linear = new double[width];
    this.product = new double[width];
    this.total = new double[width];
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
    int n = width;
    double[] to = linear;
    double[] from = z;
    for (int c = 0; c < n; c++) {
      to[c] += half * (from[c] + Math.abs(from[c]));
    }
  }

  private void multiply() {
    int n = width;
    double[] to = product;
    double[] from = y;
    for (int c = 0; c < n; c++) {
      to[c] *= from[c] + 2;
    }
  }

  private void addWeighted(double weight) {
    int n = width;
    double[] to = linear;
    double[] from = y;
    for (int c = 0; c < n; c++) {
      to[c] += weight * from[c];
    }
  }

  @Override
  public void carry() {
    for (int c = 0; c < width; c++) {
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
