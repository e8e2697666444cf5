// SPDX-License-Identifier: Apache-2.0
/**
 * Rows, sums and the order in which they are formed: {@link dev.lemma.math.linalg.SparseRow}
 * between a reader and a kernel, {@link dev.lemma.math.linalg.ExactSum} for scalars, and {@link
 * dev.lemma.math.linalg.Leaves} with {@link dev.lemma.math.linalg.PairwiseMerge} for what is too
 * large to be summed exactly.
 */
package dev.lemma.math.linalg;
