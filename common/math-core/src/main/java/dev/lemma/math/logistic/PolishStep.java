// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What one pass of a {@link Polish} found.
 *
 * @param pass its number, from 1
 * @param step share of the proposed step that was taken to get to the point of this pass; for the
 *     first pass the share of the start's distance from the model without slopes
 * @param meanLoss mean log-loss over the rows seen, nats
 * @param objective (loss + penalty) per unit of weight
 * @param decrement half the squared Newton decrement per unit of weight: what the quadratic model
 *     says is left to gain; NaN where derivatives were not taken
 */
public record PolishStep(
    int pass, double step, double meanLoss, double objective, double decrement) {}
