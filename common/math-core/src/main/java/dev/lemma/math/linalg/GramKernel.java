// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/**
 * Adds the Gram matrix of rows, the sum of x x' over them, to a symmetric matrix of which the upper
 * triangle counts, packed as {@link PackedSymmetric} has it or square. Rows are loaded into slots,
 * as many as there are or {@link #capacity}, and then summed at once; a row of weight w is loaded
 * multiplied by the square root of w.
 *
 * <p>n d<sup>2</sup> flops for n rows of d entries. Allocates memory for its slots when the first
 * row is loaded and nothing afterwards; is not thread-safe.
 */
public sealed interface GramKernel permits BlasGram, LoopGram, SquareGram {
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

  /**
   * The caller's library on square sums: one symmetric product adds a load to its sum, which spares
   * the pass that packs it. Twice the memory for each sum, so for few of them.
   *
   * @param order d
   */
  static GramKernel square(int order, GramBlas blas) {
    return new SquareGram(order, blas);
  }

  /**
   * A kernel of the same kind and order with slots of its own, for another sum. The two share the
   * rest of their memory and belong to one thread.
   *
   * @param most largest number of slots, at least 1
   */
  GramKernel another(int most);

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
   * @param sum numbers of this kernel's layout: {@link #column}
   */
  void addTo(double[] sum, int count);

  /** Doubles of a sum: d (d + 1) / 2, packed, unless the kernel says otherwise. */
  default int length() {
    return PackedSymmetric.length(order());
  }

  /** Where the elements 0 to j of column j begin in a sum. */
  default int column(int j) {
    return PackedSymmetric.index(0, j);
  }

  /** A sum as a packed matrix, the same array where it is one already. */
  default double[] packed(double[] sum) {
    return sum;
  }
}
