// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes texts out of numbered words that look like nothing; generated code calls it. */
public final class Strangers implements Serializable {
  /** Words of a text. */
  static final int WORDS = 100;

  private static final long serialVersionUID = 1L;
  private static final int LETTERS = 36;

  private final long vocabulary;

  /** Words numbered from 0, starting again when so many were used. */
  Strangers(long vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The text of a row: its hundred words in the row of all words. */
  public UTF8String text(long row) {
    StringBuilder text = new StringBuilder(14 * WORDS);
    for (long word = row * WORDS; word < (row + 1) * WORDS; word++) {
      text.append(Long.toUnsignedString(scattered(word % vocabulary), LETTERS)).append(' ');
    }
    return UTF8String.fromBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** A bijection of the 64-bit numbers (SplitMix64): different words stay different. */
  private static long scattered(long word) {
    long x = (word + 1) * 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}
