// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/** What changing a key's value can change. */
public enum Effect {
  /** The numbers that a job computes from given rows: such keys guard a resume and an append. */
  RESULT,
  /** Which rows are read: such keys guard a resume, while an append may bring new rows. */
  DATA,
  /** Only how, where to or how fast: free to change between two runs that belong together. */
  OPERATION
}
