// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/** Reads what {@link LongBuilder} wrote; whatever does not fit is not a state of this kind. */
final class LongCursor {
  private final String kind;
  private final long[] longs;
  private int at;

  /**
   * Before the first long.
   *
   * @param kind what the state is of, with its article, for messages
   */
  LongCursor(String kind, long[] longs) {
    this.kind = kind;
    this.longs = longs;
  }

  boolean hasNext() {
    return at < longs.length;
  }

  long next() {
    if (at == longs.length) {
      throw broken();
    }
    return longs[at++];
  }

  double nextDouble() {
    return Double.longBitsToDouble(next());
  }

  /** A long that must lie in a range. */
  int next(int from, int to) {
    long value = next();
    if (value < from || value > to) {
      throw broken();
    }
    return (int) value;
  }

  long[] nextBlock() {
    long length = next();
    if (length < 0 || length > longs.length - at) {
      throw broken();
    }
    at += (int) length;
    return Arrays.copyOfRange(longs, at - (int) length, at);
  }

  IllegalArgumentException broken() {
    return new IllegalArgumentException(
        "not the state of " + kind + ": " + longs.length + " longs, wrong near " + at);
  }
}
