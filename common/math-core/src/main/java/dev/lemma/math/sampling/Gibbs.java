// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.List;

/**
 * Gibbs sampling over conditionals that a user gives. With the systematic scan an iteration moves
 * every block once, in the order given; with the random scan it moves one block, chosen uniformly.
 *
 * <p>Block b of a systematic iteration draws at the address (0, iteration, chain, b 2<sup>32</sup>,
 * ...); a random one chooses at (0, iteration, chain, 0) and draws at (0, iteration, chain,
 * 2<sup>32</sup>, ...).
 *
 * <p>Source: S. Geman, D. Geman, 1984, <a
 * href="https://doi.org/10.1109/TPAMI.1984.4767596">doi:10.1109/TPAMI.1984.4767596</a>.
 */
public final class Gibbs implements Sampler<ChainState> {
  private enum Scan {
    SYSTEMATIC,
    RANDOM
  }

  private final List<String> names;
  private final List<Conditional> conditionals;
  private final Scan scan;
  private final StreamKey key;
  private final int chains;
  private final long warmup;

  private Gibbs(
      List<String> names,
      List<Conditional> conditionals,
      Scan scan,
      StreamKey key,
      int chains,
      long warmup) {
    if (conditionals.isEmpty()) {
      throw new IllegalArgumentException("conditionals: expected at least one, found none");
    }
    Require.dimension(names.size());
    this.names = List.copyOf(names);
    this.conditionals = List.copyOf(conditionals);
    this.scan = scan;
    this.key = key;
    this.chains = Require.atLeast("chains", chains, 1);
    this.warmup = Require.atLeast("warmup", warmup, 0);
  }

  /**
   * Every block once an iteration, in this order.
   *
   * @param names of the d parameters
   * @param conditionals the blocks
   * @param chains C
   * @param warmup iterations to forget
   */
  public static Gibbs systematic(
      List<String> names, List<Conditional> conditionals, StreamKey key, int chains, long warmup) {
    return new Gibbs(names, conditionals, Scan.SYSTEMATIC, key, chains, warmup);
  }

  /** One block an iteration, chosen uniformly: see {@link #systematic}. */
  public static Gibbs random(
      List<String> names, List<Conditional> conditionals, StreamKey key, int chains, long warmup) {
    return new Gibbs(names, conditionals, Scan.RANDOM, key, chains, warmup);
  }

  @Override
  public long warmup() {
    return warmup;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public ChainState start(double[] positions) {
    return new ChainState(Ensemble.start(names.size(), chains, positions));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a conditional leaves a number that is not finite
   */
  @Override
  public ChainState advance(ChainState state, long iterations, DrawSink sink) {
    Walkers walkers = Walkers.of(state.ensemble());
    KeyedSource source = new KeyedSource(key);
    double[] point = new double[walkers.dimension];
    for (long i = 0; i < iterations; i++) {
      for (int c = 0; c < walkers.chains; c++) {
        int at = c * walkers.dimension;
        System.arraycopy(walkers.positions, at, point, 0, walkers.dimension);
        move(point, source, walkers.iteration, c);
        System.arraycopy(point, 0, walkers.positions, at, walkers.dimension);
      }
      walkers.emit(sink);
    }
    return new ChainState(walkers.ensemble());
  }

  private void move(double[] point, KeyedSource source, long iteration, int chain) {
    switch (scan) {
      case SYSTEMATIC -> {
        for (int b = 0; b < conditionals.size(); b++) {
          move(b, point, source.at(0, iteration, chain, b));
        }
      }
      case RANDOM -> {
        long word = source.at(0, iteration, chain).nextLong();
        int b = (int) Variates.longPosition(word, conditionals.size());
        move(b, point, source.at(0, iteration, chain, 1));
      }
    }
  }

  private void move(int block, double[] point, KeyedSource source) {
    conditionals.get(block).draw(point, source);
    for (int j = 0; j < point.length; j++) {
      if (!Double.isFinite(point[j])) {
        throw new IllegalStateException(
            "conditional "
                + block
                + " left "
                + point[j]
                + " in parameter "
                + names.get(j)
                + " of chain "
                + source.lane()
                + " at iteration "
                + source.index()
                + ": expected finite numbers");
      }
    }
  }
}
