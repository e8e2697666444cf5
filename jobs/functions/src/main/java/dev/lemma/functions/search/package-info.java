// SPDX-License-Identifier: Apache-2.0
/**
 * Full-text search as a Spark job: BM25 for query texts, and the documents related to each document
 * of a corpus by its strongest terms, exactly.
 *
 * <p>Begin at {@link dev.lemma.functions.search.RelatedJob}: {@link
 * dev.lemma.functions.search.TextTiles} collects documents, {@link
 * dev.lemma.functions.search.Corpus} weighs their terms and makes an index of each tile, {@link
 * dev.lemma.functions.search.Answers} brings queries and tiles together. The formulas are in {@code
 * dev.lemma.math.search}.
 */
package dev.lemma.functions.search;
