// SPDX-License-Identifier: Apache-2.0
/**
 * Data whose truth is known: rows addressed by their number, so that row n is the same in every
 * partitioning. {@link dev.lemma.math.synthetic.GaussianClasses} for classification, {@link
 * dev.lemma.math.synthetic.LowRank} for singular values, {@link
 * dev.lemma.math.synthetic.SparseZipf} for sparse rows with a long tail, {@link
 * dev.lemma.math.synthetic.DenseClusters} for near neighbours.
 */
package dev.lemma.math.synthetic;
