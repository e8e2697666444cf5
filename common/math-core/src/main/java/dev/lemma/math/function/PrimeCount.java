// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * The primes of a range: how many, and what they add up to.
 *
 * @param count at least 0
 * @param sum exact
 */
public record PrimeCount(long count, long sum) {
  /** No primes. */
  public static final PrimeCount NONE = new PrimeCount(0, 0);

  /**
   * The primes of two ranges without a common one.
   *
   * @throws ArithmeticException if the sum does not fit into a long
   */
  public PrimeCount plus(PrimeCount other) {
    return new PrimeCount(count + other.count, Math.addExact(sum, other.sum));
  }
}
