// SPDX-License-Identifier: Apache-2.0
/**
 * Randomized singular value decomposition and PCA of a matrix whose rows are only passed over: what
 * a pass is asked for ({@link dev.lemma.math.lowrank.PassPlan}), how rows are summed ({@link
 * dev.lemma.math.lowrank.PowerKernel}, {@link dev.lemma.math.lowrank.PowerSums}), who makes the
 * passes ({@link dev.lemma.math.lowrank.RowPasses}) and what is made of them ({@link
 * dev.lemma.math.lowrank.RandomizedSvd}, {@link dev.lemma.math.lowrank.SvdOutcome}).
 *
 * <p>A is m x n, one row for each row of the data. With W an n x l basis a pass returns A'(A W) and
 * (A W)'(A W) at once, so that a power step costs one read of A. Centring and scaling of the
 * columns are corrections of these sums: A is never changed, and sparse rows stay sparse.
 *
 * <p>Sources: N. Halko, P. G. Martinsson, J. A. Tropp, <em>Finding structure with randomness</em>,
 * 2011, <a href="https://doi.org/10.1137/090771806">doi:10.1137/090771806</a>; H. Li, G. C.
 * Linderman, A. Szlam, K. P. Stanton, Y. Kluger, M. Tygert, <em>Algorithm 971</em>, 2017, <a
 * href="https://doi.org/10.1145/3004053">doi:10.1145/3004053</a>; J. A. Tropp, A. Yurtsever, M.
 * Udell, V. Cevher, <em>Fixed-rank approximation of a positive-semidefinite matrix from streaming
 * data</em>, 2017, <a href="https://arxiv.org/abs/1706.05736">arXiv:1706.05736</a>.
 */
package dev.lemma.math.lowrank;
