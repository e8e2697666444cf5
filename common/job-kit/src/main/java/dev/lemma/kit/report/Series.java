// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.List;
import java.util.Objects;

/**
 * Named points of a {@link LineChart}, in the order in which a line joins them.
 *
 * @param name what the chart calls it
 * @param style how it is drawn
 * @param points the points; one that the axes cannot show breaks the line
 */
public record Series(String name, Style style, List<Point> points) {
  private static final int COLOURS = 6;

  /** How the points are drawn. */
  public enum Style {
    /** Joined by a line. */
    LINE,
    /** Joined by a dashed line: a bound, or what would have been. */
    DASHED,
    /** Each as a dot. */
    DOTS
  }

  /** Keeps a copy. */
  public Series {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(style, "style");
    points = List.copyOf(points);
  }

  /** The colour class of the series with a number; colours repeat after six. */
  static String colour(int number) {
    return "s" + (1 + number % COLOURS);
  }
}
