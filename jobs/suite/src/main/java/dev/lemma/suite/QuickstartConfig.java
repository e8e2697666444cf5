// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;

/**
 * Configuration of the job {@code quickstart}.
 *
 * @param output where the result goes
 * @param run what all jobs have
 */
public record QuickstartConfig(
    @Key(doc = "Where the result goes", fallback = "{ path = lemma-quickstart, mode = overwrite }")
        OutputConfig output,
    @Inline("precision = float") RunConfig run) {}
