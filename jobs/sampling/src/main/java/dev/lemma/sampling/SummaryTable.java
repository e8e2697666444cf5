// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.math.sampling.diagnostics.Summary;
import dev.lemma.math.sampling.diagnostics.SummaryKernel;
import dev.lemma.math.sampling.diagnostics.Superchains;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** The table of summaries: a row for each parameter, null for what cannot be had. */
final class SummaryTable {
  static final String PARAMETER = "parameter";
  static final String MEAN = "mean";
  static final String MCSE_MEAN = "mcse_mean";
  static final String SD = "sd";
  static final String MAD = "mad";
  static final String Q5 = "q5";
  static final String MEDIAN = "median";
  static final String Q95 = "q95";
  static final String ESS_BULK = "ess_bulk";
  static final String ESS_TAIL = "ess_tail";
  static final String R_HAT = "rhat";
  static final String NESTED_R_HAT = "rhat_nested";
  static final String NOT_FINITE = "not_finite";

  private static final List<String> NUMBERS =
      List.of(
          MEAN,
          MCSE_MEAN,
          SD,
          MAD,
          Q5,
          MEDIAN,
          Q95,
          ESS_BULK,
          ESS_TAIL,
          R_HAT,
          "rhat_split",
          NESTED_R_HAT,
          "ess_mean",
          "ess_sd",
          "ess_median",
          "mcse_sd",
          "mcse_median",
          "mcse_q5",
          "mcse_q95");

  private SummaryTable() {}

  private static StructType schema() {
    StructType schema = new StructType().add(PARAMETER, DataTypes.StringType, false);
    for (String name : NUMBERS) {
      schema = schema.add(name, DataTypes.DoubleType, true);
    }
    return schema.add(NOT_FINITE, DataTypes.LongType, false);
  }

  /** The summaries of the groups' parameters, made when the table is read. */
  static Dataset<Row> of(
      SparkSession spark,
      DrawsSource source,
      ColumnGroups groups,
      ChainCounts counts,
      Optional<Superchains> superchains) {
    int chains = counts.size();
    int draws = counts.draws();
    int together = superchains.map(Superchains::count).orElse(0);
    List<String> names = groups.names();
    JavaRDD<Row> rows =
        new ColumnPass<Row>(source, groups, counts)
            .run(
                () -> {
                  SummaryKernel kernel =
                      together == 0
                          ? SummaryKernel.of(chains, draws)
                          : SummaryKernel.of(Superchains.consecutive(chains, together), draws);
                  return (column, notFinite, values) ->
                      row(names.get(column), kernel.summarise(values), notFinite);
                });
    return spark.createDataFrame(rows, schema());
  }

  /**
   * The summaries of parameters that the driver has summarised, in one partition.
   *
   * @param names of the parameters
   */
  static Dataset<Row> of(SparkSession spark, List<String> names, List<Summary> summaries) {
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      rows.add(row(names.get(j), summaries.get(j), 0));
    }
    return SlicedTable.of(spark, rows, schema());
  }

  /** The rows in the order of their partitions, made by as many tasks as before. */
  static Dataset<Row> inOneFile(Dataset<Row> table) {
    JavaRDD<Row> rows =
        table
            .javaRDD()
            .mapPartitionsWithIndex(
                (index, own) -> {
                  List<Tuple2<Long, Row>> numbered = new ArrayList<>();
                  own.forEachRemaining(
                      row -> numbered.add(new Tuple2<>((long) index << 32 | numbered.size(), row)));
                  return numbered.iterator();
                },
                true)
            .mapToPair(row -> row)
            .sortByKey(true, 1)
            .values();
    return table.sparkSession().createDataFrame(rows, table.schema());
  }

  private static Row row(String name, Summary s, long notFinite) {
    return RowFactory.create(
        name,
        known(s.mean()),
        known(s.mcseMean()),
        known(s.sd()),
        known(s.mad()),
        known(s.q5()),
        known(s.median()),
        known(s.q95()),
        known(s.essBulk()),
        known(s.essTail()),
        known(s.rHat()),
        known(s.splitRHat()),
        known(s.nestedRHat()),
        known(s.essMean()),
        known(s.essSd()),
        known(s.essMedian()),
        known(s.mcseSd()),
        known(s.mcseMedian()),
        known(s.mcseQ5()),
        known(s.mcseQ95()),
        notFinite);
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
