// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

/**
 * The key of a row: two 64-bit xxHash values (seeds 0 and 1) of its canonical bytes. It depends on
 * the content of the row alone, so whatever is drawn, folded, sampled or ordered by it is the same
 * for every partitioning.
 *
 * <p>Keys are ordered as unsigned 128-bit numbers, {@code first} being the high half. Were the
 * hashes drawn at random, some two of N different rows would share a key with probability at most
 * N² / 2<sup>129</sup>: below 2e-15 for 1e12 rows. The hash is no defence against rows made to
 * collide.
 *
 * @param first hash of the canonical bytes with seed 0
 * @param second hash of the same bytes with seed 1
 * @see RowKeyHasher
 */
public record RowKey(long first, long second) implements Comparable<RowKey> {
  @Override
  public int compareTo(RowKey other) {
    int byFirst = Long.compareUnsigned(first, other.first);
    return byFirst != 0 ? byFirst : Long.compareUnsigned(second, other.second);
  }
}
