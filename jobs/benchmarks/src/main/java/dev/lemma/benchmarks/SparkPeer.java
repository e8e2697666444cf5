// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;

/**
 * A peer that several pieces of work are set beside, by the clock on the wall and by processor
 * time.
 *
 * @param name of the peer
 * @param time that it takes
 * @param results where figures go
 */
record SparkPeer(String name, Time time, Results results) {
  /**
   * Adds two figures, the second without a promise.
   *
   * @param limit most of the peer's time that was promised; 0 for no promise
   */
  void compare(String what, Time ours, double limit) {
    results.add(
        Figure.cost(
            what,
            ours.seconds(),
            "s",
            name,
            time.seconds(),
            limit > 0 ? Promise.AT_MOST : Promise.NONE,
            limit));
    results.add(
        Figure.cost(
            what + ", processor time",
            ours.coreSeconds(),
            "core s",
            name,
            time.coreSeconds(),
            Promise.NONE,
            0));
  }
}
