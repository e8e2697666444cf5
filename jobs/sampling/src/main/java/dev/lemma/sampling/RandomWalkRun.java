// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.BatchTarget;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.Ensemble;
import dev.lemma.math.sampling.RandomWalkMetropolis;
import dev.lemma.math.sampling.RandomWalkOptions;
import dev.lemma.math.sampling.RandomWalkState;
import dev.lemma.math.sampling.glm.MapFit;
import dev.lemma.math.sampling.glm.StudentProposal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Random walks of all chains, one pass a step, with checkpoints between steps. */
final class RandomWalkRun {
  private static final String STATE = "random-walk";
  private static final String DRAWS = "draws";
  private static final int DEGREES = 4;

  /** A stretch between two looks at the clock. */
  private static final long STRETCH_NANOS = 50_000_000;

  private static final int LONGEST = 512;

  private final BatchTarget target;
  private final RandomWalkMetropolis sampler;
  private final PosteriorConfig config;
  private final RunCheckpoint checkpoint;
  private final int width;
  private final double[] draws;
  private RandomWalkState state;
  private int stored;
  private final long resumedAt;

  /**
   * Starts chains spread around a mode, or where a checkpoint has them.
   *
   * @param group chains that share a start
   */
  RandomWalkRun(
      BatchTarget target,
      MapFit.Converged mode,
      PosteriorConfig config,
      int group,
      RunCheckpoint checkpoint)
      throws IOException {
    this.target = target;
    this.config = config;
    this.checkpoint = checkpoint;
    this.width = target.dimension() + 1;
    this.draws = new double[Math.multiplyExact(config.chains() * width, config.draws())];
    this.sampler =
        RandomWalkMetropolis.of(
            target,
            StreamKey.of(config.run().seed(), "posterior/random-walk"),
            RandomWalkOptions.of(target.dimension(), config.chains(), config.warmup()),
            Cholesky.of(mode.curvature()).orElseThrow().inverse());
    Optional<RandomWalkState> before = checkpoint.read(STATE, RandomWalkRun::read);
    if (before.isPresent()) {
      state = before.get();
      stored = numbers(state);
      checkpoint.restore(DRAWS, draws, stored);
    } else {
      state = sampler.start(starts(mode, group));
    }
    resumedAt = state.ensemble().iteration();
  }

  private double[] starts(MapFit.Converged mode, int group) {
    int d = target.dimension();
    StudentProposal law = new StudentProposal(mode.mode(), mode.curvature(), DEGREES);
    KeyedSource source =
        new KeyedSource(StreamKey.of(config.run().seed(), "posterior/random-walk-start"));
    double[] positions = new double[config.chains() * d];
    for (int c = 0; c < config.chains(); c++) {
      law.draw(source.at(0, 0, c / group), positions, c * d);
    }
    return positions;
  }

  /** How many numbers of draws belong to a state. */
  private int numbers(RandomWalkState at) {
    long kept = Math.max(0, at.ensemble().iteration() - config.warmup());
    return Math.toIntExact(kept * config.chains() * width);
  }

  /** Iterations that an earlier run had made. */
  long taken() {
    return resumedAt;
  }

  /** Walks to the end. */
  void walk(Watch watch) throws Exception {
    watch.onSignal(this::save);
    long end = (long) config.warmup() + config.draws();
    long stretch = 1;
    while (state.ensemble().iteration() < end) {
      long began = System.nanoTime();
      long steps = Math.min(stretch, end - state.ensemble().iteration());
      RandomWalkState next = sampler.advance(state, steps, this::keep);
      synchronized (this) {
        state = next;
      }
      long took = System.nanoTime() - began;
      stretch = took < STRETCH_NANOS ? Math.min(LONGEST, 2 * stretch) : Math.max(1, stretch / 2);
      if (state.ensemble().iteration() < end) {
        watch.pause(this::save, checkpoint.path());
      }
    }
  }

  private void keep(long iteration, double[] positions, double[] logDensities) {
    if (iteration < config.warmup()) {
      return;
    }
    int d = width - 1;
    int at = Math.toIntExact((iteration - config.warmup()) * config.chains() * width);
    for (int c = 0; c < config.chains(); c++) {
      System.arraycopy(positions, c * d, draws, at, d);
      draws[at + d] = logDensities[c];
      at += width;
    }
  }

  private synchronized void save() throws IOException {
    RandomWalkState now = state;
    int numbers = numbers(now);
    checkpoint.append(DRAWS, draws, stored, numbers);
    checkpoint.write(STATE, out -> write(out, now));
    stored = numbers;
  }

  /** The chains. */
  Chains chains() {
    int d = width - 1;
    int n = config.draws();
    int chains = config.chains();
    double[] values = new double[chains * n * d];
    double[] densities = new double[chains * n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < chains; c++) {
        int at = (i * chains + c) * width;
        System.arraycopy(draws, at, values, (c * n + i) * d, d);
        densities[c * n + i] = draws[at + d];
      }
    }
    return Chains.of(
        target.names(), chains, n, values, densities, state.ensemble().acceptanceRates());
  }

  private static void write(DataOutputStream out, RandomWalkState state) throws IOException {
    Ensemble ensemble = state.ensemble();
    out.writeLong(ensemble.iteration());
    out.writeInt(ensemble.dimension());
    RunCheckpoint.writeDoubles(out, ensemble.positions());
    RunCheckpoint.writeDoubles(out, ensemble.logDensities());
    RunCheckpoint.writeLongs(out, ensemble.accepted());
    RunCheckpoint.writeLongs(out, ensemble.proposed());
    out.writeLong(state.adaptations());
    out.writeDouble(state.logScale());
    RunCheckpoint.writeDoubles(out, state.mean());
    RunCheckpoint.writeDoubles(out, state.covariance());
  }

  private static RandomWalkState read(DataInputStream in) throws IOException {
    Ensemble ensemble =
        new Ensemble(
            in.readLong(),
            in.readInt(),
            RunCheckpoint.readDoubles(in),
            RunCheckpoint.readDoubles(in),
            RunCheckpoint.readLongs(in),
            RunCheckpoint.readLongs(in));
    return new RandomWalkState(
        ensemble,
        in.readLong(),
        in.readDouble(),
        RunCheckpoint.readDoubles(in),
        RunCheckpoint.readDoubles(in));
  }
}
