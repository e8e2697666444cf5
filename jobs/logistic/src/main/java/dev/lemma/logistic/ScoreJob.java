// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.Evaluation;
import java.util.List;
import java.util.Optional;

/** Scores rows with a stored logistic model, and evaluates it where there are labels. */
public final class ScoreJob implements Job<ScoreConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public ScoreJob() {}

  @Override
  public String name() {
    return "logistic-score";
  }

  @Override
  public String summary() {
    return "probabilities by a stored logistic model, and how good they are where labels exist";
  }

  @Override
  public Class<ScoreConfig> configuration() {
    return ScoreConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(ScoreConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(ScoreConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(ScoreConfig config, Run run) {
    return ScoreFacts.of(config, ScoreInput.open(config, run));
  }

  @Override
  public void run(ScoreConfig config, Run run) {
    Source.record(run, "input", config.input());
    ScoreInput input = run.phase("open model and input", () -> ScoreInput.open(config, run));
    run.input("model", ScoreInput.modelPath(config.model()));
    run.publication().requireSame("model", ScoreFacts.hash(input.specification()));
    run.bits(Bits.ANY);
    Scoring scoring = new Scoring(config, input, run);
    run.phase("score rows", () -> run.publication().write(scoring.output()));
    RowCounts counts = scoring.counts(run);
    scoring.settle(counts, run);
    run.rows(counts.rows(), counts.accepted(), counts.rejected());
    Optional<ScoreState> state = run.phase("evaluate", () -> scoring.state(run));
    ScoreReport report = new ScoreReport(config, input, counts);
    report.describe(run);
    state.ifPresent(
        found -> {
          Evaluation evaluation = found.evaluation().result();
          warn(run, found, evaluation);
          ScoreTables tables = new ScoreTables(config, input, evaluation);
          run.phase("write the evaluation", () -> tables.write(run));
          report.evaluation(run, found, evaluation, tables);
          gate(config, run, evaluation);
        });
    report.run(run);
  }

  private static void warn(Run run, ScoreState state, Evaluation evaluation) {
    if (state.unseen() > 0) {
      run.warn(
          state.unseen()
              + (state.unseen() == 1 ? " row has a label" : " rows have labels")
              + " that the model does not know: scored, but not evaluated");
    }
    if (state.unlabelled() > 0) {
      run.warn(
          state.unlabelled()
              + (state.unlabelled() == 1 ? " row has" : " rows have")
              + " no label: scored, but not evaluated");
    }
    if (evaluation.impossible() > 0) {
      run.warn(
          evaluation.impossible()
              + (evaluation.impossible() == 1 ? " row is" : " rows are")
              + " of a class that the model takes for impossible: the log-loss, which would be"
              + " infinite, is without them");
    }
  }

  private static void gate(ScoreConfig config, Run run, Evaluation evaluation) {
    if (config.maxLogLoss().isEmpty()) {
      return;
    }
    double limit = config.maxLogLoss().getAsDouble();
    if (!(evaluation.weight() > 0) && evaluation.impossible() == 0) {
      run.warn("no row has a label that the model knows: the gate max-log-loss judged nothing");
    } else if (evaluation.impossible() > 0 || !(evaluation.logLoss() <= limit)) {
      run.gate(
          new Problem(
              "max-log-loss",
              "the probabilities are worse than they may be",
              evaluation.impossible() > 0
                  ? "an infinite log-loss: " + evaluation.impossible() + " impossible rows"
                  : "a mean log-loss of " + ScoreReport.number(evaluation.logLoss()),
              "at most " + ScoreReport.number(limit),
              "fit the model anew, or raise max-log-loss; see report.html in the run's folder"));
    }
  }
}
