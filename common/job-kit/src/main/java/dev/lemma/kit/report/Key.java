// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

/** An entry of a legend: a name and the sign that stands for it, in the colours of a class. */
record Key(String label, String style, Sign sign) {
  private static final double SIGN_WIDTH = 24;
  private static final double GAP = 18;

  /** Shortens a label that would not fit the narrowest picture. */
  Key {
    label = Box.shortened(label, ChartWidth.NARROW.width() - SIGN_WIDTH - GAP);
  }

  enum Sign {
    AREA,
    LINE,
    POINT
  }

  double width() {
    return SIGN_WIDTH + Box.width(label) + GAP;
  }

  /** Draws sign and name on the line of text that starts at x. */
  void draw(Markup svg, double x, double baseline) {
    double middle = baseline - 4;
    switch (sign) {
      case AREA ->
          svg.empty("rect", "x", x, "y", middle - 5, "width", 16.0, "height", 10.0, "class", style);
      case LINE ->
          svg.empty("line", "x1", x, "x2", x + 18, "y1", middle, "y2", middle, "class", style);
      case POINT -> svg.empty("path", "d", PathData.dot(x + 9, middle), "class", style + " dots");
    }
    svg.leaf("text", label, "x", x + SIGN_WIDTH, "y", baseline);
  }
}
