// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/** Where {@link Checked} records report what is wrong; keys are relative to the record. */
public interface Findings {
  /**
   * Adds a problem.
   *
   * @param key the key at fault, relative to the record that reports, such as {@code path}
   * @param what what is wrong
   * @param remedy what to do
   */
  void add(String key, String what, String remedy);
}
