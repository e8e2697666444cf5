// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/** Mean and variance of a stretch of an array, in two passes and in the order of the array. */
final class Moments {
  private Moments() {}

  /** The mean of {@code count} numbers; equal numbers have exactly their value as mean. */
  static double mean(double[] x, int from, int count) {
    double shift = x[from];
    double sum = 0;
    for (int i = from + 1; i < from + count; i++) {
      sum += x[i] - shift;
    }
    double mean = shift + sum / count;
    double rest = 0;
    for (int i = from; i < from + count; i++) {
      rest += x[i] - mean;
    }
    return mean + rest / count;
  }

  /** The variance with divisor count - 1; NaN for one number, exactly 0 for equal ones. */
  static double variance(double[] x, int from, int count, double mean) {
    double squares = 0;
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      double d = x[i] - mean;
      squares += d * d;
      sum += d;
    }
    return (squares - sum * sum / count) / (count - 1);
  }
}
