// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** How many independent rows stand behind weights. It decides nothing but sizes of samples. */
public enum WeightSemantics {
  /**
   * A weight says how much a row matters: the rows of a class count as (sum of w)<sup>2</sup> / sum
   * of w<sup>2</sup> (Kish's effective size).
   */
  IMPORTANCE,
  /** A weight says how many equal rows there were: rows count as the sum of w. */
  FREQUENCY;

  /** The size of class k, 0 for an absent one. */
  public double size(ClassMoments moments, int k) {
    double weight = moments.weight(k);
    if (!(weight > 0)) {
      return 0;
    }
    return switch (this) {
      case IMPORTANCE -> weight / moments.squaredWeight(k) * weight;
      case FREQUENCY -> weight;
    };
  }

  /** The size of all classes together: not the sum of theirs where weights matter. */
  public double size(ClassMoments moments) {
    double weight = 0;
    double squared = 0;
    for (int k = 0; k < moments.classes(); k++) {
      weight += moments.weight(k);
      squared += moments.squaredWeight(k);
    }
    return size(weight, squared);
  }

  /** The size of rows whose weights, and whose squared weights, add up to this. */
  double size(double weight, double squared) {
    if (!(weight > 0)) {
      return 0;
    }
    return switch (this) {
      case IMPORTANCE -> weight / squared * weight;
      case FREQUENCY -> weight;
    };
  }
}
