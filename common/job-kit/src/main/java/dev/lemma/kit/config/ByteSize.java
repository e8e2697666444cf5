// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory, as a configuration writes it.
 *
 * @param text as written: {@code 512MB}, {@code 2 GB}
 * @param bytes the amount, at least 1
 */
public record ByteSize(String text, long bytes) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([KMGT]?)(i?)B?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMGT";
  private static final double STEP = 1024;

  /** Checks the range. */
  public ByteSize {
    if (bytes < 1) {
      throw new IllegalArgumentException("must be at least 1 byte");
    }
  }

  /**
   * Reads {@code 512MB}, {@code 1.5 GB} or a plain number of bytes; units are powers of 1024, case
   * does not matter.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("expected an amount of memory such as 512MB or 2GB");
    }
    String unit = form.group(2).toUpperCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
    double bytes = Double.parseDouble(form.group(1)) * Math.pow(STEP, power);
    return new ByteSize(form.group(), (long) Math.min(bytes, Long.MAX_VALUE));
  }

  /** An amount in the largest unit that keeps it at least 1, to one decimal: {@code 1.5 GB}. */
  public static String describe(double bytes) {
    if (bytes < STEP) {
      return String.format(Locale.ROOT, "%.0f bytes", bytes);
    }
    double amount = bytes;
    int power = 0;
    while (amount >= STEP && power < UNITS.length()) {
      amount /= STEP;
      power++;
    }
    return String.format(Locale.ROOT, "%.1f %sB", amount, UNITS.charAt(power - 1));
  }

  @Override
  public String toString() {
    return text;
  }
}
