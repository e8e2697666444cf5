// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.lattice.BetaSchedule;
import dev.lemma.math.sampling.lattice.GraphGibbs;
import dev.lemma.math.sampling.lattice.SpinGraph;
import dev.lemma.math.sampling.lattice.SpinModel;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** Whole replicas of a graph that every executor holds. */
final class GraphKernel implements SpinKernel {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SpinGraph> graph;
  private final SpinModel model;
  private final BetaSchedule schedule;
  private final long seed;
  private final boolean[] cold;

  GraphKernel(LatticeConfig config, Broadcast<SpinGraph> graph) {
    this.graph = graph;
    this.model = config.spinModel();
    this.schedule = config.schedule();
    this.seed = config.run().seed();
    this.cold = new boolean[config.replicas()];
    for (int replica = 0; replica < cold.length; replica++) {
      cold[replica] = config.isCold(replica);
    }
  }

  @Override
  public int strips() {
    return 1;
  }

  @Override
  public int states() {
    return model.states();
  }

  @Override
  public long firstByte(int strip, int ofStrips) {
    return (long) graph.value().sites() * strip;
  }

  private GraphGibbs spins() {
    return GraphGibbs.of(graph.value(), model, seed);
  }

  @Override
  public SpinPart start(int replica, int strip) {
    byte[] states = new byte[graph.value().sites()];
    if (cold[replica]) {
      Arrays.fill(states, (byte) (model.states() - 1));
    } else {
      GraphGibbs spins = spins();
      spins.randomise(replica);
      states = spins.bySite();
    }
    return new SpinPart(replica, strip, states, new long[0]);
  }

  @Override
  public List<HaloRows> halos(SpinPart part, int sweeps) {
    return List.of();
  }

  @Override
  public SpinPart sweep(SpinPart part, List<HaloRows> halos, long firstSweep, int sweeps) {
    GraphGibbs spins = spins();
    spins.set(part.states());
    long[] totals = new long[sweeps * (1 + model.states())];
    spins.sweep(schedule, part.replica(), firstSweep, sweeps, totals);
    return new SpinPart(part.replica(), part.strip(), spins.bySite(), totals);
  }
}
