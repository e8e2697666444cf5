// SPDX-License-Identifier: Apache-2.0
/**
 * Text to sparse rows without a dictionary: a versioned tokenizer, n-grams, and ids that are the
 * 64-bit hash of a feature's name.
 *
 * <p>Begin at {@link dev.lemma.math.text.TextVectorizer}; {@link dev.lemma.math.text.TextSpec} says
 * what it computes, {@link dev.lemma.math.text.DocumentFrequencies} holds the one table that tf-idf
 * needs, {@link dev.lemma.math.text.XxHash64} is the hash.
 */
package dev.lemma.math.text;
