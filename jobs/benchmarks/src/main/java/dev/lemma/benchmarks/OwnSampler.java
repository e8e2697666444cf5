// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.IndependenceMetropolis;
import dev.lemma.math.sampling.diagnostics.EffectiveSize;
import dev.lemma.math.sampling.glm.GlmPosterior;
import dev.lemma.math.sampling.glm.MapFit;
import dev.lemma.math.sampling.glm.ModeSearch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What the job does with {@code method = independence}, in the calling thread: the mode, proposals,
 * their evaluation, the chains.
 */
final class OwnSampler {
  private static final int BATCH = 1024;
  private static final int CHAINS = 4;
  private static final int WARMUP = 20;
  private static final StreamKey KEY = StreamKey.of(0, "bench/independence");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private OwnSampler() {}

  /**
   * What a run took and gave.
   *
   * @param seconds by the clock
   * @param coreSeconds processor time of the thread
   */
  record Outcome(double seconds, double coreSeconds, Chains chains) {
    /** Bulk effective size of the worst parameter. */
    double effective() {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < chains.names().size(); j++) {
        least = Math.min(least, EffectiveSize.bulk(chains.parameter(j)));
      }
      return least;
    }
  }

  /** Four chains of so many draws. */
  static Outcome run(GlmPosterior posterior, int draws) {
    long core = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    if (!(ModeSearch.of(posterior) instanceof MapFit.Converged mode)) {
      throw new IllegalStateException("the rows have no mode");
    }
    IndependenceMetropolis sampler =
        new IndependenceMetropolis(law(mode), KEY, CHAINS, WARMUP, draws);
    double[] densities = sampler.evaluate(posterior, BATCH);
    Chains chains = sampler.chains(posterior.names(), densities);
    return new Outcome(
        (System.nanoTime() - start) / 1e9,
        (THREADS.getCurrentThreadCpuTime() - core) / 1e9,
        chains);
  }

  /** The first proposals. */
  static double[] proposals(MapFit.Converged mode, int count) {
    double[] points = new double[count * mode.mode().length];
    new IndependenceMetropolis(law(mode), KEY, count, 0, 1).propose(0, count, points);
    return points;
  }

  /** With the degrees of freedom that the job takes. */
  private static MultivariateStudent law(MapFit.Converged mode) {
    int d = mode.mode().length;
    return MultivariateStudent.ofPrecision(
        Math.max(10, Math.min(40, 4 * d)), mode.mode(), mode.curvature());
  }
}
