// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Standard errors of the log odds of each class against class 0, from the last pass of a {@link
 * Polish}. With H the Hessian of the losses at the last point and R that of the ridge:
 *
 * <ul>
 *   <li>{@link #fisher}: variances (H + R)<sup>-1</sup> H (H + R)<sup>-1</sup>, which is the
 *       inverse Fisher information H<sup>-1</sup> without a ridge. Weights count rows: weight 2 is
 *       a row twice.
 *   <li>{@link #robust}: (H + R)<sup>-1</sup> J (H + R)<sup>-1</sup>, J the sum of w<sup>2</sup>
 *       times the outer products of the rows' gradients, or of w times them where a weight counts
 *       equal rows: right when the model is not the law of the data.
 * </ul>
 *
 * <p>NaN for what {@link PolishEnd#SEPARATED} says grows without end: the curvature along it is
 * rounding, and an error made of it might as well look small as large. Where the steps went on
 * until rank was lost to it, NaN for all that is not left out: an error would be that of the others
 * held fast.
 *
 * <p>Both are conditional on lambda, and say nothing of the bias that a ridge brings. p<sup>3</sup>
 * flops for p = (K - 1)(d + 1).
 *
 * <p>H. White, <em>Maximum likelihood estimation of misspecified models</em>, 1982, <a
 * href="https://doi.org/10.2307/1912526">doi:10.2307/1912526</a>.
 *
 * @param intercepts K - 1 numbers, of the intercepts over raw rows; NaN where a slope of theirs is
 * @param slopes (K - 1) x d, row-major; 0 for a dropped column, NaN for one that separates classes
 */
public record StandardErrors(double[] intercepts, double[] slopes) {
  /** From the Fisher information. */
  public static StandardErrors fisher(PolishResult result) {
    return sandwich(result, result.sums().hessian(0));
  }

  /**
   * From the outer products of the rows' gradients.
   *
   * @throws IllegalArgumentException if the polish did not ask for {@link
   *     PassDetail#OUTER_PRODUCTS}
   */
  public static StandardErrors robust(PolishResult result) {
    return sandwich(result, result.sums().outerProducts(0));
  }

  /**
   * Values with their errors of the log odds of class k against class 0.
   *
   * @param model the polished one
   * @param k 1 to K - 1
   */
  public CoefficientErrors logit(LinearModel model, int k) {
    double[] slope = model.logitSlope(k, 0);
    List<Estimate> estimates = new ArrayList<>();
    for (int j = 0; j < slope.length; j++) {
      estimates.add(new Estimate(slope[j], slopes[(k - 1) * slope.length + j]));
    }
    Estimate intercept = new Estimate(model.logitIntercept(k, 0), intercepts[k - 1]);
    return new CoefficientErrors(intercept, estimates);
  }

  private static StandardErrors sandwich(PolishResult result, double[] middle) {
    Design design = result.design();
    int width = design.features() + 1;
    int scores = design.classes() - 1;
    double[] blocks = result.sums().hessian(0);
    double[] deviations = design.deviations();
    result.ridge().addHessian(scores, deviations, blocks);
    NewtonSystem system = NewtonSystem.ofBlocks(blocks, scores, width, design.fixed());
    double[] shift = design.shift();
    double[] intercepts = new double[scores];
    double[] slopes = new double[scores * design.features()];
    double[] unit = new double[scores * width];
    boolean[] growing = result.growing();
    markLost(result, system, growing);
    for (int c = 0; c < scores; c++) {
      for (int j = 0; j < width; j++) {
        Arrays.fill(unit, 0);
        if (j > 0) {
          unit[c * width + j] = 1;
          boolean dropped = system.isDropped(c * width + j);
          double error = dropped ? 0 : error(system.solve(unit), middle, width);
          slopes[c * design.features() + j - 1] = growing[c * width + j] ? Double.NaN : error;
          intercepts[c] += growing[c * width + j] ? Double.NaN : 0;
        } else {
          // The intercept over raw rows is a - b'shift.
          unit[c * width] = 1;
          for (int i = 1; i < width; i++) {
            unit[c * width + i] = -shift[i - 1];
          }
          intercepts[c] += error(system.solve(unit), middle, width);
        }
      }
    }
    return new StandardErrors(intercepts, slopes);
  }

  /** Where classes are separated and a slope has lost its curvature, all slopes grow. */
  private static void markLost(PolishResult result, NewtonSystem system, boolean[] growing) {
    double[] parameters = result.parameters();
    boolean lost = false;
    for (int i = 0; result.end() == PolishEnd.SEPARATED && i < growing.length; i++) {
      lost |= system.isDropped(i) && parameters[i] != 0;
    }
    for (int i = 0; lost && i < growing.length; i++) {
      growing[i] |= parameters[i] != 0 && i % (result.design().features() + 1) > 0;
    }
  }

  /** Square root of v' M v, M in blocks. */
  private static double error(double[] v, double[] blocks, int width) {
    int scores = v.length / width;
    double sum = 0;
    int at = 0;
    for (int e = 0; e < scores; e++) {
      for (int c = 0; c <= e; c++) {
        double block = 0;
        for (int j = 0; j < width; j++) {
          for (int i = 0; i <= j; i++) {
            double vi = v[c * width + i] * v[e * width + j];
            double vj = i == j ? 0 : v[c * width + j] * v[e * width + i];
            block += blocks[at++] * (vi + vj);
          }
        }
        sum += c == e ? block : 2 * block;
      }
    }
    return Math.sqrt(Math.max(0, sum));
  }
}
