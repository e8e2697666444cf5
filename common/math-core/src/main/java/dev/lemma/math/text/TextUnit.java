// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

/** What a text is cut into. */
public enum TextUnit {
  /** Runs of letters and digits, joined by one space in n-grams of more than one word. */
  WORDS,
  /** Code points, white space collapsed to one space: for languages without spaces, for typos. */
  CHARACTERS
}
