// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Run;
import java.util.List;
import java.util.Optional;

/** A job that does nothing with a configuration like that of real jobs. */
public final class StubJob implements Job<StubJob.Config> {
  /** The keys. */
  public record Config(
      @Key(doc = "Where the rows come from") InputConfig input,
      @Key(doc = "Which column plays which part") ColumnsConfig columns,
      @Key(doc = "Where the result goes") OutputConfig output,
      @Key(doc = "Largest relative error of a distance", fallback = "0.2") double eps,
      @Key(doc = "Number of rows") long rows,
      @Inline("precision = float") RunConfig settings) {
    /** Checks the ranges. */
    public Config {
      if (!(eps > 0 && eps < 1)) {
        throw new IllegalArgumentException("eps must lie in (0, 1), found " + eps);
      }
    }
  }

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public String summary() {
    return "does nothing, for tests of the command line";
  }

  @Override
  public Class<Config> configuration() {
    return Config.class;
  }

  @Override
  public Optional<OutputConfig> output(Config config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(Config config) {
    return config.settings();
  }

  @Override
  public List<Fact> plan(Config config, Run run) {
    return List.of(Fact.of("rows", config.rows()));
  }

  @Override
  public void run(Config config, Run run) {}
}
