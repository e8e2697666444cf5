// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/** Takes pairs of rows, one after the other. */
@FunctionalInterface
public interface PairSink {
  /**
   * One pair.
   *
   * @param left place of the first row in its block
   * @param right place of the second row in its block
   * @param distance exact
   */
  void accept(int left, int right, double distance);
}
