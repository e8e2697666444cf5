// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Key;
import java.util.Objects;
import java.util.Optional;

/**
 * How the input holds its draws.
 *
 * @param layout wide or long
 * @param chain column with the number of the chain
 * @param iteration column with the number of the draw in its chain
 * @param parameter column with the name of the parameter
 * @param value column with the draw
 * @param logWeight column, or parameter of a long table, with the logarithm of a draw's weight
 */
public record DrawsConfig(
    @Key(
            doc =
                "wide: a row for each draw, a column for each parameter; long: a row for each draw of"
                    + " each parameter; auto: long where the columns draws.parameter and"
                    + " draws.value are there",
            fallback = "auto",
            effect = Effect.DATA)
        Layout layout,
    @Key(
            doc =
                "Column with the number of the chain; unset: chain or .chain, and one chain where"
                    + " there is neither",
            effect = Effect.DATA)
        Optional<String> chain,
    @Key(
            doc =
                "Column with the number of the draw in its chain, ascending with time; unset:"
                    + " iteration or .iteration",
            effect = Effect.DATA)
        Optional<String> iteration,
    @Key(
            doc = "Column of a long table with the name of the parameter",
            fallback = "parameter",
            effect = Effect.DATA)
        String parameter,
    @Key(doc = "Column of a long table with the draw", fallback = "value", effect = Effect.DATA)
        String value,
    @Key(
            doc =
                "Column (parameter of a long table) with the logarithm of the importance weight of"
                    + " a draw; unset: log_weight__ where there is one",
            effect = Effect.DATA)
        Optional<String> logWeight) {
  /** Refuses null. */
  public DrawsConfig {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(iteration, "iteration");
    Objects.requireNonNull(parameter, "parameter");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(logWeight, "logWeight");
  }
}
