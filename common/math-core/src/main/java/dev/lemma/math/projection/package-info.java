// SPDX-License-Identifier: Apache-2.0

/**
 * Johnson-Lindenstrauss projections: random k x d matrices R with E[R'R] = I, made from a {@link
 * dev.lemma.math.projection.ProjectionSpec} of a few bytes wherever they are needed.
 *
 * <p>{@link dev.lemma.math.projection.Projection#of} gives the matrix of a specification. Each
 * family is one class whose documentation defines every entry and the order of every addition.
 */
package dev.lemma.math.projection;
