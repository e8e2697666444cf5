// SPDX-License-Identifier: Apache-2.0
/**
 * The small functions of {@code dev.lemma.math.function} where people work: in SQL, by {@code
 * spark.sql.extensions=dev.lemma.functions.LemmaExtensions} or {@link
 * dev.lemma.functions.LemmaFunctions#register}, and in Java as {@link dev.lemma.functions.Columns}.
 *
 * <p>{@link dev.lemma.functions.Catalogue} lists them with all that is told about each; a {@link
 * dev.lemma.functions.ScalarExpression} replaces itself by a call of the static method that
 * computes it, inside Spark's generated code; a {@link dev.lemma.functions.AggregateExpression}
 * keeps exact sums, so that neither order nor partitions leave a trace.
 */
package dev.lemma.functions;
