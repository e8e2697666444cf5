// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The length of the rows of a large Parquet file as its footer tells it: numbers stored by rows.
 * Spark reads a whole group of rows from the disk, often 128 MB, to show one of them.
 *
 * <p>Only where every row has numbers, all dense and none null, and where each group of rows stores
 * as many a row; rows of other lengths among them would have to make up for each other in every
 * group, and are found when they are read.
 */
final class StoredLength {
  /** Bytes of a column in a group of rows from which its footer is cheaper than one row. */
  private static final long LARGE = 1 << 20;

  private static final int DENSE = 1;

  private StoredLength() {}

  /** The length; empty where the footer cannot tell, or one row is as cheap. */
  static OptionalInt of(Dataset<Row> rows, StructField field) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    Optional<Attribute> wanted = column(plan, stored -> stored.name().equals(field.name()));
    LogicalPlan source = beneath(plan);
    if (wanted.isEmpty()
        || !(source instanceof LogicalRelation logical)
        || !(logical.relation() instanceof HadoopFsRelation files)
        || !(files.fileFormat() instanceof ParquetFileFormat)) {
      return OptionalInt.empty();
    }
    // A column that is computed on the way has another id.
    Optional<Attribute> stored =
        column(source, found -> found.exprId().equals(wanted.get().exprId()));
    if (stored.isEmpty()) {
      return OptionalInt.empty();
    }
    String[] paths = files.inputFiles();
    if (paths.length == 0) {
      return OptionalInt.empty();
    }
    Configuration hadoop =
        ((SparkSession) rows.sparkSession())
            .sessionState()
            .newHadoopConfWithOptions(files.options());
    try (ParquetFileReader file =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(URI.create(paths[0])), hadoop))) {
      return length(file.getFooter().getBlocks(), stored.get().name(), field.dataType());
    } catch (IOException | RuntimeException e) {
      // Encrypted, moved, of a dialect of its own: whoever reads a row will tell.
      return OptionalInt.empty();
    }
  }

  private static Optional<Attribute> column(LogicalPlan plan, Predicate<Attribute> wanted) {
    return CollectionConverters.asJava(plan.output()).stream().filter(wanted).findFirst();
  }

  /** What a plan reads that does no more than to choose and compute columns. */
  private static LogicalPlan beneath(LogicalPlan plan) {
    return plan instanceof Project project ? beneath(project.child()) : plan;
  }

  private static OptionalInt length(Iterable<BlockMetaData> groups, String column, DataType type) {
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    String numbers = column + (isVector ? ".values.list.element" : ".list.element");
    OptionalInt length = OptionalInt.empty();
    for (BlockMetaData group : groups) {
      Map<String, ColumnChunkMetaData> columns = new TreeMap<>();
      group.getColumns().forEach(chunk -> columns.put(chunk.getPath().toDotString(), chunk));
      ColumnChunkMetaData stored = columns.get(numbers);
      if (stored == null
          || stored.getTotalSize() < LARGE
          || !hasNoNulls(stored.getStatistics())
          || isVector && !isDense(columns.get(column + ".type"))) {
        return OptionalInt.empty();
      }
      long each = stored.getValueCount() / group.getRowCount();
      if (each * group.getRowCount() != stored.getValueCount()
          || each > Integer.MAX_VALUE
          || length.isPresent() && length.getAsInt() != each) {
        return OptionalInt.empty();
      }
      length = OptionalInt.of((int) each);
    }
    return length;
  }

  private static boolean hasNoNulls(Statistics<?> found) {
    return found != null && found.isNumNullsSet() && found.getNumNulls() == 0;
  }

  private static boolean isDense(ColumnChunkMetaData type) {
    return type != null
        && type.getStatistics() instanceof IntStatistics found
        && hasNoNulls(found)
        && found.hasNonNullValue()
        && found.getMin() == DENSE
        && found.getMax() == DENSE;
  }
}
