// SPDX-License-Identifier: Apache-2.0
/**
 * Blocks of numbers and sums over them: sparse rows ({@link dev.lemma.math.linalg.SparseRow}), how
 * sums are formed ({@link dev.lemma.math.linalg.Kernel}, {@link dev.lemma.math.linalg.Precision}),
 * sums that no order can change ({@link dev.lemma.math.linalg.ExactSum}, {@link
 * dev.lemma.math.linalg.ExactSums}, {@link dev.lemma.math.linalg.Leaves}), symmetric matrices, how
 * rows are summed into them and how they are factorised ({@link
 * dev.lemma.math.linalg.PackedSymmetric}, {@link dev.lemma.math.linalg.GramKernel}, {@link
 * dev.lemma.math.linalg.Cholesky}, {@link dev.lemma.math.linalg.PivotedCholesky}, {@link
 * dev.lemma.math.linalg.SymmetricEigen}, {@link dev.lemma.math.linalg.SmallSvd}) or solved with by
 * their products alone ({@link dev.lemma.math.linalg.ConjugateGradients}), and the matrix products
 * that a caller may lend ({@link dev.lemma.math.linalg.Gemm}, {@link
 * dev.lemma.math.linalg.GramBlas}).
 *
 * <p>Arrays are flat and row-major, and every type says its layout. Nothing here draws random
 * numbers or knows of Spark.
 */
package dev.lemma.math.linalg;
