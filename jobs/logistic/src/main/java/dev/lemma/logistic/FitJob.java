// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.LadderStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A logistic model from rows or from stored statistics, in as many passes as are wanted. */
public final class FitJob implements Job<FitConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public FitJob() {}

  @Override
  public String name() {
    return "logistic-fit";
  }

  @Override
  public String summary() {
    return "a logistic model in one to four passes, from rows or stored statistics, with errors";
  }

  @Override
  public Class<FitConfig> configuration() {
    return FitConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(FitConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(FitConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(FitConfig config, Run run) {
    return FitFacts.of(config, FitInput.open(config, run));
  }

  @Override
  public void run(FitConfig config, Run run) {
    config.statistics().ifPresent(path -> run.input("statistics", path));
    config
        .input()
        .ifPresent(
            input -> {
              Source.record(run, "input", input);
            });
    FitInput input = run.phase("open the input", () -> FitInput.open(config, run));
    run.publication().requireSame("features", input.header().featureHash());
    boolean readsFast = input.rows().isPresent() && config.run().kernel() == Kernel.FAST;
    run.bits(readsFast ? Bits.LAYOUT : Bits.ANY);
    LogisticSettings settings = input.settings(config);
    Consumer<RowCounts> settle =
        counts -> {
          input.rows().orElseThrow().screen().settle(run, config.run(), counts);
          run.rows(counts.rows(), counts.accepted(), counts.rejected());
        };
    FitOutcome outcome;
    if (input.table().isEmpty()) {
      LabelledRows rows = input.rows().orElseThrow();
      outcome = LogisticTraining.train(rows, settings, ClassOrder.AS_FOUND, phases(run), settle);
    } else {
      Statistics statistics = run.phase("add up statistics", input::stored);
      outcome =
          input
              .rows()
              .map(rows -> later(rows, statistics, settings, run, settle))
              .orElseGet(
                  () ->
                      run.phase(
                          "solve",
                          () ->
                              LogisticTraining.solve(
                                  statistics, Optional.empty(), settings, input.where())));
    }
    finish(config, run, input, outcome);
  }

  private static FitOutcome later(
      LabelledRows rows,
      Statistics statistics,
      LogisticSettings settings,
      Run run,
      Consumer<RowCounts> settle) {
    try (Scan scan = Scan.of(rows, settings.kernel(), settings.folds())) {
      return LogisticTraining.later(
          scan, statistics, settings, ClassOrder.AS_FOUND, phases(run), settle);
    }
  }

  private static Phases phases(Run run) {
    return new Phases() {
      @Override
      public <T> T phase(String name, Callable<T> work) {
        return run.phase(name, work);
      }
    };
  }

  private static void finish(FitConfig config, Run run, FitInput input, FitOutcome solved) {
    FitOutcome outcome = withPriors(solved, config.priors());
    ModelSpecification specification = outcome.fit().specification();
    FitReport report = new FitReport(config, input, outcome);
    report.tell(run, outcome.read());
    FitWarnings.tell(run, outcome);
    config.priors().entrySet().stream()
        .filter(prior -> prior.getValue() == 0)
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(name -> run.warn("priors." + name + " is 0: the class is never predicted"));
    gate(config, run, outcome);
    run.phase(
        "write the model",
        () -> {
          run.publication().write(CoefficientRows.of(run.spark(), outcome, config.confidence()));
          save(
              new AnalyticLogisticRegressionModel(
                  "logisticFit_" + specification.featureHash(),
                  specification,
                  Optional.of(outcome.fit().summary())),
              config,
              run);
          new FitTables(outcome).write(run);
        });
  }

  private static void save(AnalyticLogisticRegressionModel model, FitConfig config, Run run) {
    List<String> features = config.columns().features();
    if (features.size() == 1) {
      model.setFeaturesCol(features.get(0));
    } else if (features.isEmpty()) {
      // From statistics alone, which know the features by their names.
      FeatureNames.column(model.specification().features()).ifPresent(model::setFeaturesCol);
    }
    try {
      model.save(run.publication().modelPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FitOutcome withPriors(FitOutcome outcome, Map<String, Double> priors) {
    if (priors.isEmpty()) {
      return outcome;
    }
    List<String> classes = outcome.fit().specification().classes();
    List<Problem> problems = new ArrayList<>();
    double[] shares = new double[classes.size()];
    for (String name : priors.keySet().stream().sorted().toList()) {
      if (!classes.contains(name)) {
        problems.add(
            new Problem(
                "priors." + name,
                "the rows have no such class",
                name,
                ScoreInput.classes(outcome.fit().specification()),
                "correct the name"));
      }
    }
    for (int k = 0; k < shares.length; k++) {
      Double share = priors.get(classes.get(k));
      if (share == null) {
        problems.add(
            Problem.of("priors", "class " + classes.get(k) + " has no share", "give it one"));
      } else {
        shares[k] = share;
      }
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return outcome.with(outcome.fit().withPriors("priors", shares));
  }

  private static void gate(FitConfig config, Run run, FitOutcome outcome) {
    if (config.maxLogLoss().isEmpty()) {
      return;
    }
    double limit = config.maxLogLoss().getAsDouble();
    double loss = heldOut(outcome);
    if (Double.isNaN(loss)) {
      run.warn("no rows could be left out: the gate max-log-loss judged nothing");
    } else if (!(loss <= limit)) {
      run.gate(
          new Problem(
              "max-log-loss",
              "the probabilities are worse than they may be on rows left out",
              "a mean log-loss of " + ScoreReport.number(loss),
              "at most " + ScoreReport.number(limit),
              "make more passes or better features, or raise max-log-loss; see report.html in the"
                  + " run's folder"));
    }
  }

  /** Mean log-loss of the model on rows left out, NaN where none was measured. */
  static double heldOut(FitOutcome outcome) {
    return outcome.ladder().stream()
        .flatMap(ladder -> ladder.stages().stream())
        .filter(LadderStage::taken)
        .filter(FitReport::isHeldOut)
        .reduce((earlier, later) -> later)
        .map(LadderStage::heldOutLoss)
        .orElse(Double.NaN);
  }
}
