// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ClosedForm;
import dev.lemma.math.logistic.ClosedFormErrors;
import dev.lemma.math.logistic.ClosedFormFit;
import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.Ladder;
import dev.lemma.math.logistic.LadderPasses;
import dev.lemma.math.logistic.LinearModel;
import dev.lemma.math.logistic.MomentMatched;
import dev.lemma.math.logistic.Shrinkage;
import dev.lemma.math.logistic.WeightSemantics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes labelled rows to a model.
 *
 * <p>One pass, an estimator named: the statistics of all rows, and from them the {@link ClosedForm}
 * or {@link MomentMatched} model, with the standard errors of {@link ClosedFormErrors}. Otherwise
 * the {@link Ladder}, its passes being those of {@link SparkPasses}.
 */
final class LogisticTraining {
  private LogisticTraining() {}

  /**
   * Trains on rows.
   *
   * @param rows the rows, without key columns
   * @param settings how
   * @param order which classes the model has
   * @param phases shows the passes
   * @param settle is told the counts of rows of the first pass, and may refuse them
   * @throws LemmaException (code 3) if there are fewer than two classes or no row has weight, or if
   *     the rows are too wide for the memory
   */
  static FitOutcome train(
      LabelledRows rows,
      LogisticSettings settings,
      ClassOrder order,
      Phases phases,
      Consumer<RowCounts> settle) {
    FitRoute route = FitRoute.of(settings, rows.d());
    route
        .tooWide(rows.d(), settings.usedFolds(), settings.memory())
        .ifPresent(
            problem -> {
              throw new LemmaException(ExitCode.INPUT, problem);
            });
    try (Scan scan = Scan.of(rows, settings.kernel(), settings.usedFolds())) {
      if (route != FitRoute.MOMENTS) {
        return new WideTraining(scan, settings, order, phases, settle).train(route);
      }
      StatisticsPass pass =
          phases.phase("pass 1: statistics", () -> StatisticsPass.take(scan, settings.memory()));
      settle.accept(pass.counts());
      requireRows(pass.counts(), rows.labelKey());
      FitOutcome outcome = later(scan, pass.statistics(), settings, order, phases, counts -> {});
      return outcome.afterReading(pass.counts().rows() + outcome.read());
    }
  }

  /**
   * Trains on statistics, and on the rows that they are of.
   *
   * @param scan the rows, with the folds of the statistics
   * @param statistics the first pass
   * @param settle is told the counts of rows of the first pass over them, and may refuse them
   */
  static FitOutcome later(
      Scan scan,
      Statistics statistics,
      LogisticSettings settings,
      ClassOrder order,
      Phases phases,
      Consumer<RowCounts> settle) {
    SparkPasses passes =
        new SparkPasses(
            scan,
            order.labels(statistics.classes()),
            SparkPasses.rows(statistics.moments()),
            settings.memory(),
            phases,
            settle);
    return solve(order.arrange(statistics), Optional.of(passes), settings, scan.rows().labelKey())
        .afterReading(passes.read());
  }

  /**
   * Solves statistics, and climbs from there.
   *
   * @param statistics of all rows, in the model's classes
   * @param passes the rows again; empty where one pass has to do
   * @param settings how
   * @param where the label's key and column, or the place of the statistics, for messages
   */
  static FitOutcome solve(
      Statistics statistics,
      Optional<? extends LadderPasses> passes,
      LogisticSettings settings,
      String where) {
    require(statistics, where);
    if (settings.isClosed()) {
      LogisticFit fit =
          settings.estimator() == Estimator.MOMENT_MATCHED
              ? momentMatched(statistics, settings)
              : closedForm(statistics, settings.closedForm());
      return FitOutcome.of(fit, statistics, Optional.empty());
    }
    return passes.isPresent()
        ? LadderFit.of(
            statistics, Ladder.run(statistics.moments(), passes.get(), settings.ladder()))
        : LadderFit.of(statistics, Ladder.fromMoments(statistics.moments(), settings.ladder()));
  }

  private static LogisticFit closedForm(Statistics statistics, ClosedForm form) {
    ClassMoments moments = statistics.total();
    ClosedFormFit fit;
    try {
      fit = form.fit(moments);
    } catch (IllegalArgumentException e) {
      throw beyondMoments(e);
    }
    FitSummary summary =
        new FitSummary(
            method(form),
            1,
            LadderFit.counts(moments),
            Shrinkage.NONE.equals(form.shrinkage())
                ? OptionalDouble.empty()
                : OptionalDouble.of(fit.rho()),
            "closed-form",
            OptionalInt.empty(),
            LogisticFit.coefficients(
                fit.model(), OptionalInt.empty(), errors(moments, form.weights())),
            fit.diagnosis(),
            List.of(new PassGain(1, "statistics and closed form", Double.NaN)),
            Optional.empty());
    return new LogisticFit(LadderFit.specification(statistics, moments, fit.model()), summary);
  }

  private static LogisticFit momentMatched(Statistics statistics, LogisticSettings settings) {
    ClassMoments moments = statistics.total();
    ClosedForm pooled = ClosedForm.POOLED.with(settings.weights().semantics());
    LinearModel model;
    try {
      model = new MomentMatched(1, settings.penalty()).fit(moments).model();
    } catch (IllegalArgumentException e) {
      throw beyondMoments(e);
    }
    FitSummary summary =
        new FitSummary(
            "moment-matched, lambda " + settings.penalty(),
            1,
            LadderFit.counts(moments),
            OptionalDouble.empty(),
            "closed-form",
            OptionalInt.empty(),
            LogisticFit.coefficients(
                model, OptionalInt.empty(), errors(moments, settings.weights().semantics())),
            pooled.fit(moments).diagnosis(),
            List.of(new PassGain(1, "statistics and moment matching", Double.NaN)),
            Optional.empty());
    return new LogisticFit(LadderFit.specification(statistics, moments, model), summary);
  }

  private static LemmaException beyondMoments(IllegalArgumentException e) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            "memory", e.getMessage(), "raise memory, or choose the covariance within the classes"),
        e);
  }

  private static SortedMap<Integer, CoefficientErrors> errors(
      ClassMoments moments, WeightSemantics weights) {
    ClosedFormErrors errors = ClosedFormErrors.of(moments, weights);
    SortedMap<Integer, CoefficientErrors> found = new TreeMap<>();
    int classes = moments.classes();
    for (int k = 0; k < classes; k++) {
      boolean wanted = classes > 2 || k == 1 && moments.weight(0) > 0;
      if (wanted && moments.weight(k) > 0) {
        found.put(k, classes == 2 ? errors.logit(1, 0) : errors.score(k));
      }
    }
    return found;
  }

  private static void require(Statistics statistics, String where) {
    requireClasses(statistics.total().weight() > 0 ? statistics.classes().size() : 0, where);
  }

  /** Refuses an input that is empty, or of which no row can be used. */
  static void requireRows(RowCounts counts, String where) {
    if (counts.accepted() == 0) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              where,
              "there is nothing to learn from",
              counts.rows() == 0 ? "no rows" : "no usable row among " + counts.rows(),
              "rows of at least 2 classes",
              "check the input"));
    }
  }

  static void requireClasses(int classes, String where) {
    if (classes == 0) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              where,
              "no row has weight: there is nothing to learn from",
              "check input and weights"));
    }
    if (classes == 1) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              where,
              "there is nothing to tell apart",
              "1 class",
              "at least 2",
              "check the column of the class, or add rows of other classes"));
    }
  }

  private static String method(ClosedForm form) {
    return "closed form, covariance "
        + Keys.of(form.pooling())
        + ", shrinkage "
        + shrinkage(form.shrinkage());
  }

  static String shrinkage(Shrinkage shrinkage) {
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
