// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.IntervalChart;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.CandidateKind;
import dev.lemma.math.logistic.CandidateResult;
import dev.lemma.math.logistic.Diagnosis;
import dev.lemma.math.logistic.Estimate;
import dev.lemma.math.logistic.LadderResult;
import dev.lemma.math.logistic.LadderStage;
import dev.lemma.math.logistic.LossBasis;
import dev.lemma.math.logistic.MatrixFreeResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a fit says of itself, in the manifest and on its page. */
final class FitReport {
  /** Coefficients that are drawn. */
  private static final int DRAWN = 30;

  /** Classes that the manifest lists. */
  private static final int LISTED = 50;

  private final FitConfig config;
  private final FitInput input;
  private final FitOutcome outcome;
  private final ModelSpecification specification;
  private final FitSummary summary;

  FitReport(FitConfig config, FitInput input, FitOutcome outcome) {
    this.config = config;
    this.input = input;
    this.outcome = outcome;
    this.specification = outcome.fit().specification();
    this.summary = outcome.fit().summary();
  }

  /** Whether the loss of a stage is of rows that its model had not seen. */
  static boolean isHeldOut(LadderStage stage) {
    return stage.basis() == LossBasis.MEASURED || stage.basis() == LossBasis.QUADRATIC;
  }

  void tell(Run run, long read) {
    metrics(run, read);
    Page page = run.report();
    headlines(page);
    outcome.ladder().ifPresent(ladder -> passes(page, ladder));
    coefficients(page);
    outcome.iterations().ifPresent(found -> residuals(page, found));
    outcome
        .ladder()
        .filter(ladder -> ladder.candidates().size() > 1)
        .ifPresent(ladder -> candidates(page, ladder));
    HeldOutScores.of(outcome)
        .ifPresent(
            scores -> {
              FitCurves curves = new FitCurves(specification.classes(), scores);
              curves.reliability(page);
              curves.ranking(page, run);
            });
    soundness(page);
    StatsFacts.show(run, FitFacts.of(config, input));
  }

  private void metrics(Run run, long read) {
    List<String> classes = specification.classes();
    run.metric("classes", classes.size());
    Map<String, Object> rows = new LinkedHashMap<>();
    for (int k = 0; k < Math.min(LISTED, classes.size()); k++) {
      rows.put(classes.get(k), summary.counts().get(k).rows());
    }
    run.metric("rows-by-class", rows);
    run.metric("features", specification.features().size());
    run.metric("feature-hash", specification.featureHash());
    run.metric("folds", input.header().folds());
    run.metric("weights", input.header().weights().key());
    run.metric("method", summary.method());
    run.metric("passes", summary.passes());
    run.metric("records-read", read);
    run.metric("rank", summary.diagnosis().rank());
    run.metric("condition", summary.diagnosis().condition());
    run.metric("standard-errors", summary.errorKind());
    summary.rho().ifPresent(rho -> run.metric("rho", rho));
    outcome
        .iterations()
        .ifPresent(
            found -> {
              run.metric("iterations", found.steps());
              run.metric("residual", found.residual());
              run.metric("converged", found.converged());
            });
    double loss = FitJob.heldOut(outcome);
    if (!Double.isNaN(loss)) {
      run.metric("held-out-log-loss", loss);
    }
    outcome
        .ladder()
        .ifPresent(
            ladder -> {
              Map<String, Object> calibration = new LinkedHashMap<>();
              calibration.put("scale", ladder.calibration().scale());
              if (!Double.isNaN(ladder.calibrationGain())) {
                calibration.put("gain", ladder.calibrationGain());
                calibration.put("gain-error", ladder.calibrationGainError());
              }
              run.metric("calibration", calibration);
              ladder
                  .certificate()
                  .ifPresent(
                      found -> {
                        Map<String, Object> one = new LinkedHashMap<>();
                        one.put("lambda", found.lambda());
                        one.put("excess", found.excess());
                        one.put("of-model", found.ofModel());
                        run.metric("certificate", one);
                      });
            });
  }

  private void headlines(Page page) {
    page.headline(
        Quantity.count(summary.rows()), "rows", summary.passes() + passesNote(summary.passes()));
    page.headline(
        Quantity.count(specification.classes().size()),
        "classes",
        specification.features().size() + " features");
    double loss = FitJob.heldOut(outcome);
    if (!Double.isNaN(loss)) {
      page.headline(
          Quantity.of(loss),
          "mean log-loss on rows left out",
          "shares of the classes alone: " + ScoreReport.number(entropy()));
    }
    page.section("Model", "");
    page.fact("method", summary.method(), "");
    page.fact("standard errors", summary.errorKind(), errorNote());
    if (!config.priors().isEmpty()) {
      page.fact(
          "priors",
          "those of the configuration",
          "what follows of rows left out is of the mix among them, before intercepts move");
    }
  }

  private static String passesNote(int passes) {
    return passes == 1 ? " pass" : " passes";
  }

  private String errorNote() {
    return switch (summary.errorKind()) {
      case "closed-form" -> "for Gaussian classes; of a shrunk or chosen model an approximation";
      case "sandwich" ->
          summary.certificate().isPresent()
              ? "gradients of single rows at the last step, given the ridge"
              : "what single rows do to the pooled model; of a shrunk or chosen one an approximation";
      case "fisher" -> "curvature of the likelihood at the last step, given the ridge";
      default -> "";
    };
  }

  /** Mean log-loss of predicting the shares of the classes. */
  private double entropy() {
    double total = summary.counts().stream().mapToDouble(FitSummary.ClassCount::weight).sum();
    double sum = 0;
    for (FitSummary.ClassCount count : summary.counts()) {
      if (count.weight() > 0) {
        sum -= count.weight() / total * Math.log(count.weight() / total);
      }
    }
    return sum;
  }

  private static void passes(Page page, LadderResult ladder) {
    page.section(
        "What each pass bought",
        "Mean log-loss, in nats, of the model after each pass. Forecasts from moments take scores"
            + " for Gaussian and show the order of models rather than their level.");
    Table table = Table.of("pass", "step", "log-loss", "error", "how it was found", "kept");
    List<LadderStage> measured = new ArrayList<>();
    for (LadderStage stage : ladder.stages()) {
      if (!Double.isNaN(stage.heldOutLoss())) {
        measured.add(stage);
      }
      table =
          table.row(
              stage.pass(),
              stage.name(),
              known(stage.heldOutLoss()),
              known(stage.heldOutError()),
              basis(stage.basis()),
              stage.taken() ? "yes" : "no");
    }
    page.table(table);
    if (measured.size() > 1) {
      page.figure(
          LineChart.of("Mean log-loss by pass", Axis.linear("pass").whole(), Axis.linear("nats"))
              .line(
                  "log-loss",
                  measured.stream().mapToDouble(LadderStage::pass).toArray(),
                  measured.stream().mapToDouble(LadderStage::heldOutLoss).toArray()),
          "The lower the better.");
    }
    ladder
        .certificate()
        .ifPresent(
            found ->
                page.fact(
                    "certificate",
                    ScoreReport.number(found.excess()) + " nats",
                    "how far the mean penalised log-loss (lambda "
                        + ScoreReport.number(found.lambda())
                        + ") is above its minimum, by the Newton decrement "
                        + (found.ofModel()
                            ? "at the model itself"
                            : "one step before the model, which is usually far nearer")));
  }

  private static void residuals(Page page, MatrixFreeResult found) {
    // A logarithm has no place for what was solved to the last bit.
    double[] sizes =
        found.residuals().stream().mapToDouble(Double::doubleValue).filter(r -> r > 0).toArray();
    double[] steps = new double[sizes.length];
    Arrays.setAll(steps, i -> i + 1);
    page.section(
        "Conjugate gradients",
        "The largest relative residual of the equations of all classes and folds after each pass.");
    if (steps.length > 1) {
      page.figure(
          LineChart.of(
                  "Residual by step", Axis.linear("step").whole(), Axis.log("relative residual"))
              .line("residual", steps, sizes),
          found.converged()
              ? "Below the residual that was asked for, the steps ended."
              : "The residual that was asked for was not reached.");
    }
  }

  private static String basis(LossBasis basis) {
    return switch (basis) {
      case GAUSSIAN -> "forecast from moments";
      case QUADRATIC -> "forecast from derivatives on rows left out";
      case MEASURED -> "measured on rows left out";
      case IN_SAMPLE -> "measured on the rows it was fitted to";
      case NONE -> "not known";
    };
  }

  /** A coefficient in units of the feature's deviation. */
  private record Standardised(String label, double value, double half) {
    double size() {
      return Double.isNaN(half) || half == 0 ? Math.abs(value) : Math.abs(value / half);
    }
  }

  private void coefficients(Page page) {
    double quantile = Estimate.quantile(config.confidence());
    double[] deviations = outcome.deviations();
    List<Standardised> all = new ArrayList<>();
    CoefficientRows.estimates(outcome.fit())
        .forEach(
            (k, of) -> {
              for (int j = 0; j < of.slopes().size(); j++) {
                Estimate slope = of.slopes().get(j);
                String feature = specification.features().get(j);
                all.add(
                    new Standardised(
                        specification.classes().size() == 2 ? feature : name(k) + ": " + feature,
                        slope.value() * deviations[j],
                        quantile * slope.error() * deviations[j]));
              }
            });
    all.removeIf(one -> !Double.isFinite(one.value) || one.value == 0);
    all.sort(Comparator.comparingDouble(Standardised::size).reversed());
    List<Standardised> drawn = all.subList(0, Math.min(DRAWN, all.size()));
    page.section(
        "Coefficients",
        (drawn.size() < all.size()
                ? "The "
                    + drawn.size()
                    + " of "
                    + all.size()
                    + (drawn.stream().allMatch(one -> Double.isNaN(one.half))
                        ? " that are the largest. "
                        : " that are the most certain. ")
                : "")
            + "Change of the "
            + measure()
            + " for one standard deviation of the feature. All of them, in the units of the rows,"
            + " are in the main table.");
    if (drawn.isEmpty()) {
      return;
    }
    IntervalChart chart =
        IntervalChart.of("Standardised coefficients", Axis.linear("change of the log odds"))
            .marker(0, "no effect");
    for (Standardised one : drawn) {
      double half = Double.isFinite(one.half) ? one.half : 0;
      chart = chart.interval(one.label, one.value - half, one.value, one.value + half);
    }
    page.figure(
        chart,
        drawn.stream().allMatch(one -> Double.isNaN(one.half))
            ? "Dots are estimates, which have no standard errors."
            : "Dots are estimates, bars "
                + Quantity.percent(config.confidence()).text()
                + " intervals.");
  }

  /** What a coefficient is of. */
  private String measure() {
    if (specification.classes().size() == 2) {
      return "log odds of class " + name(1) + " against " + name(0);
    }
    return summary.reference().isPresent()
        ? "log odds of each class against " + name(summary.reference().getAsInt())
        : "score of the class";
  }

  private String name(int k) {
    return specification.classes().get(k);
  }

  private static void candidates(Page page, LadderResult ladder) {
    page.section(
        "Candidates",
        "Models that follow from the moments. The simplest within one standard error of the best"
            + " was chosen; total is there to compare with.");
    List<CandidateResult> path =
        ladder.candidates().stream()
            .filter(one -> one.candidate().kind() == CandidateKind.RIDGE)
            .filter(one -> !Double.isNaN(one.heldOutLoss()))
            .sorted(Comparator.comparingDouble(one -> one.candidate().rho()))
            .toList();
    if (path.size() > 1) {
      double[] rho = path.stream().mapToDouble(one -> one.candidate().rho()).toArray();
      page.figure(
          LineChart.of(
                  "The ridge path",
                  Axis.linear("rho, share of the identity in the covariance").from(0).to(1),
                  Axis.linear("mean log-loss on rows left out, nats"))
              .line(
                  "calibrated where that gains",
                  rho,
                  path.stream().mapToDouble(CandidateResult::heldOutLoss).toArray())
              .dashed(
                  "as it is",
                  rho,
                  path.stream().mapToDouble(CandidateResult::uncalibratedLoss).toArray()),
          "One eigendecomposition a fold gives the whole path.");
    }
    Table table =
        Table.of("candidate", "log-loss", "error", "uncalibrated", "behind the best", "calibrated");
    for (CandidateResult one : ladder.candidates()) {
      Object[] cells = {
        one.candidate().name(),
        known(Double.isNaN(one.heldOutLoss()) ? one.forecast() : one.heldOutLoss()),
        known(one.heldOutError()),
        known(one.uncalibratedLoss()),
        known(one.difference()),
        one.calibrated() ? "yes" : "no"
      };
      table = one.chosen() ? table.chosen(cells) : table.row(cells);
    }
    page.table(table);
  }

  /** A cell: empty where a pass or a candidate has no such number. */
  private static Object known(double number) {
    return Double.isNaN(number) ? "" : number;
  }

  private void soundness(Page page) {
    Diagnosis diagnosis = summary.diagnosis();
    page.section("Soundness", "");
    page.fact(
        "rank", diagnosis.rank() + " of " + diagnosis.features(), "features that are independent");
    page.fact(
        "condition number",
        ScoreReport.number(diagnosis.condition()),
        "of the covariance within the classes in units of deviations: 1e-12 times it bounds what"
            + " another machine or split may change in coefficients made with kernel = fast");
    Optional.of(diagnosis.findings())
        .filter(findings -> !findings.isEmpty())
        .ifPresent(
            findings ->
                page.fact(
                    "features with faults", Integer.toString(findings.size()), "see the warnings"));
  }
}
