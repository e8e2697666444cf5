// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.util.concurrent.Callable;

/**
 * A computation out of nothing, the same wherever it is done.
 *
 * @param name a few words
 * @param demand {@link Demand#KNOWN}, {@link Demand#SAME} or {@link Demand#TOLD}
 * @param expected the known answer; empty where there is none
 * @param computation gives the answer found here
 */
record Check(String name, Demand demand, String expected, Callable<String> computation) {
  static Check known(String name, String expected, Callable<String> computation) {
    return new Check(name, Demand.KNOWN, expected, computation);
  }

  static Check same(String name, Callable<String> computation) {
    return new Check(name, Demand.SAME, "", computation);
  }

  static Check told(String name, Callable<String> computation) {
    return new Check(name, Demand.TOLD, "", computation);
  }

  /** The answer found here; of a computation that breaks, how it broke: that too is an answer. */
  String answer() {
    try {
      return computation.call();
    } catch (Exception | LinkageError | StackOverflowError e) {
      return "broke: " + e;
    }
  }
}
