// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The coefficients of a model as log odds against one class, with standard errors from outside. */
final class LadderErrors {
  /** Estimates beyond this many are not made: they are objects. */
  private static final double MOST_ESTIMATES = 5e6;

  private LadderErrors() {}

  /** Whether so many coefficients get errors. */
  static boolean areFew(int classes, int features) {
    return (double) classes * features <= MOST_ESTIMATES;
  }

  /**
   * Errors in closed form.
   *
   * @param scale of the calibration that the model has had
   */
  static List<Optional<CoefficientErrors>> closedForm(
      LinearModel model, ClassMoments moments, WeightSemantics weights, double scale) {
    int reference = CandidateFits.present(moments)[0];
    ClosedFormErrors errors = ClosedFormErrors.of(moments, weights);
    List<Optional<CoefficientErrors>> list = new ArrayList<>();
    for (int k = 1; k < model.classes(); k++) {
      if (k == reference || !(moments.weight(k) > 0)) {
        list.add(Optional.empty());
        continue;
      }
      CoefficientErrors pooled = errors.logit(k, reference);
      double[] slopes =
          pooled.slopes().stream().mapToDouble(estimate -> scale * estimate.error()).toArray();
      list.add(Optional.of(of(model, k, reference, scale * pooled.intercept().error(), slopes)));
    }
    return list;
  }

  /**
   * What a pass sums for the errors of {@link #sandwich}: a plan for each class with weight but the
   * first.
   */
  static List<InfluencePlan> influences(ClassMoments moments, WeightSemantics weights) {
    int[] present = CandidateFits.present(moments);
    return Arrays.stream(present, 1, present.length)
        .mapToObj(k -> InfluencePlan.of(moments, k, present[0], weights))
        .toList();
  }

  /**
   * Errors from the influence of the rows on the pooled model.
   *
   * @param sums of the plans of {@link #influences}
   * @param scale of the calibration that the model has had
   */
  static List<Optional<CoefficientErrors>> sandwich(
      LinearModel model, ClassMoments moments, List<InfluenceSums> sums, double scale) {
    int[] present = CandidateFits.present(moments);
    List<Optional<CoefficientErrors>> list = new ArrayList<>();
    for (int k = 1; k < model.classes(); k++) {
      int at = Arrays.binarySearch(present, k);
      if (at < 1) {
        list.add(Optional.empty());
        continue;
      }
      CoefficientErrors pooled = sums.get(at - 1).errors(moments);
      double[] slopes =
          pooled.slopes().stream().mapToDouble(estimate -> scale * estimate.error()).toArray();
      list.add(Optional.of(of(model, k, present[0], scale * pooled.intercept().error(), slopes)));
    }
    return list;
  }

  /**
   * Errors from derivatives.
   *
   * @param factor by which the errors of a unit of weight are multiplied
   */
  static List<Optional<CoefficientErrors>> ofDerivatives(
      LinearModel model, StandardErrors errors, double factor) {
    int d = model.features();
    List<Optional<CoefficientErrors>> list = new ArrayList<>();
    for (int k = 1; k < model.classes(); k++) {
      if (!model.hasClass(k)) {
        list.add(Optional.empty());
        continue;
      }
      double[] slopes = Arrays.copyOfRange(errors.slopes(), (k - 1) * d, k * d);
      for (int j = 0; j < d; j++) {
        // 0 is the error of a column that was left out.
        slopes[j] = slopes[j] > 0 ? factor * slopes[j] : Double.NaN;
      }
      list.add(Optional.of(of(model, k, 0, factor * errors.intercepts()[k - 1], slopes)));
    }
    return list;
  }

  private static CoefficientErrors of(
      LinearModel model, int k, int reference, double intercept, double[] slopes) {
    double[] values = model.logitSlope(k, reference);
    List<Estimate> estimates = new ArrayList<>();
    for (int j = 0; j < values.length; j++) {
      estimates.add(new Estimate(values[j], slopes[j]));
    }
    return new CoefficientErrors(
        new Estimate(model.logitIntercept(k, reference), intercept), estimates);
  }
}
