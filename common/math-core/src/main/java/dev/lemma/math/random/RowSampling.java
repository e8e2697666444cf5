// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.text.XxHash64;
import java.util.Comparator;

/**
 * Folds, Bernoulli samples and bottom-k samples of rows as pure functions of the row key. Each
 * purpose ({@code "pairs"}, {@code "folds"}, ...) and seed gives its own priority to every row:
 *
 * <pre>
 * salt         = xxHash64(UTF-8 bytes of purpose, seed)
 * priority     = mix(mix(first xor salt) + second)          additions modulo 2^64
 * mix(z)       : z = (z xor z >>> 30) * bf58476d1ce4e5b9;
 *                z = (z xor z >>> 27) * 94d049bb133111eb;  z xor z >>> 31
 * </pre>
 *
 * <p>where mix is the bijective finalizer of SplitMix64, so that what one purpose selects says
 * nothing about what another does. Priorities are read as unsigned numbers. Immutable and
 * thread-safe; nothing is allocated.
 *
 * <ul>
 *   <li>A sample at a higher rate contains the one at a lower rate.
 *   <li>The k rows that come first by {@link #order} are a uniform sample without replacement;
 *       partial bottom-k samples of disjoint parts merge to that of the whole.
 *   <li>Rows 2i and 2i + 1 of such a sample, in that order, are disjoint uniform pairs.
 * </ul>
 *
 * <p>Rows with equal keys have equal priorities: they are taken or left together.
 *
 * @param salt hash of purpose and seed
 * @see <a href="https://doi.org/10.1145/2714064.2660195">G. L. Steele, D. Lea, C. H. Flood: Fast
 *     splittable pseudorandom number generators, 2014</a>
 */
public record RowSampling(long salt) {
  /** Version of the mix; frozen test vectors hold it in place. */
  public static final int VERSION = 1;

  private static final double UNIT = 0x1p-53;

  /** 2<sup>64</sup> over the golden ratio, odd: the priorities of a row's copies all differ. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /**
   * The selections of one purpose.
   *
   * @param purpose name of what the rows are selected for, not empty
   * @param seed seed of the run
   */
  public static RowSampling of(String purpose, long seed) {
    if (purpose.isEmpty()) {
      throw new IllegalArgumentException("the purpose of a row sample needs a name, found none");
    }
    return new RowSampling(XxHash64.hash(purpose, seed));
  }

  /** The row's priority for this purpose, an unsigned 64-bit number; low ones are taken first. */
  public long priority(RowKey key) {
    return mix(mix(key.first() ^ salt) + key.second());
  }

  /**
   * The priority of one of several equal rows; that of copy 0 is the priority of the key.
   *
   * <pre>
   * priority(key, c) = mix(priority(key) + c * 9e3779b97f4a7c15)     for c above 0
   * </pre>
   *
   * @param copy number of the row among those with its key, from 0
   */
  public long priority(RowKey key, long copy) {
    long priority = priority(key);
    return copy == 0 ? priority : mix(priority + copy * GOLDEN);
  }

  /** The row's uniform number in [0, 1): the high 53 bits of its priority. */
  public double uniform(RowKey key) {
    return (priority(key) >>> 11) * UNIT;
  }

  /**
   * Whether a Bernoulli sample at this rate takes the row.
   *
   * @param rate probability in [0, 1]
   * @throws IllegalArgumentException if the rate is outside [0, 1] or NaN
   */
  public boolean takes(RowKey key, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a sampling rate must lie in [0, 1], found " + rate);
    }
    return uniform(key) < rate;
  }

  /**
   * The fold of a row.
   *
   * @param folds number of folds, at least 1
   * @return a number from 0 to folds - 1
   * @throws IllegalArgumentException if {@code folds} is below 1
   */
  public int fold(RowKey key, int folds) {
    return Leaves.rangeOf(priority(key), folds);
  }

  /** Orders by priority, then key: the order in which rows enter a bottom-k sample. */
  public int compare(RowKey one, RowKey other) {
    int byPriority = Long.compareUnsigned(priority(one), priority(other));
    return byPriority != 0 ? byPriority : one.compareTo(other);
  }

  /** {@link #compare} as a comparator. */
  public Comparator<RowKey> order() {
    return this::compare;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
