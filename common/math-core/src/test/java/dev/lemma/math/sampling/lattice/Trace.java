// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Totals of a run on a whole lattice after its warm-up. */
record Trace(LatticeSize size, SpinModel model, int sweeps, long[] totals) {
  static Trace of(
      LatticeSize size,
      SpinModel model,
      double beta,
      int warmup,
      int sweeps,
      SiteUniforms uniforms) {
    LatticeStrip strip = new LatticeStrip(size, model, 0, size.rows(), 0, uniforms);
    int width = 1 + model.states();
    BetaSchedule schedule = BetaSchedule.constant(beta);
    strip.sweep(schedule, 0, 1, warmup, new long[warmup * width]);
    long[] totals = new long[sweeps * width];
    strip.sweep(schedule, 0, 1 + warmup, sweeps, totals);
    return new Trace(size, model, sweeps, totals);
  }

  BatchMeans mean(ToDoubleFunction<long[]> observable) {
    int width = 1 + model.states();
    double[] values = new double[sweeps];
    long[] row = new long[width];
    for (int i = 0; i < sweeps; i++) {
      System.arraycopy(totals, i * width, row, 0, width);
      values[i] = observable.applyAsDouble(row);
    }
    return BatchMeans.of(values);
  }

  BatchMeans energyPerSite() {
    return mean(
        row ->
            model.energy(row[0], size.bonds(), Arrays.copyOfRange(row, 1, row.length))
                / size.sites());
  }

  /** K^2 N (u - exact)^2, whose mean is the heat capacity per site of Ising spins of coupling 1. */
  BatchMeans heatCapacity(double k, double exactPerSite) {
    return mean(
        row -> {
          double energy =
              model.energy(row[0], size.bonds(), Arrays.copyOfRange(row, 1, row.length))
                  / size.sites();
          return k * k * size.sites() * (energy - exactPerSite) * (energy - exactPerSite);
        });
  }

  BatchMeans order(int power) {
    return mean(
        row -> Math.pow(Math.abs(model.order(Arrays.copyOfRange(row, 1, row.length))), power));
  }
}
