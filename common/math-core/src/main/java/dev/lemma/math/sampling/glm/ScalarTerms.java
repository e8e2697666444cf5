// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/** Terms of likelihoods whose link is evaluated one number at a time. */
final class ScalarTerms implements RowTerms {
  private final GlmShape shape;
  private final int width;
  private final double[] z;
  private final double[] partial;
  private final double[] total;

  ScalarTerms(GlmShape shape, int width) {
    this.width = width;
    this.z = new double[width];
    this.partial = new double[width];
    this.total = new double[width];
    this.shape = shape;
  }

  @Override
  public void add(GlmBlock block, int i, double[][] coefficients) {
    double weight = block.weight(i);
    if (weight == 0) {
      return;
    }
    int d = shape.columns();
    LaneMath.predictors(block.x(), i * d, d, coefficients, 0, z);
    double label = block.label(i);
    for (int c = 0; c < width; c++) {
      partial[c] += weight * Link.value(shape.likelihood(), z[c], label);
    }
  }

  @Override
  public void carry() {
    for (int c = 0; c < width; c++) {
      total[c] += partial[c];
      partial[c] = 0;
    }
  }

  @Override
  public double[] sums() {
    return total;
  }
}
