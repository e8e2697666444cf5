// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bad rows a run tolerates before it ends after all: a number of rows or a share of all
 * rows read.
 *
 * @param text as written: {@code 100} or {@code 1%}
 * @param value number of rows, or share in percent
 * @param unit what the value counts
 */
public record BadRowLimit(String text, double value, Unit unit) {
  /** What a limit counts. */
  public enum Unit {
    /** Rows. */
    ROWS,
    /** Hundredths of all rows. */
    PERCENT
  }

  private static final Pattern FORM = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,9})?)\\s*(%?)");

  /** Checks the range. */
  public BadRowLimit {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("must be at least 0");
    }
    if (unit == Unit.PERCENT && value > 100) {
      throw new IllegalArgumentException("must be at most 100%");
    }
  }

  /**
   * Reads {@code 100} (rows) or {@code 0.5%} (of the rows read).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static BadRowLimit parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || (form.group(2).isEmpty() && form.group(1).contains("."))) {
      throw new IllegalArgumentException(
          "expected a number of rows such as 100 or a share such as 1%");
    }
    Unit unit = form.group(2).isEmpty() ? Unit.ROWS : Unit.PERCENT;
    return new BadRowLimit(form.group(), Double.parseDouble(form.group(1)), unit);
  }

  /** Whether so many bad rows are too many. */
  public boolean isExceeded(long bad, long rows) {
    return switch (unit) {
      case ROWS -> bad > value;
      case PERCENT -> bad * 100.0 > value * rows;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
