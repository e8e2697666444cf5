// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.sampling.lattice.BetaSchedule;
import dev.lemma.math.sampling.lattice.IsingModel;
import dev.lemma.math.sampling.lattice.KaufmanEnergy;
import dev.lemma.math.sampling.lattice.LatticeSize;
import dev.lemma.math.sampling.lattice.LatticeStrip;
import dev.lemma.math.sampling.lattice.PottsModel;
import dev.lemma.math.sampling.lattice.SpinModel;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Updates a second of the lattice kernels in one thread, at the critical coupling, beside what
 * their random bits alone would take; and the energy of a lattice of side 64 against its exact
 * value. Every update has a 32-bit uniform number of its own.
 */
public final class Lattice {
  private static final double MILLION = 1e6;
  private static final int SITES_PER_BLOCK = 8;
  private static final double DEMANDED = 100;

  private final PrintStream out;
  private final int repeats;

  private Lattice(PrintStream out, int repeats) {
    this.out = out;
    this.repeats = repeats;
  }

  /**
   * Runs the comparison.
   *
   * @param args ignored
   */
  public static void main(String[] args) {
    Lattice lattice = new Lattice(System.out, Integer.getInteger("bench.repeats", 7));
    int side = Integer.getInteger("bench.lattice-side", 1024);
    lattice.rate(side, new IsingModel(1, 0), IsingModel.CRITICAL, DEMANDED);
    lattice.rate(side, new PottsModel(3, 1), PottsModel.critical(3), 0);
    lattice.rate(side, new PottsModel(16, 1), PottsModel.critical(16), 0);
    for (double k : new double[] {0.3, 0.4, IsingModel.CRITICAL, 0.5, 0.6}) {
      lattice.energy(64, k, 200_000);
    }
  }

  /** Medians of interleaved rounds. */
  private void rate(int side, SpinModel model, double beta, double demanded) {
    LatticeSize size = new LatticeSize(side, side);
    LatticeStrip strip = LatticeStrip.whole(size, model, 1);
    strip.randomise(0);
    BetaSchedule schedule = BetaSchedule.constant(beta);
    int sweeps = (int) Math.max(1, 40_000_000 / size.sites());
    long[] totals = new long[sweeps * (1 + model.states())];
    int blocks = side / 2 / SITES_PER_BLOCK;
    long[] bits = new long[Philox4x64.WORDS * Math.max(1, blocks)];
    double[] swept = new double[repeats];
    double[] drawn = new double[repeats];
    long sweep = 1;
    long check = 0;
    for (int round = -2; round < repeats; round++) {
      long start = System.nanoTime();
      strip.sweep(schedule, 0, sweep, sweeps, totals);
      long middle = System.nanoTime();
      for (int s = 0; s < sweeps; s++) {
        for (int row = 0; row < 2 * side; row++) {
          Philox4x64.blocks(1, 2, (long) row * blocks, blocks, sweep + s, 0, 0, bits);
          check += bits[0];
        }
      }
      long end = System.nanoTime();
      sweep += sweeps;
      if (round >= 0) {
        swept[round] = size.sites() * (double) sweeps / (middle - start) * 1e9 / MILLION;
        drawn[round] = size.sites() * (double) sweeps / (end - middle) * 1e9 / MILLION;
      }
    }
    Arrays.sort(swept);
    Arrays.sort(drawn);
    double rate = swept[repeats / 2];
    out.printf(
        Locale.ROOT,
        "%s, %d x %d: %.0f million updates/s (least %.0f, most %.0f); random bits alone %.0f%s%n",
        model,
        side,
        side,
        rate,
        swept[0],
        swept[repeats - 1],
        drawn[repeats / 2],
        demanded == 0 ? "" : rate >= demanded ? "; 100 promised: holds" : "; 100 promised: MISSED");
    if (check == 0) {
      out.println("the bits add up to nothing");
    }
  }

  /** Four errors by 50 batches. */
  private void energy(int side, double k, int sweeps) {
    LatticeSize size = new LatticeSize(side, side);
    IsingModel model = new IsingModel(1, 0);
    LatticeStrip strip = LatticeStrip.whole(size, model, 1);
    BetaSchedule schedule = BetaSchedule.constant(k);
    int batches = 50;
    int length = sweeps / batches;
    long[] totals = new long[length * 3];
    strip.sweep(schedule, 0, 1, length, totals);
    double sum = 0;
    double squares = 0;
    for (int b = 1; b <= batches; b++) {
      strip.sweep(schedule, 0, 1 + (long) b * length, length, totals);
      double batch = 0;
      for (int i = 0; i < length; i++) {
        batch -= 2 * totals[3 * i] - size.bonds();
      }
      batch /= (double) size.sites() * length;
      sum += batch;
      squares += batch * batch;
    }
    double mean = sum / batches;
    double error = Math.sqrt((squares / batches - mean * mean) / (batches - 1));
    double exact = KaufmanEnergy.perSite(size, k);
    out.printf(
        Locale.ROOT,
        "energy a site, %d x %d, K = %.8f: %.6f +- %.6f, exact %.9f: %.1f errors%s%n",
        side,
        side,
        k,
        mean,
        error,
        exact,
        Math.abs(mean - exact) / error,
        Math.abs(mean - exact) <= 4 * error ? "" : ", MISSED");
  }
}
