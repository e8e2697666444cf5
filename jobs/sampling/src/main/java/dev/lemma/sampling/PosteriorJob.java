// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.io.Checkpoints;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Draws from the posterior of a regression on distributed rows. */
public final class PosteriorJob implements Job<PosteriorConfig> {
  /** For {@link java.util.ServiceLoader}. */
  public PosteriorJob() {}

  @Override
  public String name() {
    return "posterior";
  }

  @Override
  public String summary() {
    return "Bayesian regression by Metropolis-Hastings, with diagnostics";
  }

  @Override
  public Class<PosteriorConfig> configuration() {
    return PosteriorConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(PosteriorConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(PosteriorConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(PosteriorConfig config, Run run) {
    return PosteriorFacts.of(config, PosteriorInput.open(config, run));
  }

  @Override
  public void run(PosteriorConfig config, Run run) throws Exception {
    if (config.input().path().isPresent()) {
      run.input("input", config.input().path().get());
    } else {
      run.inputNamed("input", Source.name(config.input()));
    }
    run.bits(config.run().kernel() == Kernel.EXACT ? Bits.ANY : Bits.LAYOUT);
    Watch watch = new Watch(run, config);
    try (PosteriorInput input = PosteriorInput.read(config, run)) {
      ModelParameters parameters =
          ModelParameters.of(config, input.rows().featureNames(), input.classes());
      RunCheckpoint checkpoint =
          RunCheckpoint.open(
              Checkpoints.in(
                  run.publication().checkpointPath(),
                  run.spark().sparkContext().hadoopConfiguration()),
              config.resume(),
              run.configuration(),
              input.fingerprint());
      PosteriorModel model =
          PosteriorModel.of(
              config,
              parameters,
              input.leaves(),
              input.classes(),
              JavaSparkContext.fromSparkContext(run.spark().sparkContext()));
      PosteriorDraws draws = PosteriorSampling.of(config, run, input, model, checkpoint, watch);
      new PosteriorOutcome(config, run, input, model, draws).publish();
      run.atSignal(() -> {});
      checkpoint.clear();
    }
  }
}
