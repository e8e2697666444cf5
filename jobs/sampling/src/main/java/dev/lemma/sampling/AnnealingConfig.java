// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Key;
import dev.lemma.math.sampling.lattice.BetaLaw;
import java.util.Objects;

/**
 * How the temperature falls in search of the lowest energy.
 *
 * @param law how the inverse temperature grows; constant for no annealing
 * @param from its first value
 * @param to its last value
 * @param cycles how many times it goes from one to the other
 */
public record AnnealingConfig(
    @Key(
            doc =
                "constant: no annealing, all sweeps at beta; else how beta grows, sweep by sweep:"
                    + " linear, geometric or logarithmic",
            fallback = "constant")
        BetaLaw law,
    @Key(doc = "Inverse temperature of the first sweep", fallback = "0.1") double from,
    @Key(doc = "Inverse temperature of the last sweep", fallback = "3.0") double to,
    @Key(
            doc =
                "How many times beta goes from one to the other within the sweeps; each cycle"
                    + " starts from where the last one ended",
            fallback = "1")
        int cycles) {
  /** Checks the range of each component. */
  public AnnealingConfig {
    Objects.requireNonNull(law, "law");
    check("from", from);
    check("to", to);
    if (cycles < 1) {
      throw new IllegalArgumentException("cycles must be at least 1, found " + cycles);
    }
  }

  private static void check(String name, double beta) {
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, found " + beta);
    }
  }

  /** Whether the temperature changes. */
  boolean isOn() {
    return law != BetaLaw.CONSTANT;
  }
}
