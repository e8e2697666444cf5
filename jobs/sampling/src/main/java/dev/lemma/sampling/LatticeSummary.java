// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.diagnostics.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the draws say of each observable.
 *
 * @param lines the observables
 */
record LatticeSummary(List<Line> lines) {
  /**
   * An observable.
   *
   * @param name in the tables
   * @param summary of its draws
   * @param exact its mean where that is known
   */
  record Line(String name, Summary summary, OptionalDouble exact) {
    /** Whether replicas must agree on it before anything is to be believed. */
    boolean decides() {
      // Below the critical temperature, the sign of a magnetisation hardly ever changes.
      return !name.equals(LatticeDraws.MAGNETISATION);
    }
  }

  /** Summaries of energy and order, and of the absolute magnetisation of Ising spins. */
  static LatticeSummary of(LatticeConfig config, SpinTrace trace, OptionalDouble exact) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(LatticeDraws.ENERGY, Summary.of(trace.energies()), exact));
    if (config.model() == LatticeConfig.Model.ISING) {
      double[][] absolute =
          Arrays.stream(trace.orders())
              .map(draws -> Arrays.stream(draws).map(Math::abs).toArray())
              .toArray(double[][]::new);
      OptionalDouble none = OptionalDouble.empty();
      OptionalDouble balanced = config.field() == 0 ? OptionalDouble.of(0) : none;
      lines.add(new Line(LatticeDraws.MAGNETISATION, Summary.of(trace.orders()), balanced));
      lines.add(new Line("abs_" + LatticeDraws.MAGNETISATION, Summary.of(absolute), none));
    } else {
      lines.add(new Line(LatticeDraws.ORDER, Summary.of(trace.orders()), OptionalDouble.empty()));
    }
    return new LatticeSummary(lines);
  }

  /** The table, a row for each observable; null for what cannot be had. */
  Dataset<Row> table(SparkSession spark) {
    StructType schema = new StructType().add(SummaryTable.PARAMETER, DataTypes.StringType, false);
    for (String column :
        List.of(
            SummaryTable.MEAN,
            SummaryTable.MCSE_MEAN,
            SummaryTable.SD,
            SummaryTable.Q5,
            SummaryTable.MEDIAN,
            SummaryTable.Q95,
            SummaryTable.ESS_BULK,
            SummaryTable.ESS_TAIL,
            SummaryTable.R_HAT,
            "exact")) {
      schema = schema.add(column, DataTypes.DoubleType, true);
    }
    List<Row> rows = new ArrayList<>();
    for (Line line : lines) {
      Summary s = line.summary();
      rows.add(
          RowFactory.create(
              line.name(),
              known(s.mean()),
              known(s.mcseMean()),
              known(s.sd()),
              known(s.q5()),
              known(s.median()),
              known(s.q95()),
              known(s.essBulk()),
              known(s.essTail()),
              known(s.rHat()),
              line.exact().isPresent() ? line.exact().getAsDouble() : null));
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
