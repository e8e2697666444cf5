// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** What to do with chains of different lengths. */
public enum RaggedChains {
  /** Ends the run. */
  FAIL,
  /** Keeps the first draws of each chain, as many as the shortest has. */
  TRIM
}
