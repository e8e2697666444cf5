// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/**
 * Mean and Monte Carlo standard error by 50 batches. Four errors of a normal mean with 49 degrees
 * of freedom: a false alarm in 1 of 4,700 comparisons; seeds are fixed.
 */
record BatchMeans(double mean, double error) {
  private static final int BATCHES = 50;

  static BatchMeans of(double[] values) {
    int length = values.length / BATCHES;
    double sum = 0;
    double squares = 0;
    for (int b = 0; b < BATCHES; b++) {
      double batch = 0;
      for (int i = 0; i < length; i++) {
        batch += values[b * length + i];
      }
      sum += batch / length;
      squares += batch / length * batch / length;
    }
    double mean = sum / BATCHES;
    double variance = (squares - BATCHES * mean * mean) / (BATCHES - 1);
    return new BatchMeans(mean, Math.sqrt(variance / BATCHES));
  }

  /** Distance from an exact value in standard errors. */
  double errorsFrom(double exact) {
    return Math.abs(mean - exact) / error;
  }
}
