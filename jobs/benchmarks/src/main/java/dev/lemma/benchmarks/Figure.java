// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One line of the table.
 *
 * @param what the kernel and its shape
 * @param value the measured figure
 * @param unit of the figure
 * @param against what it is compared with
 * @param reference the figure of that, in the same unit
 * @param ratio how many times as good as the reference
 * @param limit what the ratio should reach, if anything was promised
 */
record Figure(
    String what,
    double value,
    String unit,
    String against,
    double reference,
    double ratio,
    OptionalDouble limit) {

  /** A rate: more is better. */
  static Figure rate(String what, double value, String against, double reference, double limit) {
    return new Figure(what, value, "GF/s", against, reference, value / reference, promised(limit));
  }

  /** A duration: less is better. */
  static Figure duration(
      String what, double value, String unit, String against, double reference, double limit) {
    return new Figure(what, value, unit, against, reference, reference / value, promised(limit));
  }

  private static OptionalDouble promised(double limit) {
    return limit > 0 ? OptionalDouble.of(limit) : OptionalDouble.empty();
  }

  private String verdict() {
    if (limit.isEmpty()) {
      return "";
    }
    return ratio >= limit.getAsDouble() ? "holds" : "MISSED";
  }

  /** The columns of the table. */
  static String header() {
    return String.format(
        Locale.ROOT, "%-52s %16s  %-34s %8s %7s", "kernel", "figure", "against", "ratio", "limit");
  }

  /** This line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-52s %9.2f %-6s  %-24s %9.2f %8.2f %7s %s",
        what,
        value,
        unit,
        against,
        reference,
        ratio,
        limit.isPresent() ? String.format(Locale.ROOT, "%.2f", limit.getAsDouble()) : "",
        verdict());
  }

  /** This line as a JSON object. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"kernel\": \"%s\", \"figure\": %.4g, \"unit\": \"%s\", \"against\": \"%s\","
            + " \"reference\": %.4g, \"ratio\": %.4g, \"limit\": %s}",
        what,
        value,
        unit,
        against,
        reference,
        ratio,
        limit.isPresent() ? Double.toString(limit.getAsDouble()) : "null");
  }
}
