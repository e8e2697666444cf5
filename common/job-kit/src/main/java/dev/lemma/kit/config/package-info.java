// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration of jobs: HOCON files and {@code KEY=VALUE} words, bound to records.
 *
 * <p>A job describes its keys by a record whose components carry {@link
 * dev.lemma.kit.config.Key @Key}; {@link dev.lemma.kit.config.ConfigLoader} fills such a record or
 * reports every mistake at once, and {@link dev.lemma.kit.config.Resolved} keeps where each value
 * came from. The records that all jobs share ({@code input}, {@code columns}, {@code output} and
 * the settings of a run) live here too. Nothing in this package starts Spark.
 */
package dev.lemma.kit.config;
