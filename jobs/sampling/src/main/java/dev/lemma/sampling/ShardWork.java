// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.IndependenceMetropolis;
import dev.lemma.math.sampling.glm.GlmBlock;
import dev.lemma.math.sampling.glm.GlmPosterior;
import dev.lemma.math.sampling.glm.GlmShape;
import dev.lemma.math.sampling.glm.LocalGlm;
import dev.lemma.math.sampling.glm.MapFit;
import dev.lemma.math.sampling.glm.ModeSearch;
import dev.lemma.math.sampling.glm.Prior;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws from the sub-posterior of a shard, on an executor: its rows' likelihood times the prior to
 * the power 1 / S.
 *
 * @param shape the model
 * @param names of the parameters
 * @param priors of the parameters
 * @param shards S
 * @param seed of the run
 */
record ShardWork(GlmShape shape, List<String> names, List<Prior> priors, int shards, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int DRAWS = 2000;
  private static final int WARMUP = 50;
  private static final int BATCH = 512;

  /** Spreads keys, whose order decides the leaves, over the shards. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Takes copies that travel. */
  ShardWork {
    names = new ArrayList<>(names);
    priors = new ArrayList<>(priors);
  }

  /** The rows of each shard in a leaf, in their order; shards without rows have none. */
  List<ShardPart> split(RowLeaf leaf) {
    GlmBlock block = leaf.block();
    int[] counts = new int[shards];
    for (long key : leaf.keys()) {
      counts[shard(key)]++;
    }
    List<ShardPart> parts = new ArrayList<>();
    int d = block.columns();
    for (int s = 0; s < shards; s++) {
      if (counts[s] == 0) {
        continue;
      }
      double[] x = new double[counts[s] * d];
      double[] labels = new double[counts[s]];
      double[] weights = new double[counts[s]];
      int at = 0;
      for (int i = 0; i < block.rows(); i++) {
        if (shard(leaf.keys()[i]) == s) {
          for (int j = 0; j < d; j++) {
            x[at * d + j] = block.x(i, j);
          }
          labels[at] = block.label(i);
          weights[at] = block.weight(i);
          at++;
        }
      }
      parts.add(new ShardPart(s, leaf.index(), GlmBlock.of(d, x, labels, weights)));
    }
    return parts;
  }

  private int shard(long key) {
    return Leaves.rangeOf(key * SPREAD, shards);
  }

  /**
   * The draws of a shard.
   *
   * @param blocks its rows, in the order of their leaves
   */
  ShardDraws draw(int shard, List<GlmBlock> blocks) {
    GlmPosterior target =
        new GlmPosterior(new LocalGlm(shape, blocks), names, priors, 1.0 / shards);
    MapFit fit = ModeSearch.of(target);
    if (!(fit instanceof MapFit.Converged mode)) {
      return new ShardDraws(shard, new double[0], Modes.reason(fit));
    }
    IndependenceMetropolis sampler =
        new IndependenceMetropolis(
            MultivariateStudent.ofPrecision(
                IndependenceRun.degrees(target.dimension()), mode.mode(), mode.curvature()),
            StreamKey.of(seed, "posterior/shard-" + shard),
            1,
            WARMUP,
            DRAWS);
    Chains chain = sampler.chains(names, sampler.evaluate(target, BATCH));
    int p = target.dimension();
    double[] draws = new double[DRAWS * p];
    for (int i = 0; i < DRAWS; i++) {
      System.arraycopy(chain.draw(0, i), 0, draws, i * p, p);
    }
    return new ShardDraws(shard, draws, "");
  }
}
