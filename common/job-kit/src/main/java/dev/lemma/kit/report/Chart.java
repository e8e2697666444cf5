// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.List;

/**
 * A picture of some numbers. Charts are immutable; methods that add to one return a new one. What
 * cannot be drawn (not finite, not positive on a logarithmic axis) is left out and counted in
 * {@link #notes()}; without anything to draw the picture says so.
 */
public sealed interface Chart permits Histogram, LineChart, BarChart, IntervalChart, Mosaic {
  /** What the chart shows; its heading and its name for screen readers. */
  String title();

  /** The content in one sentence, for those who cannot see it. */
  String description();

  /** All numbers of the chart, unthinned. */
  Table data();

  /** What a reader has to know about values that are not in the picture; mostly empty. */
  List<String> notes();

  /**
   * The picture as one {@code svg} element, to stand inside a {@link Page}, which holds its style.
   */
  String svg(ChartWidth width);
}
