// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Optional;

/** The factor of a covariance that is being learnt. */
final class StepFactor {
  /** Added to the diagonal, in units of its mean, and tenfold until the matrix has a factor. */
  private static final double FIRST_LIFT = 1e-15;

  private StepFactor() {}

  /** A function of the matrix alone: a resumed run must find the same factor. */
  static Cholesky of(PackedSymmetric covariance) {
    Optional<Cholesky> plain = Cholesky.of(covariance);
    if (plain.isPresent()) {
      return plain.get();
    }
    double unit = Math.max(Double.MIN_NORMAL, covariance.trace() / covariance.order());
    for (double lift = FIRST_LIFT; lift <= 1; lift *= 10) {
      PackedSymmetric lifted = covariance.copy();
      lifted.addToDiagonalInPlace(lift * unit);
      Optional<Cholesky> factor = Cholesky.of(lifted);
      if (factor.isPresent()) {
        return factor.get();
      }
    }
    throw new IllegalStateException(
        "the covariance of the chains overflows: the target is flat or unbounded, or the starting"
            + " points are too far apart");
  }
}
