// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.util.Arrays;

/**
 * In how many texts features occur: the one table that tf-idf needs, counted once, stored with the
 * specification and never refitted by later runs.
 *
 * <p>It has 2<sup>20</sup> counters, and a feature's is that of the high 20 bits of its id.
 * Features that share a counter share its value, the number of texts with at least one of them: the
 * frequency of a feature is therefore never below the truth and never above the number of texts,
 * and with V distinct features it is above by the frequencies of V / 2<sup>20</sup> others on
 * average. A feature that was never seen mostly finds a counter near 0 and weighs most.
 *
 * <p>Immutable and thread-safe. 8 MiB, and as much again from the first use of {@link #inverse}.
 */
public final class DocumentFrequencies {
  /** Number of counters: 2<sup>20</sup>. */
  public static final int COUNTERS = 1 << 20;

  private static final int COUNTER_SHIFT = 44;
  private static final int MEMO = 4096;

  private final long texts;
  private final long[] counters;
  private volatile double[] inverses;

  /** Owns the array. */
  DocumentFrequencies(long texts, long[] counters) {
    this.texts = texts;
    this.counters = counters;
  }

  /** The counter of a feature: the unsigned high 20 bits of its id. */
  static int counterOf(long id) {
    return (int) (id >>> COUNTER_SHIFT);
  }

  /** Number of texts that were counted. */
  public long texts() {
    return texts;
  }

  /** Number of texts with this feature or one that shares its counter. */
  public long frequency(long id) {
    return counters[counterOf(id)];
  }

  /**
   * The smoothed inverse document frequency ln((1 + N) / (1 + df)) + 1 of a feature, at least 1: as
   * if one more text held every feature.
   */
  public double inverse(long id) {
    return inverses()[counterOf(id)];
  }

  /** The inverse frequency of every counter, computed once. */
  double[] inverses() {
    double[] table = inverses;
    if (table == null) {
      table = invert();
      inverses = table;
    }
    return table;
  }

  /** The table as compact bytes, see {@link #of(byte[])}. */
  public byte[] toBytes() {
    return DocumentFrequencyBytes.write(texts, counters);
  }

  /**
   * The table with these bytes.
   *
   * @throws IllegalArgumentException if they are not what {@link #toBytes} makes
   */
  public static DocumentFrequencies of(byte[] bytes) {
    return DocumentFrequencyBytes.read(bytes);
  }

  /** The counters' own array. */
  long[] counters() {
    return counters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentFrequencies that
        && texts == that.texts
        && Arrays.equals(counters, that.counters);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(texts) + Arrays.hashCode(counters);
  }

  @Override
  public String toString() {
    return "DocumentFrequencies[texts=" + texts + "]";
  }

  private double[] invert() {
    double[] table = new double[COUNTERS];
    // Most counters are small: one logarithm for each value instead of each counter.
    double[] memo = new double[MEMO];
    for (int i = 0; i < COUNTERS; i++) {
      long frequency = counters[i];
      if (frequency >= MEMO) {
        table[i] = inverseOf(frequency);
      } else {
        int small = (int) frequency;
        if (memo[small] == 0) {
          memo[small] = inverseOf(frequency);
        }
        table[i] = memo[small];
      }
    }
    return table;
  }

  private double inverseOf(long frequency) {
    return StrictMath.log((1.0 + texts) / (1.0 + frequency)) + 1;
  }
}
