// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

/** Whether a job works or only tells what it would do. */
public enum RunMode {
  /** Compute and publish. */
  RUN,
  /** Print the resolved configuration and the derived numbers; write nothing. */
  DRY_RUN
}
