// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** What is done with a checkpoint of an earlier run. */
public enum Resume {
  /** Go on from it when there is one. */
  AUTO,
  /** Begin anew, and remove it. */
  NEVER,
  /** Go on from it, and fail when there is none. */
  REQUIRED
}
