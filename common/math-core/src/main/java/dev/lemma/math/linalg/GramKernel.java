// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * Adds the Gram matrix of rows, the sum of x x' over them, to a packed symmetric matrix in the
 * layout of {@link PackedSymmetric}. Rows are loaded into slots, as many as there are or {@link
 * #capacity}, and then summed at once; a row of weight w is loaded multiplied by the square root of
 * w.
 *
 * <p>n d<sup>2</sup> flops for n rows of d entries. Holds memory for one load, allocates nothing
 * afterwards, is not thread-safe.
 */
public sealed interface GramKernel permits BlasGram, LoopGram {
  /**
   * Own loops: element (i, j) becomes fma(x<sub>i</sub>, x<sub>j</sub>, element) for one row after
   * the other, so that the bits of the sum depend on the order of the rows alone and zeros leave no
   * trace. Uses {@link Math#fma}, which is fast where the processor has it.
   *
   * @param order d
   */
  static GramKernel loops(int order) {
    return new LoopGram(order);
  }

  /**
   * The caller's library on panels of the upper triangle. Worthwhile where it is native; the loops
   * are faster than a BLAS written in Java.
   *
   * @param order d
   */
  static GramKernel blas(int order, GramBlas blas) {
    return new BlasGram(order, blas);
  }

  /** Number of entries of a row, d. */
  int order();

  /** Number of slots. */
  int capacity();

  /**
   * Copies a row into a slot.
   *
   * @param slot from 0 to capacity - 1
   * @param row its first d entries count
   */
  void load(int slot, double[] row);

  /**
   * Adds the Gram matrix of the rows in the slots 0 to count - 1.
   *
   * @param packed d (d + 1) / 2 numbers
   */
  void addTo(double[] packed, int count);
}
