// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/**
 * A configuration record with rules between its components. Ranges of a single component belong in
 * the compact constructor.
 */
public interface Checked {
  /**
   * Reports every rule that the values break. Runs once, after the components were found sound one
   * by one.
   */
  void check(Findings findings);
}
