// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.ClosedFormFit;
import dev.lemma.math.logistic.Diagnosis;
import dev.lemma.math.logistic.DiagonalMoments;
import dev.lemma.math.logistic.LinearModel;
import dev.lemma.math.logistic.MatrixFree;
import dev.lemma.math.logistic.MatrixFreeOptions;
import dev.lemma.math.logistic.MatrixFreeResult;
import dev.lemma.math.logistic.Shrinkage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Takes rows too wide for a scatter matrix to a model; without standard errors. */
final class WideTraining {
  private static final int LEAST_CLASSES = 2;

  private final Scan scan;
  private final LogisticSettings settings;
  private final ClassOrder order;
  private final Phases phases;
  private final Consumer<RowCounts> settle;

  /**
   * @param scan the rows
   * @param settings how
   * @param order which classes the model has
   * @param phases shows the passes
   * @param settle is told the counts of rows, and may refuse them
   */
  WideTraining(
      Scan scan,
      LogisticSettings settings,
      ClassOrder order,
      Phases phases,
      Consumer<RowCounts> settle) {
    this.scan = scan;
    this.settings = settings;
    this.order = order;
    this.phases = phases;
    this.settle = settle;
  }

  /** Refuses d where conjugate gradients for two classes do not fit; empty when they do. */
  static Optional<Problem> tooWide(int features, int folds, long memory) {
    Optional<Problem> problem = DiagonalPass.tooWide(features, folds, memory);
    return problem.isPresent() ? problem : tooLarge(features, LEAST_CLASSES, folds, memory);
  }

  private static Optional<Problem> tooLarge(int features, int classes, int folds, long memory) {
    double needed = MatrixFree.bytes(features, classes, folds);
    return needed <= memory
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "columns.features",
                "too wide for the directions of "
                    + classes
                    + " classes in "
                    + folds
                    + " folds and d = "
                    + features,
                ByteSize.describe(needed),
                "at most memory = " + ByteSize.describe(memory),
                "raise memory, lower folds (1: not calibrated), or project the features first with"
                    + " job project"));
  }

  /** The model of independent features, or that of products with the covariance. */
  FitOutcome train(FitRoute route) {
    return route == FitRoute.PRODUCTS ? solved() : diagonal();
  }

  /** The first pass: by fold, of the classes that rows spell so and the model calls so. */
  private record Moments(
      List<String> labels, List<String> names, DiagonalMoments byFold, long read) {}

  private Moments moments() {
    LabelledRows rows = scan.rows();
    ScanResult<DiagonalPass.State> result =
        phases.phase(
            "pass 1: means and variances",
            () ->
                scan.run(
                    new DiagonalPass(rows.d(), scan.folds(), settings.memory(), rows.labelKey())));
    settle.accept(result.counts());
    LogisticTraining.requireRows(result.counts(), rows.labelKey());
    List<String> found = result.value().present();
    List<String> labels = order.labels(found);
    LogisticTraining.requireClasses(found.isEmpty() ? 0 : labels.size(), rows.labelKey());
    return new Moments(
        labels, order.names(found), result.value().arranged(labels), result.counts().rows());
  }

  private FitOutcome diagonal() {
    Moments found = moments();
    ClosedFormFit fit = found.byFold.fit();
    return outcome(
        found,
        fit.model(),
        found.byFold.deviations(),
        fit.diagnosis(),
        new FitSummaryParts(
            "closed form, covariance diagonal, without a matrix",
            1,
            OptionalDouble.empty(),
            List.of(new PassGain(1, "means and variances", Double.NaN)),
            found.read),
        Optional.empty());
  }

  private FitOutcome solved() {
    Moments found = moments();
    int folds = scan.folds();
    tooLarge(scan.rows().d(), found.names.size(), folds, settings.memory())
        .ifPresent(
            problem -> {
              throw new LemmaException(ExitCode.INPUT, problem);
            });
    long[] rows = new long[folds];
    for (int i = 0; i < found.byFold.classes(); i++) {
      rows[i % folds] += found.byFold.rows(i);
    }
    SparkPasses passes =
        new SparkPasses(scan, found.labels, rows, settings.memory(), phases, counts -> {});
    Shrinkage shrinkage = settings.closedForm().shrinkage();
    MatrixFreeResult result =
        MatrixFree.run(
            found.byFold,
            folds,
            passes,
            new MatrixFreeOptions(
                shrinkage,
                settings.closedForm().units(),
                settings.weights().semantics(),
                settings.iterations().residual(),
                settings.iterations().most(),
                settings.seed()));
    return outcome(
        found,
        result.ladder().model(),
        result.deviations(),
        result.ladder().diagnosis(),
        new FitSummaryParts(
            "conjugate gradients, covariance within, shrinkage "
                + LogisticTraining.shrinkage(shrinkage),
            result.ladder().passes(),
            result.rho() > 0 ? OptionalDouble.of(result.rho()) : OptionalDouble.empty(),
            result.ladder().stages().stream().map(LadderFit::gain).toList(),
            found.read + passes.read()),
        Optional.of(result));
  }

  /** What differs between the summaries. */
  private record FitSummaryParts(
      String method, int passes, OptionalDouble rho, List<PassGain> gains, long read) {}

  private FitOutcome outcome(
      Moments found,
      LinearModel model,
      double[] deviations,
      Diagnosis diagnosis,
      FitSummaryParts parts,
      Optional<MatrixFreeResult> result) {
    int folds = scan.folds();
    List<FitSummary.ClassCount> counts = new ArrayList<>();
    for (int k = 0; k < found.names.size(); k++) {
      long rows = 0;
      double weight = 0;
      for (int f = 0; f < folds; f++) {
        rows += found.byFold.rows(k * folds + f);
        weight += found.byFold.weight(k * folds + f);
      }
      counts.add(new FitSummary.ClassCount(rows, weight));
    }
    FitSummary summary =
        new FitSummary(
            parts.method,
            parts.passes,
            counts,
            parts.rho,
            "none",
            OptionalInt.empty(),
            new TreeMap<>(),
            diagnosis,
            parts.gains,
            Optional.empty());
    ModelSpecification specification =
        new ModelSpecification(
            found.names,
            scan.rows().featureNames(),
            counts.stream().map(count -> count.weight() / found.byFold.weight()).toList(),
            model);
    return new FitOutcome(
        new LogisticFit(specification, summary),
        deviations,
        Optional.empty(),
        result.map(MatrixFreeResult::ladder),
        result,
        parts.read);
  }
}
