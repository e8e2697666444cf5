// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.linalg.ExactSum;

/**
 * An exact sum of terms that belong to shelves, of which the topmost two are kept. A term of shelf
 * q counts e<sup>256 q</sup>; below the top shelf and the next there is nothing that could be seen.
 * Which terms count is settled by the highest shelf of all, so that the sum is a function of the
 * multiset of terms.
 */
final class ScaledSum {
  /** Width of a shelf in the exponent. */
  static final double WIDTH = 256;

  private ExactSum top = new ExactSum();
  private ExactSum next = new ExactSum();

  /** The shelf of an exponent; the remainder lies in [-128, 128] and is exact. */
  static double shelf(double x) {
    // Adding 0 makes one of the two zeros, which would tell the order in the state.
    return Math.rint(x / WIDTH) + 0.0;
  }

  /** Moves to a higher top shelf. */
  void raise(double from, double to) {
    ExactSum cleared = next;
    cleared.clear();
    if (to == from + 1) {
      next = top;
    } else {
      top.clear();
      next = top;
    }
    top = cleared;
  }

  /** Adds a term, {@code below} shelves under the top; what is further down counts nothing. */
  void add(double term, double below) {
    if (below == 0) {
      top.add(term);
    } else if (below == 1) {
      next.add(term);
    }
  }

  /** Adds another sum whose top shelf is {@code below} shelves under this one's. */
  void merge(ScaledSum other, double below) {
    if (below == 0) {
      top.merge(other.top);
      next.merge(other.next);
    } else if (below == 1) {
      next.merge(other.top);
    }
  }

  /** The exact sum of the top shelf; a caller that adds to it takes away again. */
  ExactSum top() {
    return top;
  }

  /** The exact sum of the shelf below, whose terms count e^-256. */
  ExactSum next() {
    return next;
  }

  void restore(ExactSum storedTop, ExactSum storedNext) {
    top = storedTop;
    next = storedNext;
  }
}
