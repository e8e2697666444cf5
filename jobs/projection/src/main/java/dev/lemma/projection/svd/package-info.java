// SPDX-License-Identifier: Apache-2.0
/**
 * Randomized SVD and PCA of rows on Spark: the job {@code svd} ({@link
 * dev.lemma.projection.svd.SvdJob}) and the stage {@link dev.lemma.projection.svd.RandomizedPca}.
 * The mathematics is in {@code dev.lemma.math.lowrank}; here are the passes over the rows ({@code
 * RowScan}), the way of a matrix to disk and back, and the report.
 */
package dev.lemma.projection.svd;
