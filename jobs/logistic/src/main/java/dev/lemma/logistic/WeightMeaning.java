// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.WeightSemantics;
import java.util.Locale;

/** What the weight of a row stands for; statistics of different meanings do not add up. */
public enum WeightMeaning {
  /** A row of weight w counts as w equal rows: standard errors shrink with the sum of weights. */
  FREQUENCY,
  /** A row of weight w matters w times as much: standard errors follow the effective size. */
  IMPORTANCE,
  /** As frequency, and a row of negative weight takes back a row that was counted before. */
  SIGNED;

  /** The name as configurations and tables spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many rows weights of this meaning stand for. */
  public WeightSemantics semantics() {
    return switch (this) {
      case IMPORTANCE -> WeightSemantics.IMPORTANCE;
      case FREQUENCY, SIGNED -> WeightSemantics.FREQUENCY;
    };
  }

  /** Whether a weight below zero is a deletion and no fault. */
  boolean takesNegative() {
    return this == SIGNED;
  }
}
