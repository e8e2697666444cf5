// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/**
 * The decomposition of a tall matrix, X = V diag(s) C', up to rounding noise. In each column of V
 * the entry of largest size, the first among equals, is positive.
 *
 * @param values s, r numbers, descending
 * @param right V, n x r, orthonormal
 * @param core C: r vectors of as many entries as X has columns
 */
public record TallSvd(double[] values, TallMatrix right, double[][] core) {}
