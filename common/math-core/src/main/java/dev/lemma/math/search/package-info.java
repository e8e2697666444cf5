// SPDX-License-Identifier: Apache-2.0
/**
 * Full-text search among a set of documents: an inverted index with BM25 weights, the k best
 * documents of a query, exactly, and the terms that tell a document from the others.
 *
 * <p>Begin at {@link dev.lemma.math.search.InvertedIndex}; {@link
 * dev.lemma.math.search.DocumentTerms} is what it is made of, {@link
 * dev.lemma.math.search.IndexSearch} asks it, {@link dev.lemma.math.function.Bm25} is the formula.
 */
package dev.lemma.math.search;
