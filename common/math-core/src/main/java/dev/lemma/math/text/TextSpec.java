// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.util.Objects;

/**
 * All that determines which features a text has and what they weigh. With {@link #VERSION} it is
 * part of the specification of whatever is computed from texts.
 *
 * <p><b>Version 1.</b> The text is UTF-8; each maximal ill-formed part counts as U+FFFD (the
 * practice of Unicode chapter 3.9). Every code point is mapped by the simple lower-case mapping of
 * Unicode 13, without regard to language or context: no locale, no final sigma, and the dotted
 * capital I becomes i. Nothing is normalized: a composed and a decomposed é are two texts.
 *
 * <ul>
 *   <li>{@link TextUnit#WORDS}: a word is a letter or decimal digit (categories L and Nd) and all
 *       letters, digits and combining marks (category M) that follow it. Everything else separates,
 *       the apostrophe, the hyphen and the underscore too: {@code don't} is {@code don} and {@code
 *       t}. An n-gram is n words in a row joined by one space.
 *   <li>{@link TextUnit#CHARACTERS}: white space (category Z and the controls 9 to D, 1C to 1F, 85)
 *       is stripped at both ends and collapsed to one space within. An n-gram is n code points in a
 *       row.
 * </ul>
 *
 * <p>A feature's name is its n-gram, its id the {@link XxHash64} with seed 0 of the name's UTF-8
 * bytes. Two of 1e7 names share an id with probability 3e-6. The classes and mappings are frozen in
 * the jar: the Java release has no say in them.
 *
 * @param unit what the text is cut into
 * @param minGram shortest n-gram, at least 1
 * @param maxGram longest n-gram, at least minGram
 * @param weighting value of a feature
 * @param norm scale of a row
 */
public record TextSpec(TextUnit unit, int minGram, int maxGram, Weighting weighting, RowNorm norm) {
  /** Version of the tokenizer and of the weights; frozen test vectors hold it in place. */
  public static final int VERSION = 1;

  /** Checks the range of n. */
  public TextSpec {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(weighting, "weighting");
    Objects.requireNonNull(norm, "norm");
    if (minGram < 1 || maxGram < minGram) {
      throw new IllegalArgumentException(
          "n-grams need 1 <= min-gram <= max-gram, found " + minGram + " and " + maxGram);
    }
  }

  /** The same features by their bare counts: what document frequencies are counted from. */
  public TextSpec counts() {
    return new TextSpec(unit, minGram, maxGram, Weighting.COUNT, RowNorm.NONE);
  }
}
