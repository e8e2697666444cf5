// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

/** The value of a feature that occurs in a text. */
public enum Weighting {
  /** The number of its occurrences. */
  COUNT,
  /** 1 + ln(count). */
  LOG,
  /** count · (ln((1 + N) / (1 + df)) + 1), with {@link DocumentFrequencies} of N texts. */
  TF_IDF
}
