// SPDX-License-Identifier: Apache-2.0

/**
 * Small exact functions, each in the form that keeps its digits: rectifiers and their smoothings,
 * log-sum-exp, softmax and its relatives, entropy and its normalisation, Mitchell's arithmetic,
 * initial weights, the ellipse, primes, BM25.
 *
 * <p>Functions of one number are static methods that allocate nothing and have no state: any thread
 * may call them. Where a Javadoc states an accuracy in ulp, it is that of the result, measured
 * against references of 50 digits that lie beside the tests with the script that made them, over
 * the range where the result is a normal double; the tests hold it. A parameter outside its range
 * gives NaN there, since a column has no caller to blame; functions of arrays say what they do with
 * NaN, infinities and nothing at all.
 */
package dev.lemma.math.function;
