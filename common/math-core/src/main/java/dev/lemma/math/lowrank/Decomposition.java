// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.Optional;

/**
 * The leading singular triplets of a prepared m x n matrix, A = U diag(s) V' up to the rest.
 *
 * @param figures singular values, and how good they are
 * @param right V, n x k
 * @param start W of the last read if it was the matrix of Gaussians
 * @param basis W of the last read if it was not: the row of U that belongs to a row a of the
 *     prepared A is a W T
 * @param leftTransform T, a row of k numbers for each column of W
 */
public record Decomposition(
    SvdFigures figures,
    TallMatrix right,
    Optional<GaussianBasis> start,
    Optional<TallMatrix> basis,
    double[][] leftTransform)
    implements SvdOutcome {}
