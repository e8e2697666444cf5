// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

/**
 * The widths that a chart is laid out for. A page holds both and shows the one that fits, because
 * one picture scaled to a telephone would have unreadable labels and no script may lay it out anew.
 */
public enum ChartWidth {
  /** A page on a screen or on paper. */
  WIDE(720, 280),
  /** A telephone. */
  NARROW(360, 220);

  private final double width;
  private final double plotHeight;

  ChartWidth(double width, double plotHeight) {
    this.width = width;
    this.plotHeight = plotHeight;
  }

  double width() {
    return width;
  }

  /** The height of the area in which data are drawn. */
  double plotHeight() {
    return plotHeight;
  }
}
