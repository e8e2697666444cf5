// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How many times the rows are read, and so how far a fit goes. */
public enum Passes {
  /** The closed form from the statistics of one pass. */
  ONE("1"),
  /** Candidates chosen and calibrated on cross-fitted scores. */
  TWO("2"),
  /** And one damped Newton step. */
  THREE("3"),
  /** And two. */
  FOUR("4"),
  /** Newton steps until the likelihood is at its maximum. */
  MLE("mle");

  private final String key;

  Passes(String key) {
    this.key = key;
  }

  /** As configurations and parameters spell it. */
  public String key() {
    return key;
  }

  /** All spellings. */
  static List<String> keys() {
    return Arrays.stream(values()).map(Passes::key).toList();
  }

  /**
   * The number of passes that is spelt so.
   *
   * @throws IllegalArgumentException for other texts
   */
  public static Passes parse(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(passes -> passes.key.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("passes must be one of " + String.join(", ", keys())));
  }
}
