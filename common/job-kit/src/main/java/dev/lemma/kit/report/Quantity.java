// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * A number together with the way people read it: {@code 1,048,576}, {@code 99.1 %}, {@code 1.34
 * GB}. Pages show the text; exported data holds the value.
 *
 * @param value the number in its base unit (a share for percentages, bytes, seconds)
 * @param text what is shown
 */
public record Quantity(double value, String text) {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int DIGITS = 4;
  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_BELOW = 1e9;
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

  /** Refuses a null text. */
  public Quantity {
    Objects.requireNonNull(text, "text");
  }

  /** A whole number with thousands separators. */
  public static Quantity count(long count) {
    return new Quantity(count, plain(BigDecimal.valueOf(count)));
  }

  /**
   * A number to four significant digits, whole numbers below 10<sup>9</sup> in full; powers of ten
   * outside 10<sup>-4</sup> to 10<sup>9</sup>. Not-a-number and the infinities are named.
   */
  public static Quantity of(double value) {
    return new Quantity(value, readable(value, DIGITS));
  }

  /**
   * A share as a percentage, to two decimals or three significant digits of the way to 0 or 100 %,
   * so that what is nearly all is not shown as all.
   */
  public static Quantity percent(double share) {
    if (!Double.isFinite(share)) {
      return new Quantity(share, readable(share, DIGITS));
    }
    double rest = Math.min(Math.abs(share), Math.abs(1 - share));
    BigDecimal hundredfold = BigDecimal.valueOf(share).movePointRight(2);
    if (rest > 0 && rest < PLAIN_FROM * PLAIN_FROM && Math.abs(share) < 0.5) {
      return new Quantity(share, readable(hundredfold.doubleValue(), 3) + " %");
    }
    int decimals = rest == 0 ? 0 : Math.max(2, -(int) Math.floor(Math.log10(rest)));
    BigDecimal shown = hundredfold.setScale(Math.min(decimals, 12), RoundingMode.HALF_EVEN);
    return new Quantity(share, plain(trimmed(shown)) + " %");
  }

  /** A size in decimal units (1 kB = 1000 B) to three significant digits. */
  public static Quantity bytes(long bytes) {
    int unit = 0;
    BigDecimal shown = BigDecimal.valueOf(bytes);
    // 999.5 of a unit would round to 1000 of it.
    while (shown.abs().doubleValue() >= 999.5 && unit < BYTE_UNITS.length - 1) {
      shown = shown.movePointLeft(3);
      unit++;
    }
    BigDecimal rounded = unit == 0 ? shown : shown.round(new MathContext(3));
    return new Quantity(bytes, plain(trimmed(rounded)) + " " + BYTE_UNITS[unit]);
  }

  /** A duration: milliseconds, seconds, minutes or hours, whichever reads best. */
  public static Quantity seconds(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return new Quantity(seconds, readable(seconds, DIGITS) + " s");
    }
    if (seconds < 0.9995) {
      return new Quantity(seconds, readable(seconds * 1000, 3) + " ms");
    }
    if (seconds < MINUTE - 0.05) {
      return new Quantity(seconds, readable(seconds, 3) + " s");
    }
    long whole = Math.round(seconds);
    String text =
        whole < HOUR
            ? whole / MINUTE + " min " + whole % MINUTE + " s"
            : plain(BigDecimal.valueOf(whole / HOUR)) + " h " + whole % HOUR / MINUTE + " min";
    return new Quantity(seconds, text);
  }

  /** The same number with a unit or noun behind its text. */
  public Quantity in(String unit) {
    return new Quantity(value, text + " " + unit);
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }

  private static String readable(double value, int digits) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    if (size < PLAIN_BELOW && value == Math.rint(value)) {
      return plain(BigDecimal.valueOf((long) value));
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits));
    return size >= PLAIN_FROM && size < PLAIN_BELOW ? plain(trimmed(rounded)) : powerOfTen(rounded);
  }

  /** Digits in groups of three, with a real minus sign and the decimals that the number has. */
  static String plain(BigDecimal number) {
    String digits = number.abs().toPlainString();
    int point = digits.indexOf('.');
    int whole = point < 0 ? digits.length() : point;
    StringBuilder text = new StringBuilder(number.signum() < 0 ? "−" : "");
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && i < whole && (whole - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return text.toString();
  }

  /** {@code 2.5×10⁻⁷}; a mantissa of one is left out, and the power where it is 0 or 1. */
  static String powerOfTen(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal digits = number.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent == 0 || exponent == 1) {
      return plain(trimmed(digits));
    }
    BigDecimal mantissa = digits.movePointLeft(exponent);
    String power = "10" + superscript(exponent);
    if (digits.unscaledValue().abs().equals(BigInteger.ONE)) {
      return (number.signum() < 0 ? "−" : "") + power;
    }
    return plain(trimmed(mantissa)) + "×" + power;
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return text.toString();
  }

  private static BigDecimal trimmed(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
