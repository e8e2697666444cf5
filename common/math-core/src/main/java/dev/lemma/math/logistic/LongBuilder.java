// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/** Writes a state as longs; {@link LongCursor} reads it. A block is its length and its longs. */
final class LongBuilder {
  private long[] longs = new long[64];
  private int size;

  LongBuilder add(long value) {
    reserve(1);
    longs[size++] = value;
    return this;
  }

  LongBuilder addDouble(double value) {
    return add(Double.doubleToLongBits(value));
  }

  LongBuilder addBlock(long[] block) {
    reserve(block.length + 1);
    longs[size++] = block.length;
    System.arraycopy(block, 0, longs, size, block.length);
    size += block.length;
    return this;
  }

  long[] toLongs() {
    return Arrays.copyOf(longs, size);
  }

  private void reserve(int more) {
    if (size + more > longs.length) {
      longs = Arrays.copyOf(longs, Math.max(2 * longs.length, size + more));
    }
  }
}
