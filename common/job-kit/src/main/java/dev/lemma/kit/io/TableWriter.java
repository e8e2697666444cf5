// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Arrays;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;

/**
 * Hands staged rows to a place that does its own publishing: a table of the catalog, a data base,
 * or a table format at a path. How much of it is atomic is up to that place.
 */
final class TableWriter {
  private static final String DYNAMIC = "spark.sql.sources.partitionOverwriteMode";

  private final OutputConfig output;

  TableWriter(OutputConfig output) {
    this.output = output;
  }

  /** Refuses a table that exists, when the mode says so. */
  void refuseExisting(SparkSession spark) {
    if (output.mode() == OutputMode.ERROR
        && output.table().isPresent()
        && spark.catalog().tableExists(output.table().get())) {
      throw new LemmaException(
          ExitCode.OUTPUT,
          Problem.of(
              output.table().get(),
              "the output table exists",
              "choose another output.table, or set output.mode to overwrite or append"));
    }
  }

  void write(Dataset<Row> rows) {
    refuseExisting(rows.sparkSession());
    if (output.mode() == OutputMode.OVERWRITE_PARTITIONS && output.table().isPresent()) {
      replacePartitions(rows, output.table().get());
      return;
    }
    DataFrameWriter<Row> writer =
        rows.write().format(output.format()).options(output.options()).mode(saveMode());
    if (!output.partitionBy().isEmpty() && !output.isJdbc()) {
      writer = writer.partitionBy(output.partitionBy().toArray(String[]::new));
    }
    if (output.mode() == OutputMode.OVERWRITE_PARTITIONS) {
      writer = writer.option("partitionOverwriteMode", "dynamic");
    }
    if (output.table().isPresent()) {
      writer.saveAsTable(output.table().get());
    } else if (output.path().isPresent()) {
      writer.save(output.path().get());
    } else {
      writer.save();
    }
  }

  private void replacePartitions(Dataset<Row> rows, String table) {
    SparkSession spark = rows.sparkSession();
    Dataset<Row> there = spark.table(table);
    if (there.queryExecution().analyzed().collectLeaves().head() instanceof DataSourceV2Relation) {
      try {
        rows.writeTo(table).options(output.options()).overwritePartitions();
      } catch (AnalysisException e) {
        throw new IllegalStateException(e);
      }
      return;
    }
    // insertInto goes by position.
    Column[] columns = Arrays.stream(there.columns()).map(rows::col).toArray(Column[]::new);
    String before = spark.conf().get(DYNAMIC);
    spark.conf().set(DYNAMIC, "dynamic");
    try {
      rows.select(columns).write().mode(SaveMode.Overwrite).insertInto(table);
    } finally {
      spark.conf().set(DYNAMIC, before);
    }
  }

  private SaveMode saveMode() {
    return switch (output.mode()) {
      case ERROR -> SaveMode.ErrorIfExists;
      case OVERWRITE, OVERWRITE_PARTITIONS -> SaveMode.Overwrite;
      case APPEND -> SaveMode.Append;
    };
  }
}
