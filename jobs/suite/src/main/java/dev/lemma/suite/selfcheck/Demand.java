// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

/** What is asked of a reading. */
enum Demand {
  /** The answer is known: any other is wrong. */
  KNOWN,
  /** All executors must say the same; where they do not, most of them and the driver are right. */
  SAME,
  /** For information: executors that differ are a warning. */
  TOLD,
  /** A rate: an executor must not be far slower than its peers. */
  RATE,
  /** A difference of clocks: large ones are a warning. */
  CLOCK
}
