// SPDX-License-Identifier: Apache-2.0
/**
 * The command: {@link dev.lemma.suite.Main} finds the jobs, reads the command line, binds the
 * configuration and hands it to the job's run.
 */
package dev.lemma.suite;
