// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Key;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.io.Serializable;

/**
 * What the terms of a text are.
 *
 * @param unit what a text is cut into
 * @param minGram shortest term
 * @param maxGram longest term
 */
public record TermsConfig(
    @Key(doc = "What a text is cut into", fallback = "words") TextUnit unit,
    @Key(doc = "Shortest term, in units", fallback = "1") int minGram,
    @Key(doc = "Longest term, in units", fallback = "1") int maxGram)
    implements Checked, Serializable {
  /** Letters of a word and the space behind it. */
  private static final int LETTERS = 6;

  /** Checks the range of each component. */
  public TermsConfig {
    if (minGram < 1) {
      throw new IllegalArgumentException("min-gram must be at least 1, found " + minGram);
    }
    if (maxGram < 1) {
      throw new IllegalArgumentException("max-gram must be at least 1, found " + maxGram);
    }
  }

  @Override
  public void check(Findings findings) {
    if (minGram > maxGram) {
      findings.add(
          "max-gram",
          "max-gram = " + maxGram + " is below min-gram = " + minGram,
          "raise max-gram or lower min-gram");
    }
  }

  /** About how many terms a text has for each that it would have of single words. */
  long termsAWord() {
    return (maxGram - minGram + 1L) * (unit == TextUnit.CHARACTERS ? LETTERS : 1);
  }

  /** The specification that these keys spell: counts of terms. */
  TextSpec spec() {
    return new TextSpec(unit, minGram, maxGram, Weighting.COUNT, RowNorm.NONE);
  }
}
