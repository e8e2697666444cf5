// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import dev.lemma.math.random.Philox4x64;
import java.util.Arrays;
import java.util.Objects;

/**
 * Spins on any graph, swept by chromatic heat-bath Gibbs: colour after colour. Memory: 1 byte a
 * site beside the graph. Mutable, for one thread.
 *
 * <p>Uniform numbers as in {@link LatticeStrip}, with eight consecutive places of one colour to a
 * block, and the blocks numbered through all colours. A Potts state is drawn with probability
 * proportional to its weight, a multiple of 2<sup>-27</sup> of the most likely state's.
 */
public final class GraphGibbs {
  /** Blocks of random bits computed at a time. */
  private static final int CHUNK = 64;

  private final SpinGraph graph;
  private final SpinModel model;
  private final SiteUniforms uniforms;
  private final byte[] states;
  private final int most;
  private final long[] bits = new long[Philox4x64.WORDS * CHUNK];
  private final int[] counts;

  GraphGibbs(SpinGraph graph, SpinModel model, SiteUniforms uniforms) {
    this.graph = Objects.requireNonNull(graph, "graph");
    this.model = Objects.requireNonNull(model, "model");
    this.uniforms = uniforms;
    this.states = new byte[graph.sites()];
    this.most = graph.mostNeighbours();
    this.counts = new int[model.states()];
  }

  /**
   * A graph, all of whose sites are in state 0.
   *
   * @param seed of the run
   */
  public static GraphGibbs of(SpinGraph graph, SpinModel model, long seed) {
    return new GraphGibbs(graph, model, LatticeStrip.keyed(seed));
  }

  /**
   * Draws all states uniformly: the numbers of sweep 0.
   *
   * @param replica its number
   */
  public void randomise(long replica) {
    eachBlock(
        0,
        replica,
        (place, u) -> {
          states[place] = (byte) (u * model.states() >>> 32);
          return 0;
        });
  }

  /** Takes the state of each site. */
  public void set(byte[] bySite) {
    if (bySite.length != states.length) {
      throw new IllegalArgumentException(
          bySite.length + " states given for " + states.length + " sites");
    }
    for (int p = 0; p < states.length; p++) {
      byte state = bySite[graph.site(p)];
      Objects.checkIndex(state, model.states());
      states[p] = state;
    }
  }

  /** The state of each site. */
  public byte[] bySite() {
    byte[] bySite = new byte[states.length];
    for (int p = 0; p < states.length; p++) {
      bySite[graph.site(p)] = states[p];
    }
    return bySite;
  }

  /**
   * Sweeps the graph.
   *
   * @param schedule the inverse temperature of a sweep, of which sweep 1 is the schedule's 0
   * @param replica its number
   * @param firstSweep number of the first sweep, from 1
   * @param sweeps how many
   * @param totals receives 1 + q numbers a sweep: bonds between equal states, and the sites in each
   */
  public void sweep(
      BetaSchedule schedule, long replica, long firstSweep, int sweeps, long[] totals) {
    int width = 1 + model.states();
    SiteDraw draw = null;
    double last = Double.NaN;
    for (int k = 0; k < sweeps; k++) {
      double beta = schedule.beta(firstSweep + k - 1);
      if (draw == null || beta != last) {
        draw = draw(beta);
        last = beta;
      }
      totals[k * width] = eachBlock(firstSweep + k, replica, draw);
      for (int s = 0; s < model.states(); s++) {
        totals[k * width + 1 + s] = 0;
      }
      for (byte state : states) {
        totals[k * width + 1 + state]++;
      }
    }
  }

  /** Draws the site at a place from a uniform number; bonds to earlier places of its state. */
  private interface SiteDraw {
    int at(int place, long u);
  }

  private SiteDraw draw(double beta) {
    return model instanceof IsingModel ising
        ? ising(Conditionals.up(ising, beta, most))
        : potts((PottsModel) model, Conditionals.weights((PottsModel) model, beta, most));
  }

  private SiteDraw ising(long[] bySum) {
    return (place, u) -> {
      int start = graph.start(place);
      int end = graph.start(place + 1);
      int up = 0;
      int i = start;
      // The neighbours of earlier colours, drawn in this sweep already: their bonds are final.
      for (; i < end && graph.neighbour(i) < place; i++) {
        up += states[graph.neighbour(i)];
      }
      int earlier = i - start;
      int earlierUp = up;
      for (; i < end; i++) {
        up += states[graph.neighbour(i)];
      }
      int state = (int) ((u - bySum[most + 2 * up - (end - start)]) >>> 63);
      states[place] = (byte) state;
      return state == 1 ? earlierUp : earlier - earlierUp;
    };
  }

  private SiteDraw potts(PottsModel potts, long[] weights) {
    return (place, u) -> {
      int end = graph.start(place + 1);
      Arrays.fill(counts, 0);
      for (int i = graph.start(place); i < end; i++) {
        counts[states[graph.neighbour(i)]]++;
      }
      int low = Integer.MAX_VALUE;
      int high = 0;
      for (int count : counts) {
        low = Math.min(low, count);
        high = Math.max(high, count);
      }
      boolean attracts = potts.coupling() >= 0;
      long total = 0;
      for (int count : counts) {
        total += weights[attracts ? high - count : count - low];
      }
      long point = u * total >>> 32;
      int state = 0;
      long sum = weights[attracts ? high - counts[0] : counts[0] - low];
      while (sum <= point) {
        state++;
        sum += weights[attracts ? high - counts[state] : counts[state] - low];
      }
      states[place] = (byte) state;
      int equal = 0;
      for (int i = graph.start(place); i < end && graph.neighbour(i) < place; i++) {
        equal += states[graph.neighbour(i)] == state ? 1 : 0;
      }
      return equal;
    };
  }

  private long eachBlock(long sweep, long replica, SiteDraw draw) {
    long equal = 0;
    long block = 0;
    for (int colour = 0; colour < graph.colours(); colour++) {
      int end = graph.firstPlace(colour + 1);
      int place = graph.firstPlace(colour);
      while (place < end) {
        int here = Math.min(end - place, SiteUniforms.SITES * CHUNK);
        int blocks = (here + SiteUniforms.SITES - 1) / SiteUniforms.SITES;
        uniforms.fill(block, blocks, sweep, replica, bits);
        block += blocks;
        for (int j = 0; j < here; j++) {
          long u = bits[j >> 1] >>> ((j & 1) << 5) & 0xFFFF_FFFFL;
          equal += draw.at(place + j, u);
        }
        place += here;
      }
    }
    return equal;
  }
}
