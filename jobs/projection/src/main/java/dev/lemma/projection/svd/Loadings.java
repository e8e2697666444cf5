// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.lowrank.RowSweeps;
import dev.lemma.math.lowrank.SvdFactors;
import java.io.Serializable;

/**
 * What turns a row into its scores or its left vector: (a W - s) T, with T the identity where it
 * has no rows. 8 n l bytes; travels as Java serialises it.
 */
@DefaultSerializer(JavaSerializer.class)
final class Loadings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double[][] IDENTITY = {};

  final double[][] basis;
  final double[] shift;
  final double[][] transform;

  Loadings(double[][] basis, double[] shift, double[][] transform) {
    this.basis = basis;
    this.shift = shift;
    this.transform = transform;
  }

  /**
   * Scores: (a - mean) diag(factors) V.
   *
   * @param loadings diag(factors) V, n rows of k numbers
   * @param means n numbers, or none
   */
  static Loadings scores(double[][] loadings, double[] means) {
    double[] shift = new double[loadings[0].length];
    for (int j = 0; j < means.length; j++) {
      RowSweeps.addOne(shift, means[j], loadings[j]);
    }
    return new Loadings(loadings, shift, IDENTITY);
  }

  /** Rows of U. */
  static Loadings leftVectors(SvdFactors factors) {
    double[][] basis = new double[factors.figures().dimension()][];
    for (int j = 0; j < basis.length; j++) {
      basis[j] = factors.leftBasis().row(j);
    }
    return new Loadings(basis, factors.leftShift(), factors.leftTransform());
  }

  /** Numbers that a row becomes. */
  int width() {
    return transform.length == 0 ? shift.length : transform[0].length;
  }
}
