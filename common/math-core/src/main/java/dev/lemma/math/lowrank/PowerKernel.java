// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.SparseRow;

/**
 * Sums what a {@link PassPlan} asks for over rows that come one by one, dense or sparse as each is.
 * 4 z l operations for a row of z non-zero values (2 z l without A'Y), and l<sup>2</sup> for the
 * Gram matrix.
 *
 * <p>Holds W as far as rows touch it, the sums and a batch of rows; allocates nothing else. Not
 * thread-safe.
 */
public sealed interface PowerKernel permits LoopPower, BlasPower {
  /**
   * Own loops: every sum adds its terms row by row and zeros leave no trace, so the bits follow
   * from the order of the rows alone, whether they come dense or sparse.
   */
  static PowerKernel loops(PassPlan plan) {
    return new LoopPower(plan);
  }

  /** Dense rows through the caller's library, in batches; sparse ones as in {@link #loops}. */
  static PowerKernel blas(PassPlan plan, Gemm gemm) {
    return new BlasPower(plan, gemm);
  }

  /**
   * Adds a dense row.
   *
   * @param row n finite numbers; copied
   */
  void add(double[] row);

  /**
   * Adds a sparse row.
   *
   * @param row ids from 0 to n - 1, ascending, without zeros; copied
   */
  void add(SparseRow row);

  /** The sums over the rows since the last call; the kernel begins anew. */
  PowerSums finish();
}
