// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * What a pass needs to sum the influence of each row on linear discriminant analysis: the log odds
 * of one class against another, slope beta = S<sup>-1</sup>(m_k - m_l), with S the pooled
 * covariance. See {@link InfluenceSums}.
 *
 * @param k the class
 * @param other the class it is held against
 * @param shift of the rows, as in {@link PassPlan}
 * @param slope beta, d numbers
 * @param centres K x d class means less the shift, row-major
 * @param shares K shares of the weight
 * @param weights whether a weight counts rows or says how much a row matters
 */
public record InfluencePlan(
    int k,
    int other,
    double[] shift,
    double[] slope,
    double[] centres,
    double[] shares,
    WeightSemantics weights)
    implements Serializable {
  /**
   * The plan for these rows.
   *
   * @param moments of all rows, with weight in both classes
   */
  public static InfluencePlan of(ClassMoments moments, int k, int other, WeightSemantics weights) {
    int d = moments.features();
    int classes = moments.classes();
    double[] shift = Design.of(moments).shift();
    double[] centres = new double[classes * d];
    double[] shares = new double[classes];
    for (int c = 0; c < classes; c++) {
      shares[c] = moments.weight(c) / moments.weight();
      if (shares[c] > 0) {
        System.arraycopy(moments.meanFrom(c, shift), 0, centres, c * d, d);
      }
    }
    if (!(shares[k] > 0 && shares[other] > 0)) {
      throw new IllegalArgumentException(
          "classes "
              + k
              + " and "
              + other
              + " must both have weight to be held against each other");
    }
    double[] slope = covariance(moments).solve(moments.meanDifference(k, other));
    return new InfluencePlan(k, other, shift, slope, centres, shares, weights);
  }

  /** The pooled covariance, factorised. */
  static NewtonSystem covariance(ClassMoments moments) {
    PackedSymmetric pooled = moments.pooledScatter();
    pooled.scaleInPlace(1 / moments.weight());
    int d = moments.features();
    return NewtonSystem.ofBlocks(pooled.packed(), 1, d, new boolean[d]);
  }

  /** d. */
  public int features() {
    return shift.length;
  }

  /** K. */
  public int classes() {
    return shares.length;
  }

  /** 1 / share for class k, minus that for the other, 0 for the rest. */
  double pull(int y) {
    return y == k ? 1 / shares[k] : y == other ? -1 / shares[other] : 0;
  }
}
