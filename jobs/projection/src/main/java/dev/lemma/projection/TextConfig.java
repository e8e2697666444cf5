// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Key;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;

/**
 * How a text column becomes features.
 *
 * @param unit what a text is cut into
 * @param minGram shortest n-gram
 * @param maxGram longest n-gram
 * @param weighting weight of a feature
 * @param norm scale of a row
 */
public record TextConfig(
    @Key(doc = "What a text is cut into", fallback = "words") TextUnit unit,
    @Key(doc = "Shortest n-gram, in units", fallback = "1") int minGram,
    @Key(doc = "Longest n-gram, in units", fallback = "1") int maxGram,
    @Key(
            doc = "Weight of a feature in a text: its count, 1 + ln(count), or tf-idf",
            fallback = "count")
        Weighting weighting,
    @Key(doc = "l2: each text is scaled to length 1", fallback = "none") RowNorm norm)
    implements Checked {
  /** Checks the range of each component. */
  public TextConfig {
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

  /** The specification that these keys spell. */
  public TextSpec spec() {
    return new TextSpec(unit, minGram, maxGram, weighting, norm);
  }
}
