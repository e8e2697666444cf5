// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Arrays;

/** The non-zero entries of a sparse column: outputs with a sign each. Reused. */
final class SignedPositions {
  private int[] codes = new int[4];
  private int size;

  void clear() {
    size = 0;
  }

  /** Number of entries. */
  int size() {
    return size;
  }

  /** Adds an entry behind the last. */
  void append(int position, boolean negative) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, Math.multiplyExact(size, 2));
    }
    codes[size++] = negative ? ~position : position;
  }

  /** The own array: a position where the sign is +1, its complement (negative) where it is -1. */
  int[] codes() {
    return codes;
  }
}
