// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.Precision;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What is asked of a plan.
 *
 * @param guarantee what is to hold
 * @param eps distortion, in (0, 1)
 * @param delta total failure probability, in (0, 1); a share of pairs has no use for it
 * @param scale whether eps speaks of squared distances
 * @param rows N, for the classic bounds; filled in from the guarantee where that knows it
 * @param d input dimension, empty if open or unknown
 * @param k output dimension to judge instead of the exact one, empty if none
 * @param precision type of the projected numbers
 */
public record PlanQuestion(
    Guarantee guarantee,
    double eps,
    double delta,
    DistanceScale scale,
    OptionalLong rows,
    OptionalLong d,
    OptionalLong k,
    Precision precision) {
  /** Checks the ranges and fills in the rows. */
  public PlanQuestion {
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(precision, "precision");
    JlBounds.checkProbability("eps", eps);
    JlBounds.checkProbability("delta", delta);
    OptionalLong known = guarantee.knownRows();
    if (known.isPresent()) {
      if (rows.isPresent() && rows.getAsLong() != known.getAsLong()) {
        throw new IllegalArgumentException(
            "rows = "
                + rows.getAsLong()
                + " contradicts the guarantee's "
                + known.getAsLong()
                + ": give one of them");
      }
      rows = known;
    }
    checkCount("rows", rows);
    checkCount("d", d);
    checkCount("k", k);
  }

  private static void checkCount(String name, OptionalLong count) {
    if (count.isPresent()
        && (count.getAsLong() < 1
            || (!name.equals("rows") && count.getAsLong() > TailLaw.MAX_DIMENSION))) {
      throw new IllegalArgumentException(
          name + " must lie in 1 to 2^52, found " + count.getAsLong());
    }
  }
}
