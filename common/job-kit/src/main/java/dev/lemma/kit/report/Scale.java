// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

/**
 * Maps the numbers of a range to coordinates: its low end to {@code from}, its high end to {@code
 * to}.
 */
record Scale(Range range, double from, double to) {
  /** What lies further out than this many lengths of the axis is moved in, to keep paths short. */
  private static final double FAR = 50;

  /** The coordinate of a value that the axis can show; outside the range it lies past the ends. */
  double at(double value) {
    double low = measure(range.low());
    double share = (measure(value) - low) / (measure(range.high()) - low);
    return from + Math.max(-FAR, Math.min(FAR, share)) * (to - from);
  }

  /**
   * Halved, so that the difference of the largest numbers is finite; StrictMath for equal bytes.
   */
  private double measure(double value) {
    return range.axis().scale() == Axis.Scale.LOG ? StrictMath.log10(value) : value / 2;
  }
}
