// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** Makes passes over the rows of one matrix. */
public interface RowPasses {
  /** The sums over all rows; each call reads every row once. */
  PowerSums run(PassPlan plan);
}
