// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * How far from the minimum of the mean penalised log-loss a model is: half the squared Newton
 * decrement per unit of weight, g' H<sup>-1</sup> g / 2, which estimates the excess.
 *
 * @param lambda of the ridge towards zero that defines the minimum
 * @param excess the estimate where derivatives were last taken, nats a unit of weight
 * @param ofModel whether that is the model itself; if not the model is a step from there that no
 *     pass has seen, and the excess is usually far less
 */
public record Certificate(double lambda, double excess, boolean ofModel) {}
