// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.lattice.LatticeSize;

/**
 * How replicas are cut into tasks and sweeps into rounds. Nothing of it changes a draw.
 *
 * @param strips pieces of each replica
 * @param sweeps sweeps of a round, between two exchanges
 * @param tasks tasks of a round
 * @param secondsPerSweep what a sweep of all replicas is estimated to take
 * @param secondsWhole what it would take without cutting
 */
record LatticePlan(int strips, int sweeps, int tasks, double secondsPerSweep, double secondsWhole) {
  /** A site of the Ising model on an ordinary core, and of a Potts state more. */
  private static final double SITE = 6e-9;

  private static final double POTTS_STATE = 3e-9;
  private static final double GRAPH_BOND = 4e-9;

  /** A Spark job with a shuffle of little data. */
  private static final double EXCHANGE = 0.1;

  /** A round should take so long that a job's costs do not count, and not much longer. */
  private static final double ROUND = 2;

  /** Largest piece, in sites: the bytes of a task. */
  private static final long MOST_SITES = 1L << 26;

  /** Most numbers that come back to the driver from a round. */
  private static final long MOST_TOTALS = 1L << 22;

  private static final int MOST_TASKS = 4096;

  /** A lattice on so many cores. */
  static LatticePlan of(LatticeConfig config, int cores) {
    LatticeSize size = config.size();
    double site = site(config);
    int least = (int) Math.min(size.rows(), 1 + (size.sites() - 1) / MOST_SITES);
    LatticePlan whole = candidate(config, size, site, cores, config.strips().orElse(least));
    if (config.strips().isPresent()) {
      return whole;
    }
    LatticePlan best = whole;
    for (int strips = Math.max(2, least); strips <= Math.min(cores, size.rows() / 2); strips++) {
      LatticePlan plan = candidate(config, size, site, cores, strips);
      best = plan.secondsPerSweep < best.secondsPerSweep * 0.9 ? plan : best;
    }
    return best;
  }

  /** Whole replicas of a graph. */
  static LatticePlan ofGraph(LatticeConfig config, int cores, long sites, long bonds) {
    double seconds =
        (sites * site(config) + 2 * bonds * GRAPH_BOND) * waves(config.replicas(), cores);
    int sweeps = round(config, seconds, 1);
    return new LatticePlan(1, sweeps, tasks(config.replicas()), seconds, seconds);
  }

  private static double site(LatticeConfig config) {
    return config.model() == LatticeConfig.Model.ISING
        ? SITE
        : SITE + config.states().orElse(2) * POTTS_STATE;
  }

  private static double waves(long parts, int cores) {
    return (parts + cores - 1) / cores;
  }

  private static int tasks(long parts) {
    return (int) Math.min(parts, MOST_TASKS);
  }

  private static LatticePlan candidate(
      LatticeConfig config, LatticeSize size, double site, int cores, int strips) {
    long parts = (long) config.replicas() * strips;
    double row = size.columns() * site * waves(parts, cores);
    double whole = size.sites() * site * waves(config.replicas(), cores);
    if (strips == 1) {
      return new LatticePlan(1, round(config, whole, 1), tasks(parts), whole, whole);
    }
    int rows = size.rows() / strips;
    // k sweeps redo 2k rows each, on average, and share one exchange.
    int best = (int) Math.sqrt(EXCHANGE / (2 * row));
    int sweeps = Math.max(1, Math.min(best, rows / 2));
    sweeps = config.sweepsPerShuffle().orElse(Math.min(sweeps, round(config, whole, strips)));
    // The halo comes from the next strip alone.
    sweeps = Math.min(sweeps, rows / 2);
    double seconds = row * (rows + 2.0 * sweeps) + EXCHANGE / sweeps;
    return new LatticePlan(strips, sweeps, tasks(parts), seconds, whole);
  }

  /** Sweeps of a round that need no exchange. */
  private static int round(LatticeConfig config, double seconds, int strips) {
    int states = config.states().orElse(2);
    long fits = MOST_TOTALS / ((long) config.replicas() * strips * (1 + states));
    long wanted = config.sweepsPerShuffle().orElse((int) Math.min(1 << 20, ROUND / seconds));
    long all = config.warmupSweeps() + config.sweeps();
    return (int) Math.max(1, Math.min(Math.min(wanted, fits), all));
  }

  /** Rounds of so many sweeps. */
  long rounds(long all) {
    return (all + sweeps - 1) / sweeps;
  }
}
