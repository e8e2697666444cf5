// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Run;
import java.util.List;
import java.util.Optional;

/** Target dimension for a guarantee; reads no data and starts no Spark. */
public final class PlanJob implements Job<PlanConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public PlanJob() {}

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "target dimension for a guarantee, exact law beside the classic bounds";
  }

  @Override
  public Class<PlanConfig> configuration() {
    return PlanConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(PlanConfig config) {
    return Optional.empty();
  }

  @Override
  public RunConfig settings(PlanConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(PlanConfig config, Run run) {
    return List.of(new Fact("passes", "0", "nothing is read, nothing is written"));
  }

  @Override
  public void run(PlanConfig config, Run run) {
    run.answer(PlanText.of(config.target(), config.run().precision()));
  }
}
