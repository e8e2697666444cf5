// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Key;

/**
 * When draws are good enough.
 *
 * @param rHat largest R-hat of a parameter
 * @param essBulk smallest bulk effective size of a parameter, over all chains
 * @param kHat largest Pareto shape of importance weights
 */
public record LimitsConfig(
    @Key(
            doc = "Largest R-hat of a parameter; nested R-hat above 16 chains",
            fallback = "1.01",
            effect = Effect.OPERATION)
        double rHat,
    @Key(
            doc = "Smallest bulk effective size of a parameter, over all chains",
            fallback = "400",
            effect = Effect.OPERATION)
        double essBulk,
    @Key(
            doc = "Largest Pareto k-hat of importance weights, where there are any",
            fallback = "0.7",
            effect = Effect.OPERATION)
        double kHat) {
  /** Checks the ranges. */
  public LimitsConfig {
    if (!(rHat >= 1)) {
      throw new IllegalArgumentException("r-hat must be at least 1, found " + rHat);
    }
    if (!(essBulk >= 0)) {
      throw new IllegalArgumentException("ess-bulk must be at least 0, found " + essBulk);
    }
    if (!(kHat > 0)) {
      throw new IllegalArgumentException("k-hat must be above 0, found " + kHat);
    }
  }
}
