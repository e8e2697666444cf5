// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;

/**
 * One question put to a pass over the data: the logistic loss of the models base + s direction for
 * several steps s, and derivatives at the first of them. As the scores are linear in s, every
 * further step costs a few flops a row and no further pass.
 *
 * <p>Parameters are those of {@link PassPlan}: K - 1 rows of an intercept and d slopes. The arrays
 * are not copied and must not be changed.
 *
 * @param rows the folds that count
 * @param detail what is wanted at base + steps[0] direction
 * @param base (K - 1) x (d + 1) parameters, row-major
 * @param direction as many, or none: then every step is the base
 * @param steps at least one
 */
public record Probe(
    FoldChoice rows, PassDetail detail, double[] base, double[] direction, double[] steps)
    implements Serializable {
  /** Checks lengths. */
  public Probe {
    if (direction.length != 0 && direction.length != base.length) {
      throw new IllegalArgumentException(
          "direction: expected none or " + base.length + " numbers, found " + direction.length);
    }
    if (steps.length == 0) {
      throw new IllegalArgumentException("steps: expected at least one");
    }
  }

  /** One model, without a line. */
  public static Probe at(FoldChoice rows, PassDetail detail, double[] parameters) {
    return new Probe(rows, detail, parameters, new double[0], new double[] {0});
  }

  /** The parameters at which derivatives are taken: base + steps[0] direction, as a new array. */
  public double[] parameters() {
    return parameters(steps[0]);
  }

  /** The parameters base + step direction, as a new array. */
  public double[] parameters(double step) {
    double[] result = base.clone();
    for (int i = 0; i < direction.length; i++) {
      result[i] += step * direction[i];
    }
    return result;
  }
}
