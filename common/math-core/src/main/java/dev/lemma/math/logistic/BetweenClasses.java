// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;

/** The scatter of class means about the mean of all rows, in some of the features. */
final class BetweenClasses {
  private final double[][] centred;
  private final double[] shares;
  private final double[] variances;

  /**
   * Of these classes.
   *
   * @param centred class means less the mean of all, null where absent; kept
   * @param shares of the classes
   * @param order the number of features
   */
  BetweenClasses(double[][] centred, double[] shares, int order) {
    this.centred = centred;
    this.shares = shares;
    this.variances = new double[order];
    for (int k = 0; k < shares.length; k++) {
      for (int j = 0; centred[k] != null && j < order; j++) {
        variances[j] += shares[k] * centred[k][j] * centred[k][j];
      }
    }
  }

  /** The mean of class k less that of all rows, null where absent. */
  double[] centred(int k) {
    return centred[k];
  }

  /** The variance of the class means in feature j. */
  double variance(int j) {
    return variances[j];
  }

  /** S + c (sum of share times centred mean times its transpose). */
  void addTo(PackedSymmetric s, double c) {
    for (int k = 0; k < shares.length; k++) {
      if (centred[k] != null) {
        s.addRankOneInPlace(c * shares[k], centred[k]);
      }
    }
  }

  /** Whether a feature with this variance within the classes varies there at all. */
  boolean variesWithin(int j, double variance) {
    return variance > ScaledSystem.RANK_TOLERANCE * (variance + variances[j]);
  }

  /** The deviations of a covariance, and those between the classes where it has none. */
  double[] scales(PackedSymmetric s) {
    double[] scales = s.diagonal();
    for (int j = 0; j < scales.length; j++) {
      double variance =
          variesWithin(j, scales[j]) ? scales[j] : Math.max(0, scales[j]) + variances[j];
      scales[j] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return scales;
  }

  /**
   * The variance between the classes of what a combination of features leaves of another, as a
   * share of 1 plus the squares of its terms; all in deviations.
   */
  double residual(int column, int[] others, double[] combination, double[] scales) {
    double sum = 0;
    double size = 0;
    for (int k = 0; k < shares.length; k++) {
      if (centred[k] == null) {
        continue;
      }
      double left = centred[k][column] / scales[column];
      double terms = left * left;
      for (int i = 0; i < others.length; i++) {
        double term = combination[i] * centred[k][others[i]] / scales[others[i]];
        left -= term;
        terms += term * term;
      }
      sum += shares[k] * left * left;
      size += shares[k] * terms;
    }
    return sum / (1 + size);
  }
}
