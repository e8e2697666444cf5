// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.List;

/**
 * The estimates of one score or logit.
 *
 * @param intercept the constant
 * @param slopes one for each feature
 */
public record CoefficientErrors(Estimate intercept, List<Estimate> slopes) {
  /** Copies the list. */
  public CoefficientErrors {
    slopes = List.copyOf(slopes);
  }
}
