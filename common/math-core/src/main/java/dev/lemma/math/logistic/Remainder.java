// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * What a subtraction leaves of a column that has nothing left: rounding noise, of which a model
 * would make a column of tiny deviation and a huge coefficient. A pixel that only the rows taken
 * away had set is such a column; it is constant afterwards, and shall be so exactly.
 */
final class Remainder {
  /** Share of what was there that a few roundings leave behind. */
  private static final double NOISE = 0x1p-48;

  private Remainder() {}

  /**
   * Clears rows and columns whose diagonal is noise.
   *
   * @param left what is left of a scatter matrix
   * @param whole what there was
   */
  static void clearInPlace(PackedSymmetric left, PackedSymmetric whole) {
    for (int j = 0; j < left.order(); j++) {
      if (left.get(j, j) <= NOISE * whole.get(j, j)) {
        for (int i = 0; i < left.order(); i++) {
          left.set(i, j, 0);
        }
      }
    }
  }

  /**
   * The mean with 0 where it is noise.
   *
   * @param spread d deviations of the columns before the subtraction
   */
  static CellMean cleared(CellMean mean, double[] spread) {
    double[] high = mean.high().clone();
    double[] low = mean.low().clone();
    for (int j = 0; j < high.length; j++) {
      if (Math.abs(high[j]) <= NOISE * spread[j]) {
        high[j] = 0;
        low[j] = 0;
      }
    }
    return new CellMean(high, low);
  }

  /** Deviations within the classes, from the scatters of all of them. */
  static double[] spread(ClassMoments moments) {
    double[] spread = moments.pooledScatter().diagonal();
    for (int j = 0; j < spread.length; j++) {
      spread[j] = Math.sqrt(Math.max(0, spread[j] / moments.weight()));
    }
    return spread;
  }
}
