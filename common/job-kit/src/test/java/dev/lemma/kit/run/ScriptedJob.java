// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.List;
import java.util.Optional;

/** A job whose work is handed in. */
public final class ScriptedJob implements Job<ScriptedConfig> {
  /** The work. */
  public interface Script {
    void run(ScriptedConfig config, Run run) throws Exception;
  }

  private final Script script;

  public ScriptedJob(Script script) {
    this.script = script;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String summary() {
    return "Does what a test says";
  }

  @Override
  public Class<ScriptedConfig> configuration() {
    return ScriptedConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(ScriptedConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(ScriptedConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(ScriptedConfig config, Run run) {
    return List.of(
        new Fact("k", "334", "share 0.99 at eps 0.2"),
        Fact.of("rows", run.spark().range(5).count()));
  }

  @Override
  public void run(ScriptedConfig config, Run run) throws Exception {
    script.run(config, run);
  }
}
