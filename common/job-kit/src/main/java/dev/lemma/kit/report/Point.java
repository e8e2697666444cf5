// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A place in a chart. Coordinates may be NaN or infinite: such a point breaks a line and is not
 * drawn.
 *
 * @param x along the horizontal axis
 * @param y along the vertical axis
 */
public record Point(double x, double y) {
  /**
   * The points of two arrays of one length, in their order.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static List<Point> list(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " values of x for " + y.length + " of y");
    }
    return IntStream.range(0, x.length).mapToObj(i -> new Point(x[i], y[i])).toList();
  }
}
