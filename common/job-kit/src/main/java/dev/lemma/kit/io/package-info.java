// SPDX-License-Identifier: Apache-2.0
/**
 * Reading inputs and publishing outputs.
 *
 * <p>{@link dev.lemma.kit.io.Source} loads what an {@code input} block names: a path, a table, a
 * data source with its options, or a bundled sample.
 *
 * <p>{@link dev.lemma.kit.io.Publication} is where a job puts its results; {@link
 * dev.lemma.kit.io.Publisher} stages them beside the output, keeps other runs away by a lease, and
 * swaps them in with a journal, so that readers find the old output or the new one and a run that
 * was cut short at any point is repaired by the next one.
 */
package dev.lemma.kit.io;
