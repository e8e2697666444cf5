// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.Sampler;
import dev.lemma.math.sampling.SamplerState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run of a Markov chain sampler, with checkpoints between iterations.
 *
 * @param <S> the sampler's state
 */
final class ChainRun<S extends SamplerState> {
  /** A stretch between two looks at the clock. */
  private static final long STRETCH_NANOS = 50_000_000;

  private static final int LONGEST = 512;

  private final String name;
  private final Sampler<S> sampler;
  private final StateForm<S> form;
  private final PosteriorConfig config;
  private final RunCheckpoint checkpoint;
  private final int width;
  private final double[] draws;
  private final long resumedAt;
  private S state;
  private int stored;

  /**
   * Starts chains, or takes them up where a checkpoint has them.
   *
   * @param method names the files of the checkpoint
   * @param starts C x d numbers, asked for only without a checkpoint
   */
  ChainRun(
      Method method,
      Sampler<S> sampler,
      StateForm<S> form,
      Supplier<double[]> starts,
      PosteriorConfig config,
      RunCheckpoint checkpoint)
      throws IOException {
    this.name = method.key();
    this.sampler = sampler;
    this.form = form;
    this.config = config;
    this.checkpoint = checkpoint;
    this.width = sampler.names().size() + 1;
    this.draws = new double[Math.multiplyExact(config.chains() * width, config.draws())];
    Optional<S> before = checkpoint.read(name, form::read);
    if (before.isPresent()) {
      state = before.get();
      stored = numbers(state);
      checkpoint.restore(sequence(), draws, stored);
    } else {
      state = sampler.start(starts.get());
    }
    resumedAt = state.ensemble().iteration();
  }

  private String sequence() {
    return name + "-draws";
  }

  /** How many numbers of draws belong to a state. */
  private int numbers(S at) {
    long kept = Math.max(0, at.ensemble().iteration() - sampler.warmup());
    return Math.toIntExact(kept * config.chains() * width);
  }

  /** Tells what an earlier run had done. */
  static void tellResumed(Run run, long taken, String what) {
    run.metric("resumed", taken);
    if (taken > 0) {
      run.warn("goes on from a checkpoint with " + taken + " " + what);
    }
  }

  /** Iterations that an earlier run had made. */
  long taken() {
    return resumedAt;
  }

  /** Goes to the end. */
  void finish(Watch watch) throws Exception {
    watch.onSignal(this::save, checkpoint.path());
    long end = sampler.warmup() + config.draws();
    long stretch = 1;
    while (state.ensemble().iteration() < end) {
      long began = System.nanoTime();
      long steps = Math.min(stretch, end - state.ensemble().iteration());
      S next = sampler.advance(state, steps, this::keep);
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
    if (iteration < sampler.warmup()) {
      return;
    }
    int d = width - 1;
    int at = Math.toIntExact((iteration - sampler.warmup()) * config.chains() * width);
    for (int c = 0; c < config.chains(); c++) {
      System.arraycopy(positions, c * d, draws, at, d);
      draws[at + d] = logDensities[c];
      at += width;
    }
  }

  private synchronized void save() throws IOException {
    S now = state;
    int numbers = numbers(now);
    checkpoint.append(sequence(), draws, stored, numbers);
    checkpoint.write(name, out -> form.write(out, now));
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
        sampler.names(), chains, n, values, densities, state.ensemble().acceptanceRates());
  }
}
