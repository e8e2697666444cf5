// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.lattice.BetaSchedule;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The main table: a row for each replica and sweep that counts. */
final class LatticeDraws {
  static final String ENERGY = "energy";
  static final String MAGNETISATION = "magnetisation";
  static final String ORDER = "order";
  static final String BETA = "beta";

  private LatticeDraws() {}

  /** The observables' names. */
  static List<String> names(LatticeConfig config) {
    List<String> names = new ArrayList<>();
    names.add(ENERGY);
    names.add(config.model() == LatticeConfig.Model.ISING ? MAGNETISATION : ORDER);
    if (config.annealing().isOn()) {
      names.add(BETA);
    }
    return names;
  }

  /** The table. */
  static Dataset<Row> table(SparkSession spark, LatticeConfig config, SpinTrace trace) {
    List<String> names = names(config);
    BetaSchedule schedule = config.schedule();
    int width = names.size();
    int replicas = trace.replicas();
    int sweeps = trace.sweeps();
    double[] values = new double[Math.multiplyExact(Math.multiplyExact(replicas, sweeps), width)];
    for (int i = 0; i < sweeps; i++) {
      double beta = schedule.beta(config.warmupSweeps() + i);
      for (int replica = 0; replica < replicas; replica++) {
        int at = (replica * sweeps + i) * width;
        values[at] = trace.energies()[replica][i];
        values[at + 1] = trace.orders()[replica][i];
        if (width > 2) {
          values[at + 2] = beta;
        }
      }
    }
    return DrawsTable.of(spark, names, replicas, sweeps, values);
  }
}
