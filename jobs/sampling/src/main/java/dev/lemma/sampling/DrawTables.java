// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.diagnostics.Summary;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Draws and their summary as tables. */
final class DrawTables {
  static final String CHAIN = "chain";
  static final String ITERATION = "iteration";
  static final String LOG_DENSITY = "lp__";

  private DrawTables() {}

  /** Chain and iteration, both from 1, log density, then one column for each parameter. */
  static Dataset<Row> draws(SparkSession spark, Chains draws) {
    StructType schema =
        new StructType()
            .add(CHAIN, DataTypes.IntegerType, false)
            .add(ITERATION, DataTypes.LongType, false)
            .add(LOG_DENSITY, DataTypes.DoubleType, false);
    for (String name : draws.names()) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    List<Row> rows = new ArrayList<>(draws.chains() * draws.draws());
    int d = draws.dimension();
    for (int c = 0; c < draws.chains(); c++) {
      double[] densities = draws.logDensities(c);
      for (int i = 0; i < draws.draws(); i++) {
        Object[] cells = new Object[d + 3];
        cells[0] = c + 1;
        cells[1] = i + 1L;
        cells[2] = densities[i];
        for (int j = 0; j < d; j++) {
          cells[j + 3] = draws.value(c, i, j);
        }
        rows.add(RowFactory.create(cells));
      }
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  /** One row for each parameter: Stan's columns, then others. */
  static Dataset<Row> summary(SparkSession spark, List<String> names, Diagnosis diagnosis) {
    StructType schema = new StructType().add("parameter", DataTypes.StringType, false);
    for (String column : COLUMNS) {
      schema = schema.add(column, DataTypes.DoubleType, false);
    }
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      Object[] cells = new Object[COLUMNS.size() + 1];
      cells[0] = names.get(j);
      double[] values = values(diagnosis, j);
      for (int k = 0; k < values.length; k++) {
        cells[k + 1] = values[k];
      }
      rows.add(RowFactory.create(cells));
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  static final List<String> COLUMNS =
      List.of(
          "mean",
          "mcse_mean",
          "sd",
          "mad",
          "q5",
          "median",
          "q95",
          "ess_bulk",
          "ess_tail",
          "r_hat",
          "ess_mean",
          "mcse_sd",
          "mcse_median");

  private static double[] values(Diagnosis diagnosis, int j) {
    Summary s = diagnosis.summaries().get(j);
    return new double[] {
      s.mean(),
      s.mcseMean(),
      s.sd(),
      s.mad(),
      s.q5(),
      s.median(),
      s.q95(),
      s.essBulk(),
      s.essTail(),
      diagnosis.rHats()[j],
      s.essMean(),
      s.mcseSd(),
      s.mcseMedian()
    };
  }
}
