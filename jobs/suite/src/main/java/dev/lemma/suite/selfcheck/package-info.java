// SPDX-License-Identifier: Apache-2.0
/**
 * The job {@code selfcheck}: does this cluster compute right, and how fast? {@link
 * dev.lemma.suite.selfcheck.SelfcheckJob} sends the same computations to every executor ({@code
 * Errand}), whose answers are known beforehand or must agree ({@code KnownAnswers}), measures rates
 * there ({@code Gauges}), shares out work whose total is known, and judges all readings on the
 * driver ({@code Verdict}). Checks and judgement are pure and know nothing of Spark.
 */
package dev.lemma.suite.selfcheck;
