// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.jdbc.JdbcOptionsInWrite;
import org.apache.spark.sql.execution.datasources.jdbc.JdbcUtils;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.jdbc.JdbcDialects;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hands staged rows to a place that does its own publishing: a table of the catalog, a data base,
 * or a table format at a path. How much of it is atomic is up to that place.
 */
final class TableWriter {
  private static final String DYNAMIC = "spark.sql.sources.partitionOverwriteMode";

  /** What Spark's connection factories take for a connection of the driver. */
  private static final int ANY_PARTITION = -1;

  private final OutputConfig output;

  TableWriter(OutputConfig output) {
    this.output = output;
  }

  /** Refuses a table that exists, when the mode says so. */
  void refuseExisting(SparkSession spark) {
    if (output.mode() != OutputMode.ERROR) {
      return;
    }
    if (output.isJdbc()) {
      JdbcOptionsInWrite options = dataBase();
      if (tableExists(options)) {
        throw exists(options.table(), "table");
      }
    } else if (output.table().isPresent()) {
      if (spark.catalog().tableExists(output.table().get())) {
        throw exists(output.table().get(), "table");
      }
    } else if (output.path().isPresent() && holdsAnything(spark, output.path().get())) {
      throw exists(output.path().get(), "output.path");
    }
  }

  /** Whether there is a file or a folder that is not empty. */
  private static boolean holdsAnything(SparkSession spark, String path) {
    Path folder = new Path(path);
    try {
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return files.listStatusIterator(folder).hasNext();
    } catch (IOException e) {
      // Nothing there; or a place that only the format knows, and refuses by itself.
      return false;
    }
  }

  /** The options, with the table that key {@code table} names, as in the input. */
  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>(output.options());
    if (output.isJdbc()) {
      output.table().ifPresent(table -> options.put("dbtable", table));
    }
    return options;
  }

  private JdbcOptionsInWrite dataBase() {
    return new JdbcOptionsInWrite(
        scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(options())));
  }

  private static boolean tableExists(JdbcOptionsInWrite options) {
    try (Connection connection =
        JdbcDialects.get(options.url()).createConnectionFactory(options).apply(ANY_PARTITION)) {
      return JdbcUtils.tableExists(connection, options);
    } catch (SQLException e) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "output.options.url",
              "the data base cannot be reached: " + e.getMessage(),
              "check url, user and network"),
          e);
    }
  }

  private static LemmaException exists(String place, String key) {
    return new LemmaException(
        ExitCode.OUTPUT,
        Problem.of(
            place,
            key.equals("table") ? "the output table exists" : "the output exists",
            "choose another " + key + ", or set output.mode to overwrite or append"));
  }

  void write(Dataset<Row> rows) {
    refuseExisting(rows.sparkSession());
    if (output.mode() == OutputMode.OVERWRITE_PARTITIONS && output.table().isPresent()) {
      replacePartitions(rows, output.table().get());
      return;
    }
    DataFrameWriter<Row> writer =
        rows.write().format(output.format()).options(options()).mode(saveMode());
    if (!output.partitionBy().isEmpty() && !output.isJdbc()) {
      writer = writer.partitionBy(output.partitionBy().toArray(String[]::new));
    }
    if (output.mode() == OutputMode.OVERWRITE_PARTITIONS) {
      writer = writer.option("partitionOverwriteMode", "dynamic");
    }
    if (output.table().isPresent() && !output.isJdbc()) {
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
