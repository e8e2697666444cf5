// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A density on d real numbers, known up to a constant factor: what is to be sampled. A user writes
 * ten lines:
 *
 * <pre>{@code
 * final class Banana implements Target {
 *   public int dimension() {
 *     return 2;
 *   }
 *
 *   public double logDensity(double[] x) {
 *     double bend = x[1] + 0.03 * (x[0] * x[0] - 100);
 *     return -x[0] * x[0] / 200 - bend * bend / 2;
 *   }
 * }
 * }</pre>
 *
 * <p>A parameter with bounds is either given density 0 outside of them, or written as a function of
 * an unbounded one; then the log density needs the term log |d parameter / d x| (the Jacobian).
 *
 * <p>Implementations must be pure functions: equal points give equal bits whatever was asked
 * before. Samplers may call them from several threads.
 */
public interface Target {
  /** d, at least 1. */
  int dimension();

  /**
   * The natural logarithm of the density at a point, up to a constant that is the same for all
   * points.
   *
   * @param x d numbers; must be left as they are and not kept
   * @return a finite number, or {@link Double#NEGATIVE_INFINITY} outside of the support. NaN and
   *     {@link Double#POSITIVE_INFINITY} make samplers end with a {@link TargetException}
   */
  double logDensity(double[] x);

  /** The names of the d parameters: x1, x2, ... unless an implementation knows better. */
  default List<String> names() {
    return defaultNames(dimension());
  }

  /** x1 to xd. */
  static List<String> defaultNames(int dimension) {
    return IntStream.rangeClosed(1, dimension).mapToObj(j -> "x" + j).toList();
  }
}
