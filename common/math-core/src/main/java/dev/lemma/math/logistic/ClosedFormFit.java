// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * What a closed form gives.
 *
 * @param model the model, in the units of the rows
 * @param rho the share by which the covariance was shrunk, in [0, 1]; 0 for a ridge
 * @param diagnosis how sound the equations were
 */
public record ClosedFormFit(LinearModel model, double rho, Diagnosis diagnosis) {}
