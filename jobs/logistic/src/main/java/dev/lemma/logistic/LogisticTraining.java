// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ClosedForm;
import dev.lemma.math.logistic.ClosedFormErrors;
import dev.lemma.math.logistic.ClosedFormFit;
import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.Shrinkage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes labelled rows to a model.
 *
 * <p>One pass: the statistics of all rows, and from them the {@link ClosedForm} that the settings
 * name, with the standard errors of {@link ClosedFormErrors}.
 */
final class LogisticTraining {
  private LogisticTraining() {}

  /**
   * Trains.
   *
   * @param rows the rows, without key columns
   * @param settings how
   * @param order which classes the model has
   * @throws LemmaException (code 3) if a row cannot be used, if there are fewer than two classes or
   *     no row has weight, or if the rows are too wide for the memory
   */
  static LogisticFit train(LabelledRows rows, LogisticSettings settings, ClassOrder order) {
    if (settings.passes() != Passes.ONE) {
      throw new LemmaException(
          ExitCode.USAGE,
          new Problem(
              "passes",
              "this version makes one pass",
              settings.passes().key(),
              Passes.ONE.key(),
              "set passes = 1"));
    }
    // Folds cost a hash of every row, and the closed form has no use for them.
    try (Scan scan = Scan.of(rows, settings.kernel(), 1)) {
      StatisticsPass pass = StatisticsPass.take(scan, settings.memory());
      rows.screen().settle(pass.counts(), BadRows.FAIL, Optional.empty());
      return closedForm(order.arrange(pass.statistics()), settings, rows.labelKey());
    }
  }

  /**
   * The closed form from statistics.
   *
   * @param statistics of all rows
   * @param settings how
   * @param label the label's key and column, for messages
   */
  static LogisticFit closedForm(Statistics statistics, LogisticSettings settings, String label) {
    ClassMoments moments = statistics.total();
    require(statistics, moments, label);
    ClosedForm form = settings.closedForm();
    ClosedFormFit fit;
    try {
      fit = form.fit(moments);
    } catch (IllegalArgumentException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of("covariance", e.getMessage(), "raise memory, or choose covariance = within"),
          e);
    }
    ClosedFormErrors errors = ClosedFormErrors.of(moments, form.weights());
    SortedMap<Integer, CoefficientErrors> found = new TreeMap<>();
    List<FitSummary.ClassCount> counts = new ArrayList<>();
    int classes = moments.classes();
    for (int k = 0; k < classes; k++) {
      counts.add(new FitSummary.ClassCount(moments.rows(k), moments.weight(k)));
      boolean wanted = classes == 2 ? k == 1 && moments.weight(0) > 0 : true;
      if (wanted && moments.weight(k) > 0) {
        found.put(k, classes == 2 ? errors.logit(1, 0) : errors.score(k));
      }
    }
    ModelSpecification specification =
        new ModelSpecification(
            statistics.classes(),
            statistics.header().featureNames(),
            counts.stream().map(count -> Math.max(0, count.weight()) / moments.weight()).toList(),
            fit.model());
    FitSummary summary =
        new FitSummary(
            method(form),
            1,
            counts,
            Shrinkage.NONE.equals(form.shrinkage())
                ? OptionalDouble.empty()
                : OptionalDouble.of(fit.rho()),
            "closed-form",
            LogisticFit.coefficients(fit.model(), found),
            fit.diagnosis(),
            List.of(new PassGain(1, "statistics and closed form", Double.NaN)),
            Optional.empty());
    return new LogisticFit(specification, summary);
  }

  private static void require(Statistics statistics, ClassMoments moments, String label) {
    if (statistics.classes().size() < 2) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              label,
              "there is nothing to tell apart",
              statistics.classes().size() + " classes",
              "at least 2",
              "check the column of the class, or add rows of other classes"));
    }
    if (!(moments.weight() > 0)) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              label,
              "no row has weight: there is nothing to learn from",
              "check input and weights"));
    }
  }

  private static String method(ClosedForm form) {
    return "closed form, covariance "
        + Keys.of(form.pooling())
        + ", shrinkage "
        + shrinkage(form.shrinkage());
  }

  private static String shrinkage(Shrinkage shrinkage) {
    // Patterns in a switch come with Java 21.
    if (shrinkage instanceof Shrinkage.Fixed fixed) {
      return fixed.rho() == 0 ? "none" : "fixed";
    }
    if (shrinkage instanceof Shrinkage.Ridge) {
      return "ridge";
    }
    if (shrinkage instanceof Shrinkage.Oas) {
      return "oas";
    }
    return shrinkage instanceof Shrinkage.Rblw ? "rblw" : "ledoit-wolf";
  }
}
