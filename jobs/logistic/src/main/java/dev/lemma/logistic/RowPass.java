// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.Serializable;
import java.util.List;

/**
 * What is done with every row of a scan: state that takes rows one by one, and the joining of two
 * finished states. Travels to the tasks, so it should hold little, and broadcasts instead of large
 * models.
 *
 * <p>A scan begins one state for each partition (fast) or each leaf (exact), hands it its rows in a
 * fixed order, and merges finished states pairwise by index, so a merge need not be associative in
 * its last bits for the result to be reproducible.
 *
 * @param <R> a finished state; it travels between processes
 */
public interface RowPass<R extends Serializable> extends Serializable {
  /** State that takes rows. */
  interface Rows<R> {
    /** Takes a row; the object is the scan's and changes afterwards. */
    void add(LabelledRow row);

    /**
     * The state of all rows added, to be merged; called once.
     *
     * @param classes the classes by the numbers that rows had, those of {@link #classes} first
     */
    R finish(List<String> classes);
  }

  /**
   * Classes that are known before the pass: they have the numbers 0, 1, ... in every state. Classes
   * that a state meets beyond them are numbered in the order of their appearance.
   */
  default List<String> classes() {
    return List.of();
  }

  /** Most states that a task may hold at the same time, one for each value of the key columns. */
  default int mostStates() {
    return Integer.MAX_VALUE;
  }

  /**
   * Bytes that a finished state takes, as far as they are known before the pass; they decide where
   * states are merged, not to what.
   */
  default double expectedBytes() {
    return 0;
  }

  /** A state without rows. */
  Rows<R> begin();

  /** The state of the rows of both; may change and return the left one. */
  R merge(R left, R right);
}
