// SPDX-License-Identifier: Apache-2.0
/**
 * The report of a run: one self-contained HTML page with charts drawn as inline SVG.
 *
 * <p>Start at {@link dev.lemma.kit.report.Page}. A page holds headline numbers, facts, tables and
 * {@linkplain dev.lemma.kit.report.Chart charts}; it loads nothing from elsewhere, runs no script,
 * follows the reader's light or dark scheme and prints. The same content gives the same bytes on
 * every machine: no clock, locale or hash order enters. Nothing here knows Spark.
 */
package dev.lemma.kit.report;
