// SPDX-License-Identifier: Apache-2.0
/**
 * Logistic regression in closed form on Spark. The jobs {@code logistic-stats} and {@code
 * logistic-merge} make and add up the statistics that models are solved from; the mathematics lies
 * in {@code dev.lemma.math.logistic}.
 *
 * <p>{@link dev.lemma.logistic.LabelledRows} says what of an input takes part, {@link
 * dev.lemma.logistic.Scan} takes a {@link dev.lemma.logistic.RowPass} through it, by partitions or
 * by the leaves of an exact sum, and {@link dev.lemma.logistic.MomentPass} is the pass of the
 * statistics.
 */
package dev.lemma.logistic;
