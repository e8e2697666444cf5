// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What one pass bought.
 *
 * @param pass its number, from 1
 * @param name what was done, in a few words
 * @param heldOutLoss mean log-loss, nats, of the model after this pass on rows it was made without;
 *     NaN where none is known
 * @param heldOutError standard error of it over the folds, NaN where none is known
 * @param basis how the loss was found
 * @param decrement half the squared Newton decrement per unit of weight at the point where the pass
 *     took derivatives: about how far its mean penalised loss was above the minimum; NaN without
 *     derivatives
 * @param taken whether the model changed by it
 */
public record LadderStage(
    int pass,
    String name,
    double heldOutLoss,
    double heldOutError,
    LossBasis basis,
    double decrement,
    boolean taken) {}
