// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.glm.Consensus;
import dev.lemma.math.sampling.glm.GlmShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Consensus: the rows fall into shards by their keys, each shard draws from its sub-posterior
 * without a word to the others, and the driver combines the draws. The result is where proposals
 * for all rows come from, which makes it exact.
 */
final class ShardedStart {
  private static final int LEAST_SHARDS = 4;
  private static final int MOST_SHARDS = 64;

  private final PosteriorConfig config;
  private final PosteriorInput input;
  private final PosteriorModel model;

  ShardedStart(PosteriorConfig config, PosteriorInput input, PosteriorModel model) {
    this.config = config;
    this.input = input;
    this.model = model;
  }

  /** Mean and inverse covariance of the combined draws. */
  Centre consensus(Run run) {
    int shards =
        config
            .shards()
            .orElse(Math.max(LEAST_SHARDS, Math.min(MOST_SHARDS, input.leaves().count())));
    GlmShape shape = model.glm().orElseThrow().shape();
    ShardWork work =
        new ShardWork(
            shape,
            model.parameters().names(),
            model.parameters().priors(),
            shards,
            config.run().seed());
    List<ShardDraws> results =
        run.phase("draw in shards", () -> input.leaves().shards(shards, work));
    List<double[]> draws = new ArrayList<>();
    for (ShardDraws result : results) {
      if (result.failure().isPresent()) {
        throw refused(
            "shard "
                + (result.shard() + 1)
                + " of "
                + shards
                + " has no posterior of its own: "
                + result.failure().get());
      }
      draws.add(result.draws());
    }
    if (draws.size() < shards) {
      throw refused(shards - draws.size() + " of " + shards + " shards hold no row");
    }
    Consensus combined =
        Consensus.of(shape.parameters(), draws)
            .orElseThrow(() -> refused("the draws of a shard do not spread in all directions"));
    run.metric("shards", shards);
    return new Centre(Centre.Kind.CONSENSUS, combined.mean(), Double.NaN, combined.precision());
  }

  private static LemmaException refused(String what) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of("method = consensus", what, "lower shards, or use method = independence"));
  }
}
