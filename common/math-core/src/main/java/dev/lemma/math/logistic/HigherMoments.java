// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Third and fourth sums of the rows of one class, t = sum of w |z|<sup>2</sup> z and q = sum of w
 * |z|<sup>4</sup>, z being the row less a point. With N, C about the mean, and t, q about it, the
 * sums about another point from which the mean lies e away (so that z becomes z + e) are
 *
 * <pre>
 * t(e) = t + e tr C + 2 C e + N |e|^2 e
 * q(e) = q + 4 e't + 4 e'C e + 2 |e|^2 tr C + N |e|^4
 * </pre>
 *
 * <p>They can be merged only where C itself is kept by class. Never changed once made.
 *
 * @param third t, d numbers
 * @param fourth q
 */
record HigherMoments(double[] third, double fourth) implements Serializable {

  /** t(e) - t and q(e) - q: what they gain on the way from the mean to the other point. */
  static HigherMoments gained(
      double[] e, double weight, PackedSymmetric scatter, HigherMoments central) {
    double trace = scatter.trace();
    double square = MomentVectors.dot(e, e);
    double[] t = new double[e.length];
    scatter.multiply(e, t);
    double quadratic = MomentVectors.dot(e, t);
    for (int j = 0; j < e.length; j++) {
      t[j] = 2 * t[j] + (trace + weight * square) * e[j];
    }
    double q =
        4 * MomentVectors.dot(e, central.third)
            + (4 * quadratic + square * (2 * trace + weight * square));
    return new HigherMoments(t, q);
  }

  /** The sums about the mean, from those about the point from which the mean lies e away. */
  static HigherMoments central(
      double[] e, double weight, PackedSymmetric scatter, HigherMoments aboutPoint) {
    HigherMoments unknown = new HigherMoments(new double[e.length], 0);
    double[] t = aboutPoint.plus(-1, gained(e, weight, scatter, unknown)).third;
    HigherMoments thirdKnown = new HigherMoments(t, 0);
    double q = aboutPoint.fourth - gained(e, weight, scatter, thirdKnown).fourth;
    return new HigherMoments(t, q);
  }

  /** This + alpha other. */
  HigherMoments plus(double alpha, HigherMoments other) {
    return new HigherMoments(
        MomentVectors.sum(third, alpha, other.third), fourth + alpha * other.fourth);
  }

  HigherMoments scaled(double alpha) {
    return new HigherMoments(MomentVectors.scaled(alpha, third), alpha * fourth);
  }

  /** The same features in another order. */
  HigherMoments permuted(int[] order) {
    double[] t = new double[order.length];
    for (int j = 0; j < order.length; j++) {
      t[j] = third[order[j]];
    }
    return new HigherMoments(t, fourth);
  }

  /** With further features that never leave their mean. */
  HigherMoments append(int features) {
    return new HigherMoments(Arrays.copyOf(third, third.length + features), fourth);
  }
}
