// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/** How sums of many terms are formed. */
public enum Kernel {
  /**
   * Own loops in one fixed order: the same bits for every partitioning, batch size and encoding of
   * a row.
   */
  EXACT,
  /** The BLAS of the machine: the last bits depend on it and on the batch. */
  FAST
}
