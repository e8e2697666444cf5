// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.SvdFactors;
import dev.lemma.math.lowrank.SvdFigures;

/**
 * All that a fitted PCA is.
 *
 * @param values singular values, k, descending
 * @param shares of the squared norm that each explains, k
 * @param loadings n rows of k numbers: a row's scores are (row - means) times them
 * @param means n numbers, or none for a plain SVD
 * @param rows number of rows that it was fitted on
 * @param preparation of the columns
 */
record PcaModelData(
    double[] values,
    double[] shares,
    double[][] loadings,
    double[] means,
    long rows,
    Preparation preparation) {

  static PcaModelData of(SvdFactors factors, Preparation preparation) {
    int k = factors.figures().rank();
    double[][] loadings = new double[factors.figures().dimension()][k];
    double[] scale = factors.moments().factors();
    for (int r = 0; r < k; r++) {
      double[] vector = factors.right()[r];
      for (int j = 0; j < vector.length; j++) {
        loadings[j][r] = scale.length == 0 ? vector[j] : scale[j] * vector[j];
      }
    }
    return new PcaModelData(
        factors.figures().values(),
        factors.figures().explainedShares(),
        loadings,
        factors.moments().means(),
        factors.figures().rows(),
        preparation);
  }

  /** All but the loadings and means, which are stored from where they lie. */
  static PcaModelData withoutLoadings(SvdFigures figures, Preparation preparation) {
    return new PcaModelData(
        figures.values(),
        figures.explainedShares(),
        new double[figures.dimension()][],
        new double[0],
        figures.rows(),
        preparation);
  }

  int k() {
    return values.length;
  }

  int dimension() {
    return loadings.length;
  }
}
