// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

/**
 * What one pass over the rows bought.
 *
 * @param pass its number, from 1
 * @param step what was done with it, in a few words
 * @param logLoss mean log-loss that it measured; NaN where it measured none
 */
public record PassGain(int pass, String step, double logLoss) {}
