// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

/** A rectangle of the picture that a text covers; y grows downwards. */
record Box(double left, double top, double right, double bottom) {
  /** The distance of two lines of text. */
  static final double LINE = 16;

  private static final double GAP = 2;
  private static final double ASCENT = 10;
  private static final double DESCENT = 4;

  /** Where a text has its fixed point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** The room that a text needs; a pessimistic estimate, as the reader's font is not known. */
  static Box of(String text, double x, double baseline, Anchor anchor) {
    double width = width(text);
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    return new Box(left, baseline - ASCENT, left + width, baseline + DESCENT);
  }

  /** The width of a text in the 12 px type of the charts, after the widest of the common fonts. */
  static double width(String text) {
    return text.codePoints().mapToDouble(Box::advance).sum();
  }

  /** The text itself, or as much of it as fits, ended by an ellipsis. */
  static String shortened(String text, double room) {
    if (width(text) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end)) + advance('…') > room) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  /** Advance widths of DejaVu Sans, by class of character and rounded up. */
  private static double advance(int point) {
    if ("iljtfr.,:;'|!()[] /-⁻".indexOf(point) >= 0) {
      return 4.7;
    }
    if ("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(point) >= 0) {
      return 5.6;
    }
    if ("−×+=≤≥<>".indexOf(point) >= 0) {
      return 10.2;
    }
    if ("mwMW%@…—".indexOf(point) >= 0) {
      return 11.8;
    }
    // Ideographs and pictographs fill a square.
    if (point >= 0x2E80) {
      return 13;
    }
    return Character.isUpperCase(point) ? 8.6 : 7.7;
  }

  boolean overlaps(Box other) {
    return left < other.right + GAP
        && other.left < right + GAP
        && top < other.bottom
        && other.top < bottom;
  }

  boolean contains(double x, double y) {
    return x > left - GAP && x < right + GAP && y > top - GAP && y < bottom + GAP;
  }

  boolean inside(Box area) {
    return left >= area.left && right <= area.right && top >= area.top && bottom <= area.bottom;
  }
}
