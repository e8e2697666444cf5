// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The products of a {@link ScatterPlan} over the rows added. A row first gets its scores less those
 * of the mean of its class, then adds as many multiples of itself: what is summed is small where
 * the rows are close to their means, and a sparse row touches its entries only.
 *
 * <p>d R numbers, one flat array that can be shipped and added up. Sums in the order of the calls,
 * the same for a dense and a sparse encoding. Not thread-safe.
 */
public final class ScatterProducts {
  private final ScatterPlan plan;
  private final AugmentedRow row;
  private final double[] pulls;
  private final double[] products;

  /** No rows yet. */
  public ScatterProducts(ScatterPlan plan) {
    this.plan = plan;
    row = new AugmentedRow(plan.shift());
    pulls = new double[plan.count()];
    products = new double[plan.directions().length];
  }

  /**
   * Adds a dense row.
   *
   * @param fold of the row
   * @param label its class, 0 to K - 1
   * @param weight finite, at least 0
   * @param x d finite numbers
   */
  public void add(int fold, int label, double weight, double[] x) {
    row.set(x, 0);
    add(fold, label, weight);
  }

  /**
   * Adds a sparse row.
   *
   * @param columns ascending, each in [0, d)
   * @param values finite
   * @param count how many entries of both count
   */
  public void add(int fold, int label, double weight, int[] columns, double[] values, int count) {
    row.set(columns, values, count);
    add(fold, label, weight);
  }

  private void add(int fold, int label, double weight) {
    int count = pulls.length;
    double[] directions = plan.directions();
    double[] centres = plan.centres();
    int[] leftOut = plan.leftOut();
    for (int r = 0; r < count; r++) {
      pulls[r] = -centres[label * count + r];
    }
    // Entry 0 is the 1 of an intercept.
    for (int e = 1; e < row.size; e++) {
      double value = row.values[e];
      int at = (row.indices[e] - 1) * count;
      for (int r = 0; r < count; r++) {
        pulls[r] += value * directions[at + r];
      }
    }
    for (int r = 0; r < count; r++) {
      pulls[r] = leftOut[r] == fold ? 0 : weight * pulls[r];
    }
    for (int e = 1; e < row.size; e++) {
      double value = row.values[e];
      int at = (row.indices[e] - 1) * count;
      for (int r = 0; r < count; r++) {
        products[at + r] += value * pulls[r];
      }
    }
  }

  /**
   * The sums so far, d x R, row-major; the array itself. The pulls of a class add up to 0, so the
   * sums over x - shift are those over x less the mean of its class.
   */
  public double[] sums() {
    return products;
  }
}
