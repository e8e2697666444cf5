// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.Estimate;
import dev.lemma.math.logistic.LinearModel;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What training gives.
 *
 * @param specification the model
 * @param summary what the fit says of itself
 */
public record LogisticFit(ModelSpecification specification, FitSummary summary) {
  /**
   * The fit for a population in which the classes are mixed otherwise than among the rows: slopes
   * and errors stay, intercepts move.
   *
   * @param where the key or parameter that the shares come from, for messages
   * @param shares K numbers; their scale does not matter
   * @throws LemmaException (code 3) if there is not one for each class, or one for a class without
   *     rows
   */
  public LogisticFit withPriors(String where, double[] shares) {
    int classes = specification.classes().size();
    if (shares.length != classes) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              where,
              "priors are needed for each class of the rows",
              shares.length + " priors",
              classes + " classes",
              "give one share for each class in order"));
    }
    ModelSpecification moved;
    try {
      moved = specification.withPriors(shares);
    } catch (IllegalArgumentException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(where, e.getMessage(), "give a positive share to classes with rows"),
          e);
    }
    return new LogisticFit(
        moved,
        new FitSummary(
            summary.method(),
            summary.passes(),
            summary.counts(),
            summary.rho(),
            summary.errorKind(),
            summary.reference(),
            coefficients(moved.model(), summary.reference(), summary.coefficients()),
            summary.diagnosis(),
            summary.gains(),
            summary.certificate()));
  }

  /**
   * The model's coefficients with errors that were found for them.
   *
   * @param reference the class that they are log odds against, see {@link FitSummary#reference}
   */
  static SortedMap<Integer, CoefficientErrors> coefficients(
      LinearModel model, OptionalInt reference, SortedMap<Integer, CoefficientErrors> errors) {
    SortedMap<Integer, CoefficientErrors> estimates = new TreeMap<>();
    errors.forEach(
        (k, of) -> {
          boolean isLogit = model.classes() == 2 || reference.isPresent();
          int other = reference.orElse(1 - k);
          double[] slope = isLogit ? model.logitSlope(k, other) : row(model, k);
          double constant = isLogit ? model.logitIntercept(k, other) : model.intercept(k);
          Estimate[] slopes = new Estimate[slope.length];
          for (int j = 0; j < slope.length; j++) {
            slopes[j] = new Estimate(slope[j], of.slopes().get(j).error());
          }
          estimates.put(
              k,
              new CoefficientErrors(
                  new Estimate(constant, of.intercept().error()), List.of(slopes)));
        });
    return estimates;
  }

  private static double[] row(LinearModel model, int k) {
    double[] row = new double[model.features()];
    for (int j = 0; j < row.length; j++) {
      row[j] = model.coefficient(k, j);
    }
    return row;
  }
}
