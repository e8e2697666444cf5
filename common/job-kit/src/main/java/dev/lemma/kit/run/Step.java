// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

/** Work without a result that may fail with any exception. */
@FunctionalInterface
public interface Step {
  /**
   * Does the work.
   *
   * @throws Exception if it fails
   */
  void run() throws Exception;
}
