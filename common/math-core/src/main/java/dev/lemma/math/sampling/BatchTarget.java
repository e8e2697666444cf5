// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.List;

/**
 * A target that evaluates many points at once: over distributed rows one call is one pass over the
 * data, whatever the number of points.
 *
 * <p>The value at a point must not depend on which other points share the call, nor on their
 * number: samplers cut batches as suits them, and a draw must not change with the cut.
 */
public interface BatchTarget {
  /** d, at least 1. */
  int dimension();

  /**
   * The log densities of the first points of an array, as {@link Target#logDensity} gives them.
   *
   * @param points count x d numbers, row by row, of a possibly longer array; left as they are
   * @param count number of points, from 0
   * @param out receives {@code count} numbers from position 0
   */
  void logDensities(double[] points, int count, double[] out);

  /** The names of the d parameters. */
  default List<String> names() {
    return Target.defaultNames(dimension());
  }

  /** Evaluates one point after the other. Not thread-safe. */
  static BatchTarget of(Target target) {
    return new PointByPoint(target);
  }
}
