// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.Gemm;
import java.util.Optional;

/** Products of left rows with a tile of right rows, in binary32 and in an order of their own. */
interface Products {
  /**
   * Columns of a tile. Constant, for the compiler vectorises by what it saw of the loops' lengths.
   */
  int COLUMNS = 256;

  /** The kernel for two blocks of one kind. */
  static Products of(RowBlock left, RowBlock right, Optional<Gemm> gemm) {
    if (left.isSparse()) {
      return new SparseProducts(left, right);
    }
    return gemm.isPresent()
        ? new GemmProducts(left, right, gemm.get())
        : new LoopProducts(left, right);
  }

  /** Turns to the right rows from one on; how many: at most {@link #COLUMNS}. */
  int load(int from);

  /**
   * The products of a left row with the tile, of which as many count as were loaded; valid until
   * the next.
   */
  float[] row(int i);
}
