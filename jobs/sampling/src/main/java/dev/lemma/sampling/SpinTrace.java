// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.lattice.SpinModel;
import java.util.Arrays;

/** What the driver keeps: energy and order of each sweep that counts, and each replica's best. */
final class SpinTrace {
  private final SpinModel model;
  private final long sites;
  private final long bonds;
  private final long warmup;
  private final double[][] energies;
  private final double[][] orders;
  private final double[] best;
  private final long[] bestSweep;

  SpinTrace(SpinModel model, long sites, long bonds, int replicas, long warmup, int sweeps) {
    this.model = model;
    this.sites = sites;
    this.bonds = bonds;
    this.warmup = warmup;
    this.energies = new double[replicas][sweeps];
    this.orders = new double[replicas][sweeps];
    this.best = new double[replicas];
    this.bestSweep = new long[replicas];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
  }

  /**
   * Takes the totals of one replica over a round.
   *
   * @param firstSweep of the round, counted from 1 with the warm-up
   * @param totals of all strips together
   * @return whether a lower energy than ever was found
   */
  boolean add(int replica, long firstSweep, long[] totals) {
    int width = 1 + model.states();
    boolean better = false;
    for (int k = 0; k < totals.length / width; k++) {
      long sweep = firstSweep + k;
      long[] counts = Arrays.copyOfRange(totals, k * width + 1, (k + 1) * width);
      double energy = model.energy(totals[k * width], bonds, counts);
      if (sweep > warmup) {
        int draw = (int) (sweep - warmup - 1);
        energies[replica][draw] = energy / sites;
        orders[replica][draw] = model.order(counts);
        if (energy < best[replica]) {
          best[replica] = energy;
          bestSweep[replica] = sweep;
          better = true;
        }
      }
    }
    return better;
  }

  /** How many of the first sweeps count. */
  int draws(long sweeps) {
    return (int) Math.max(0, Math.min(sweeps - warmup, sweeps()));
  }

  /** Takes up what an earlier run had found. */
  void setBest(int replica, double energy, long sweep) {
    best[replica] = energy;
    bestSweep[replica] = sweep;
  }

  int replicas() {
    return best.length;
  }

  int sweeps() {
    return energies[0].length;
  }

  long sites() {
    return sites;
  }

  /** Energy per site, replicas x sweeps; not a copy. */
  double[][] energies() {
    return energies;
  }

  /** Magnetisation per site or order parameter, replicas x sweeps; not a copy. */
  double[][] orders() {
    return orders;
  }

  /** The lowest energy of a replica, of all sites together. */
  double best(int replica) {
    return best[replica];
  }

  /** The sweep, counted from 1 with the warm-up, at which it was first met. */
  long bestSweep(int replica) {
    return bestSweep[replica];
  }
}
