// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A mean of twice the working precision: the unevaluated sum of {@code high}, the mean rounded, and
 * {@code low}, what rounding left over. Where the values are 1e8 times their spread, a rounded mean
 * would be off by 1e-8 of that spread, and every merge of scatters with it. Never changed once
 * made.
 *
 * @param high the mean rounded, d numbers
 * @param low the mean less {@code high}, d numbers
 */
record CellMean(double[] high, double[] low) implements Serializable {
  static CellMean of(double[] mean) {
    return new CellMean(mean.clone(), new double[mean.length]);
  }

  /** This + delta, by the error-free sum of Knuth. */
  CellMean plus(double[] delta) {
    int d = high.length;
    double[] h = new double[d];
    double[] l = new double[d];
    for (int j = 0; j < d; j++) {
      double a = high[j];
      double b = low[j] + delta[j];
      double sum = a + b;
      double part = sum - a;
      h[j] = sum;
      l[j] = (a - (sum - part)) + (b - part);
    }
    return new CellMean(h, l);
  }

  /** This - other; the difference of near high parts is exact. */
  double[] minus(CellMean other) {
    double[] e = new double[high.length];
    for (int j = 0; j < e.length; j++) {
      e[j] = (high[j] - other.high[j]) + (low[j] - other.low[j]);
    }
    return e;
  }

  CellMean select(int[] kept) {
    double[] h = new double[kept.length];
    double[] l = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      h[i] = high[kept[i]];
      l[i] = low[kept[i]];
    }
    return new CellMean(h, l);
  }

  CellMean append(double[] more) {
    int d = high.length;
    double[] h = Arrays.copyOf(high, d + more.length);
    System.arraycopy(more, 0, h, d, more.length);
    return new CellMean(h, Arrays.copyOf(low, h.length));
  }
}
