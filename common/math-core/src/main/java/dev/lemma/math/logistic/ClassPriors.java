// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** Shares of the classes: at least 0, finite, not all 0. */
final class ClassPriors {
  private ClassPriors() {}

  static void check(double[] priors, int classes) {
    if (priors.length != classes) {
      throw new IllegalArgumentException(
          "one prior is needed for each of " + classes + " classes, found " + priors.length);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      if (!(priors[k] >= 0 && priors[k] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the prior of class " + k + " must be finite and at least 0, found " + priors[k]);
      }
      sum += priors[k];
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("the priors of the classes are all 0");
    }
  }
}
