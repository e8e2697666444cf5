// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;

/** The rows that a {@link Probe} looks at, by their fold. */
public sealed interface FoldChoice extends Serializable {
  /** Whether the rows of a fold count. */
  boolean accepts(int fold);

  /** Every row. */
  static FoldChoice all() {
    return new All();
  }

  /**
   * The rows of one fold: what a model that has not seen them is judged by.
   *
   * @param fold at least 0
   */
  static FoldChoice only(int fold) {
    return new Only(fold);
  }

  /**
   * The rows of all folds but one: what a model may see before it is judged by that fold.
   *
   * @param fold at least 0
   */
  static FoldChoice except(int fold) {
    return new Except(fold);
  }

  /** See {@link #all}. */
  record All() implements FoldChoice {
    @Override
    public boolean accepts(int fold) {
      return true;
    }
  }

  /** See {@link #only}. */
  record Only(int fold) implements FoldChoice {
    @Override
    public boolean accepts(int fold) {
      return fold == this.fold;
    }
  }

  /** See {@link #except}. */
  record Except(int fold) implements FoldChoice {
    @Override
    public boolean accepts(int fold) {
      return fold != this.fold;
    }
  }
}
