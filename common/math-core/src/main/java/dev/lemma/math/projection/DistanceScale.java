// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Locale;

/** Which distances are to keep within the factors 1 - eps and 1 + eps. */
public enum DistanceScale {
  /** Squared distances, the convention of scikit-learn and of most papers. */
  SQUARED,
  /** The distances themselves: the same eps asks for about a quarter of the dimensions. */
  UNSQUARED;

  /**
   * How far above 1 the squared ratio may lie: eps, or (1 + eps)^2 - 1 for unsquared distances.
   *
   * @param eps in (0, 1)
   */
  public double excess(double eps) {
    return switch (this) {
      case SQUARED -> eps;
      case UNSQUARED -> eps * (2 + eps);
    };
  }

  /**
   * How far below 1 the squared ratio may lie: eps, or 1 - (1 - eps)^2 for unsquared distances.
   *
   * @param eps in (0, 1)
   */
  public double deficit(double eps) {
    return switch (this) {
      case SQUARED -> eps;
      case UNSQUARED -> eps * (2 - eps);
    };
  }

  /**
   * The smallest squared ratio allowed, 1 - {@link #deficit} without its rounding where eps is near
   * 1: 1 - eps, or (1 - eps)^2.
   *
   * @param eps in (0, 1)
   */
  double smallest(double eps) {
    double rest = 1 - eps;
    return switch (this) {
      case SQUARED -> rest;
      case UNSQUARED -> rest * rest;
    };
  }

  /** The name as configurations spell it: {@code squared} or {@code unsquared}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
