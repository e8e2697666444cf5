// SPDX-License-Identifier: Apache-2.0
/**
 * The life of a run.
 *
 * <p>A {@link dev.lemma.kit.run.Job} is what a module adds to the suite; {@link
 * dev.lemma.kit.run.JobRunner} runs it and answers with an {@link dev.lemma.kit.run.ExitCode}; the
 * job sees its {@link dev.lemma.kit.run.Run}. What is wrong is told as a {@link
 * dev.lemma.kit.run.Problem}, thrown as {@link dev.lemma.kit.run.LemmaException}.
 */
package dev.lemma.kit.run;
