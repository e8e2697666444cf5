// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param what the kernel or job and its shape
 * @param value the measured figure
 * @param unit of the figure
 * @param against what it is compared with
 * @param reference the figure of that, in the same unit
 * @param ratio of the two; which way round, each factory says
 * @param promise what was promised of the ratio
 * @param limit the number in the promise
 */
record Figure(
    String what,
    double value,
    String unit,
    String against,
    double reference,
    double ratio,
    Promise promise,
    double limit) {

  /** A rate: the ratio says how many times as fast, which was promised of limits above 0. */
  static Figure rate(String what, double value, String against, double reference, double limit) {
    return new Figure(
        what, value, "GF/s", against, reference, value / reference, atLeast(limit), limit);
  }

  /**
   * So many a second: the ratio says how many times as many, which was promised of limits above 0.
   */
  static Figure frequency(
      String what, double value, String against, double reference, double limit) {
    return new Figure(
        what, value, "/s", against, reference, value / reference, atLeast(limit), limit);
  }

  /** A duration: the ratio says how many times as fast, which was promised of limits above 0. */
  static Figure duration(
      String what, double value, String unit, String against, double reference, double limit) {
    return new Figure(
        what, value, unit, against, reference, reference / value, atLeast(limit), limit);
  }

  /** A cost: the ratio says how many times as much. */
  static Figure cost(
      String what,
      double value,
      String unit,
      String against,
      double reference,
      Promise promise,
      double limit) {
    return new Figure(what, value, unit, against, reference, value / reference, promise, limit);
  }

  private static Promise atLeast(double limit) {
    return limit > 0 ? Promise.AT_LEAST : Promise.NONE;
  }

  private String verdict() {
    if (promise == Promise.NONE) {
      return "";
    }
    return promise.holds(ratio, limit) ? "holds" : "MISSED";
  }

  /** The columns of the table. */
  static String header() {
    return String.format(
        Locale.ROOT, "%-52s %16s  %-34s %8s %8s", "what", "figure", "against", "ratio", "promise");
  }

  /** This line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-52s %9.2f %-6s  %-24s %9.2f %8.2f %8s %s",
        what,
        value,
        unit,
        against,
        reference,
        ratio,
        promise.text(limit),
        verdict());
  }

  /** The columns of the table in Markdown. */
  static String markdownHeader() {
    return "| what | figure | against | | ratio | promised | |\n|---|---|---|---|---|---|---|";
  }

  /** This line of the table in Markdown. */
  String markdown() {
    return String.format(
        Locale.ROOT,
        "| %s | %.4g %s | %s | %.4g %s | %.2f | %s | %s |",
        what,
        value,
        unit,
        against,
        reference,
        unit,
        ratio,
        promise.text(limit),
        verdict());
  }

  /** This line as a JSON object. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"what\": \"%s\", \"figure\": %.4g, \"unit\": \"%s\", \"against\": \"%s\","
            + " \"reference\": %.4g, \"ratio\": %.4g, \"promise\": \"%s\", \"verdict\": \"%s\"}",
        what,
        value,
        unit,
        against,
        reference,
        ratio,
        promise.text(limit),
        verdict());
  }
}
