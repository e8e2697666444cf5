// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/** Where a direct-mapped cache looks for an id. */
final class HotSlot {
  // 2^64 over the golden ratio: Fibonacci hashing spreads runs of ids and hashed ids alike.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private HotSlot() {}

  /** A slot in [0, mask], mask + 1 being a power of two of at most 2^31. */
  static int of(long id, int mask) {
    return (int) ((id * GOLDEN) >>> 32) & mask;
  }
}
