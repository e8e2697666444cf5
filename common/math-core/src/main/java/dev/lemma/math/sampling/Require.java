// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** The checks that several samplers share, and their wording. */
final class Require {
  private Require() {}

  static int dimension(int dimension) {
    return atLeast("dimension of the target", dimension, 1);
  }

  static int atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          what + ": expected at least " + least + ", found " + value);
    }
    return value;
  }

  static long atLeast(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          what + ": expected at least " + least + ", found " + value);
    }
    return value;
  }

  static double positive(String what, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          what + ": expected a positive finite number, found " + value);
    }
    return value;
  }

  /** Strictly between 0 and 1. */
  static double share(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          what + ": expected a number between 0 and 1, found " + value);
    }
    return value;
  }

  static double[] finite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            what + ": expected finite numbers, found " + values[i] + " at position " + i);
      }
    }
    return values;
  }

  static double[] length(String what, double[] values, long expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          what + ": expected " + expected + " numbers, found " + values.length);
    }
    return values;
  }
}
