// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * A change of scores that makes their probabilities believable: class k gets s z<sub>k</sub> +
 * t<sub>k</sub>. It never changes the order in which rows of two classes are ranked.
 *
 * @param scale s, positive and finite
 * @param offsets t, K finite numbers; only their differences matter, and the first is 0 where they
 *     were fitted
 */
public record Calibration(double scale, double[] offsets) {
  /** Checks the ranges and copies the array in. */
  public Calibration {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the scale of a calibration must be positive and finite, found " + scale);
    }
    offsets = offsets.clone();
    for (int k = 0; k < offsets.length; k++) {
      if (!Double.isFinite(offsets[k])) {
        throw new IllegalArgumentException(
            "the offsets of a calibration must be finite, found " + offsets[k] + " for class " + k);
      }
    }
  }

  /** The calibration that changes nothing. */
  public static Calibration identity(int classes) {
    return new Calibration(1, new double[classes]);
  }

  /** K. */
  public int classes() {
    return offsets.length;
  }

  /** Copies the array out. */
  @Override
  public double[] offsets() {
    return offsets.clone();
  }

  /** t of class 1 against class 0. */
  public double logitOffset() {
    return offsets[1] - offsets[0];
  }

  /** Replaces the first K scores of a row; minus infinity stays. */
  public void applyInPlace(double[] scores) {
    for (int k = 0; k < offsets.length; k++) {
      scores[k] = scale * scores[k] + offsets[k];
    }
  }

  /** Scale and offsets times a positive factor: below 1 it makes scores less sure. */
  Calibration times(double factor) {
    return new Calibration(factor * scale, MomentVectors.scaled(factor, offsets));
  }

  /** A distribution of logits, calibrated; two classes. */
  public ScoreGroups apply(ScoreGroups groups) {
    return groups.rescaled(scale, logitOffset());
  }

  /** The model whose scores are the calibrated ones of another. */
  public LinearModel apply(LinearModel model) {
    return model.rescaled(scale, offsets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && scale == that.scale
        && Arrays.equals(offsets, that.offsets);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(scale) + Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return "Calibration[scale=" + scale + ", offsets=" + Arrays.toString(offsets) + "]";
  }
}
