// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.PackedSymmetric;

/** Compares moments within a tolerance relative to the norm of each part, or in all bits. */
final class MomentAssert {
  private MomentAssert() {}

  static void assertClose(ClassMoments found, ClassMoments expected, double tolerance) {
    assertThat(found.classes()).isEqualTo(expected.classes());
    PackedSymmetric pooled = expected.pooledScatter();
    double norm = norm(pooled.packed());
    assertThat(distance(found.pooledScatter().packed(), pooled.packed()))
        .isLessThanOrEqualTo(tolerance * norm);
    for (int k = 0; k < expected.classes(); k++) {
      assertThat(found.rows(k)).isEqualTo(expected.rows(k));
      double weight = expected.weight(k);
      assertThat(found.weight(k)).isCloseTo(weight, within(tolerance * weight));
      assertThat(found.squaredWeight(k))
          .isCloseTo(expected.squaredWeight(k), within(tolerance * expected.squaredWeight(k)));
      double spread = weight == 0 ? 0 : Math.sqrt(norm / weight);
      double[] difference = found.meanFrom(k, expected.mean(k));
      double[] remainder = expected.meanRemainder(k);
      assertThat(distance(difference, remainder)).isLessThanOrEqualTo(tolerance * spread);
      if (found.layout() == ScatterLayout.PER_CLASS
          && expected.layout() == ScatterLayout.PER_CLASS) {
        double[] scatter = expected.scatter(k).packed();
        assertThat(distance(found.scatter(k).packed(), scatter))
            .isLessThanOrEqualTo(tolerance * norm(scatter));
      }
      if (found.hasHigherMoments() && expected.hasHigherMoments()) {
        double fourth = expected.fourth(k);
        assertThat(found.fourth(k)).isCloseTo(fourth, within(tolerance * fourth));
        // By Cauchy and Schwarz |t|^2 <= q tr C.
        double bound = Math.sqrt(fourth * expected.scatter(k).trace());
        assertThat(distance(found.third(k), expected.third(k)))
            .isLessThanOrEqualTo(tolerance * bound);
      }
    }
  }

  static void assertSameBits(ClassMoments found, ClassMoments expected) {
    assertThat(found.pooledScatter().packed()).isEqualTo(expected.pooledScatter().packed());
    for (int k = 0; k < expected.classes(); k++) {
      assertThat(found.rows(k)).isEqualTo(expected.rows(k));
      assertThat(found.weight(k)).isEqualTo(expected.weight(k));
      assertThat(found.squaredWeight(k)).isEqualTo(expected.squaredWeight(k));
      assertThat(found.mean(k)).isEqualTo(expected.mean(k));
      assertThat(found.meanRemainder(k)).isEqualTo(expected.meanRemainder(k));
      if (expected.layout() == ScatterLayout.PER_CLASS) {
        assertThat(found.scatter(k).packed()).isEqualTo(expected.scatter(k).packed());
        assertThat(found.third(k)).isEqualTo(expected.third(k));
        assertThat(found.fourth(k)).isEqualTo(expected.fourth(k));
      }
    }
  }

  private static double norm(double[] v) {
    return distance(v, new double[v.length]);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
