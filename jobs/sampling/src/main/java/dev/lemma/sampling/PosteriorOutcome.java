// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.Chains;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Judges the draws, and publishes them or keeps them with the run. */
final class PosteriorOutcome {
  private final PosteriorConfig config;
  private final Run run;
  private final PosteriorInput input;
  private final PosteriorModel model;
  private final PosteriorDraws draws;

  PosteriorOutcome(
      PosteriorConfig config,
      Run run,
      PosteriorInput input,
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
    Optional<String> failure = diagnosis.failure(chains.names());
    Dataset<Row> table = DrawTables.draws(run.spark(), chains);
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
          run.publication()
              .writeTable("summary", DrawTables.summary(run.spark(), chains.names(), diagnosis));
        });
  }

  private long evaluations() {
    return model.glm().map(SparkGlm::evaluations).orElse(0L);
  }

  private void tell(Diagnosis diagnosis) {
    run.metric("method", draws.method().key());
    run.metric("likelihood", config.likelihood().name().toLowerCase(Locale.ROOT));
    run.metric("rows", input.count());
    run.metric("passes", input.leaves().passes());
    run.metric("rows-on-driver", input.leaves().areHere());
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
    Map<String, Double> mode = new LinkedHashMap<>();
    double[] point = draws.mode().mode();
    for (int j = 0; j < point.length; j++) {
      mode.put(model.parameters().names().get(j), point[j]);
    }
    run.metric("mode", mode);
    run.metric("mode-log-density", draws.mode().value());
  }
}
