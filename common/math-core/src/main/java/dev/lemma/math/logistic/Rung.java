// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Locale;

/** How many passes over the data a {@link Ladder} may take, the one for the moments included. */
public enum Rung {
  /** The moments only: a closed form or the moment-matched model. */
  ONE,
  /** And a pass that compares candidates on rows they have not seen, and calibrates. */
  TWO,
  /** And a damped Newton step, judged by its forecast on folds left out. */
  THREE,
  /** And a pass that measures the step on folds left out, and may add a second. */
  FOUR,
  /** As many Newton steps as the maximum of the penalised likelihood takes. */
  MAXIMUM;

  /** The most passes; no bound worth the name for {@link #MAXIMUM}. */
  public int passes() {
    return this == MAXIMUM ? Integer.MAX_VALUE : ordinal() + 1;
  }

  /**
   * Reads "1", "2", "3", "4" or "mle".
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Rung parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "1" -> ONE;
      case "2" -> TWO;
      case "3" -> THREE;
      case "4" -> FOUR;
      case "mle" -> MAXIMUM;
      default ->
          throw new IllegalArgumentException(
              "passes: expected 1, 2, 3, 4 or mle, found '" + text + "'");
    };
  }

  @Override
  public String toString() {
    return this == MAXIMUM ? "mle" : Integer.toString(passes());
  }
}
