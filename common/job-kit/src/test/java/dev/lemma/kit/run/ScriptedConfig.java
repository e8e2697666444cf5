// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.Optional;

/** Configuration of the jobs that tests write on the spot. */
public record ScriptedConfig(
    @Key(doc = "Input") Optional<InputConfig> input,
    @Key(doc = "Output") OutputConfig output,
    @Key(doc = "A key that decides the result", fallback = "1") int factor,
    @Inline RunConfig run) {}
