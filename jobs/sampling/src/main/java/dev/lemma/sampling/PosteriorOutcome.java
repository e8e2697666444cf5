// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.Chains;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Judges the draws, and publishes them or keeps them with the run. */
final class PosteriorOutcome {
  private final PosteriorConfig config;
  private final Run run;
  private final Optional<PosteriorInput> input;
  private final PosteriorModel model;
  private final PosteriorDraws draws;

  PosteriorOutcome(
      PosteriorConfig config,
      Run run,
      Optional<PosteriorInput> input,
      PosteriorModel model,
      PosteriorDraws draws) {
    this.config = config;
    this.run = run;
    this.input = input;
    this.model = model;
    this.draws = draws;
  }

  /** Publishes; fails with code 5 when the diagnostics fail and the gate is shut. */
  void publish() {
    Chains chains = draws.chains();
    Diagnosis diagnosis =
        run.phase("diagnose", () -> Diagnosis.of(chains, draws.superchains(), draws.kHat()));
    tell(diagnosis);
    new PosteriorReport(config, run, draws, diagnosis, evaluations()).write(run.report());
    Optional<String> failure = diagnosis.failure(chains.names(), config.limits());
    // Through a shuffle: without one all draws would travel inside the description of one task.
    Dataset<Row> table =
        DrawTables.table(run.spark(), chains)
            .repartition(1)
            .sortWithinPartitions(DrawsTable.CHAIN, DrawsTable.ITERATION);
    if (failure.isPresent() && config.gate()) {
      run.phase("keep the draws", () -> run.publication().writeToRun("draws", table));
      run.gate(
          Problem.of(
              "diagnostics",
              failure.get(),
              "the draws are kept in the run's folder; make more of them, use another method, or"
                  + " set gate = false"));
    }
    failure.ifPresent(what -> run.warn("the diagnostics fail: " + what));
    run.phase(
        "write draws",
        () -> {
          run.publication().write(table);
          run.rows(0, (long) chains.chains() * chains.draws(), 0);
          run.publication()
              .writeTable(
                  "summary", SummaryTable.of(run.spark(), chains.names(), diagnosis.summaries()));
          if (config.csv()) {
            writeCsv(chains);
          }
        });
  }

  private void writeCsv(Chains chains) {
    String model = config.likelihood().text();
    // In this order in every run: Map.of has one of its own in each process.
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("seed", Long.toString(config.run().seed()));
    settings.put("lemma_method", draws.method().key());
    for (int c = 0; c < chains.chains(); c++) {
      run.publication()
          .writeFile("csv/chain-" + (c + 1) + ".csv", DrawTables.csv(chains, c, model, settings));
    }
  }

  private long evaluations() {
    return model.evaluations().getAsLong();
  }

  private void tell(Diagnosis diagnosis) {
    run.metric("method", draws.method().key());
    run.metric("likelihood", config.likelihood().text());
    input.ifPresent(
        rows -> {
          run.metric("rows", rows.count());
          run.metric("passes", rows.leaves().passes());
          run.metric("rows-on-driver", rows.leaves().areHere());
        });
    run.metric("evaluations", evaluations());
    run.metric("r-hat", diagnosis.worstRHat());
    run.metric("ess-bulk", diagnosis.leastBulk());
    if (evaluations() > 0) {
      run.metric("ess-per-evaluation", diagnosis.leastBulk() / evaluations());
    }
    run.metric(
        "acceptance", Arrays.stream(draws.chains().acceptance()).average().orElse(Double.NaN));
    draws.kHat().ifPresent(kHat -> run.metric("k-hat", kHat));
    draws
        .weighted()
        .ifPresent(
            weighted -> {
              run.metric("importance-ess", weighted.effectiveSize());
              run.metric("largest-weight", weighted.largestShare());
              run.metric("log-evidence", weighted.logEvidence());
            });
    draws.centre().ifPresent(this::tell);
  }

  private void tell(Centre centre) {
    Map<String, Double> at = new LinkedHashMap<>();
    for (int j = 0; j < centre.at().length; j++) {
      at.put(model.parameters().names().get(j), centre.at()[j]);
    }
    switch (centre.kind()) {
      case MODE -> {
        run.metric("mode", at);
        run.metric("mode-log-density", centre.logDensity());
      }
      case CONSENSUS -> run.metric("consensus-mean", at);
    }
  }
}
