// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

/** What is promised of the ratio of two figures. */
enum Promise {
  /** Nothing: the figure stands there to be looked at. */
  NONE,
  /** The ratio reaches the limit. */
  AT_LEAST,
  /** The ratio does not exceed the limit. */
  AT_MOST,
  /** The ratio differs from 1 by at most the limit. */
  WITHIN;

  boolean holds(double ratio, double limit) {
    return switch (this) {
      case NONE -> true;
      case AT_LEAST -> ratio >= limit;
      case AT_MOST -> ratio <= limit;
      case WITHIN -> Math.abs(ratio - 1) <= limit;
    };
  }

  /** The promise as a table shows it. */
  String text(double limit) {
    return switch (this) {
      case NONE -> "";
      case AT_LEAST -> ">= " + number(limit);
      case AT_MOST -> "<= " + number(limit);
      case WITHIN -> "1 +- " + number(limit);
    };
  }

  private static String number(double limit) {
    return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
  }
}
