// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * The size of a product of n rows of d features with a k x d matrix.
 *
 * @param n rows
 * @param d features
 * @param k outputs
 */
record Shape(int n, int d, int k) {
  /** Multiplications and additions of the dense product. */
  double flops() {
    return 2.0 * n * d * k;
  }

  /** The projection of a family in this shape. */
  Projection projection(Family family) {
    return Projection.of(new ProjectionSpec(family, 1, k, OptionalLong.of(d), 0, 0));
  }

  /** n x d reproducible entries in [-1, 1). */
  float[] floats() {
    SplittableRandom random = new SplittableRandom(2);
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (2 * random.nextDouble() - 1);
    }
    return rows;
  }

  /** The same entries in binary64. */
  double[] doubles() {
    float[] floats = floats();
    double[] rows = new double[floats.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = floats[i];
    }
    return rows;
  }

  @Override
  public String toString() {
    return "d=" + d + " k=" + k;
  }
}
