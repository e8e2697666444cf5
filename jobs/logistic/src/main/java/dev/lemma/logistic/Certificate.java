// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

/**
 * How far a fit is from the maximum of the likelihood.
 *
 * @param decrement half the squared Newton decrement per unit of weight, at least 0: an estimate of
 *     how far the mean penalised log-loss is above its minimum
 * @param outcome how the steps ended, in a few words
 */
public record Certificate(double decrement, String outcome) {}
