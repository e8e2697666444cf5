// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.Serializable;
import java.util.List;

/**
 * The models that a pass compares: for each fold f those of all candidates that were made without
 * the rows of f, by which alone the rows of f are scored.
 *
 * <p>A row costs 2 C d flops for two classes and 2 C K d for more; the plan takes as many times 8 F
 * (d + 1) / d / 2 bytes. Arrays are not copied and must not be changed.
 *
 * @param candidates C, at least 1
 * @param classes K, at least 1
 * @param shift d numbers by which rows are shifted before they are scored, see {@link PassPlan}
 * @param parameters for each of the F folds C x R x (1 + d) numbers, row-major: an intercept about
 *     the shift and d slopes; R = 1 for two classes, the logit of class 1, else R = K. Intercepts
 *     may be infinite where a class is absent
 * @param seed chooses sampled rows, see {@link CrossFittedScores}
 */
public record CrossFitPlan(
    int candidates, int classes, double[] shift, double[][] parameters, long seed)
    implements Serializable {
  /** Checks lengths. */
  public CrossFitPlan {
    long length = (long) candidates * scoresOf(classes) * (shift.length + 1L);
    for (double[] fold : parameters) {
      if (fold.length != length) {
        throw new IllegalArgumentException(
            "parameters: expected " + length + " numbers a fold, found " + fold.length);
      }
    }
    new CrossFitShape(candidates, parameters.length, classes);
  }

  /**
   * The plan for these models.
   *
   * @param models for each fold the C models made without it
   * @param shift d numbers
   */
  static CrossFitPlan of(List<List<LinearModel>> models, double[] shift, long seed) {
    int candidates = models.get(0).size();
    int classes = models.get(0).get(0).classes();
    double[][] parameters = new double[models.size()][];
    for (int f = 0; f < parameters.length; f++) {
      parameters[f] = rows(models.get(f), classes, shift);
    }
    return new CrossFitPlan(candidates, classes, shift, parameters, seed);
  }

  private static double[] rows(List<LinearModel> models, int classes, double[] shift) {
    int width = shift.length + 1;
    int each = scoresOf(classes);
    double[] rows = new double[Math.multiplyExact(models.size() * each, width)];
    for (int c = 0; c < models.size(); c++) {
      for (int r = 0; r < each; r++) {
        int at = (c * each + r) * width;
        fill(models.get(c), classes == 2 ? 1 : r, rows, at, shift);
      }
    }
    return rows;
  }

  private static void fill(LinearModel model, int k, double[] rows, int at, double[] shift) {
    boolean logit = model.classes() == 2;
    double intercept = logit ? model.logitIntercept(1, 0) : model.intercept(k);
    for (int j = 0; j < shift.length; j++) {
      double slope = model.coefficient(k, j) - (logit ? model.coefficient(0, j) : 0);
      rows[at + 1 + j] = slope;
      intercept += slope * shift[j];
    }
    rows[at] = intercept;
  }

  private static int scoresOf(int classes) {
    return classes == 2 ? 1 : classes;
  }

  /** F. */
  public int folds() {
    return parameters.length;
  }

  /** d. */
  public int features() {
    return shift.length;
  }

  /** R, the scores of one candidate that are computed. */
  int scoresEach() {
    return scoresOf(classes);
  }

  /** The shape of the scores that it asks for. */
  public CrossFitShape shape() {
    return new CrossFitShape(candidates, parameters.length, classes);
  }
}
