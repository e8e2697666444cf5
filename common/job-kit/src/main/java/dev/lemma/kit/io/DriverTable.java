// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table whose rows lie on the driver already, written there to one Parquet file by Spark's own
 * writer. A report stands on half a dozen of such tables, and a job of Spark for each of them,
 * planned, scheduled and committed, takes longer than the work that some of them tell of.
 */
final class DriverTable {
  /** Hadoop counts attempts of a task of a job; this one is the only one there is. */
  private static final TaskAttemptID ONLY = new TaskAttemptID("lemma", 0, TaskType.MAP, 0, 0);

  private final LocalRelation rows;
  private final StructType schema;
  private final SparkSession spark;

  private DriverTable(LocalRelation rows, StructType schema, SparkSession spark) {
    this.rows = rows;
    this.schema = schema;
    this.spark = spark;
  }

  /** The table as one of the driver; empty if its rows have to be computed. */
  static Optional<DriverTable> of(Dataset<Row> table) {
    LogicalPlan plan = table.queryExecution().analyzed();
    if (plan instanceof Repartition whole && whole.numPartitions() == 1) {
      plan = whole.child();
    }
    return plan instanceof LocalRelation local
        ? Optional.of(
            new DriverTable(
                local, table.schema().asNullable(), (SparkSession) table.sparkSession()))
        : Optional.empty();
  }

  /**
   * Writes a file into the folder, which need not be there, and marks the folder as complete, as a
   * job of Spark does.
   */
  void write(Path folder, Map<String, String> options) throws IOException {
    scala.collection.immutable.Map<String, String> given =
        scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(options));
    Job job = Job.getInstance(spark.sessionState().newHadoopConfWithOptions(given));
    OutputWriterFactory factory = new ParquetFileFormat().prepareWrite(spark, job, given, schema);
    Configuration hadoop = job.getConfiguration();
    TaskAttemptContext task = new TaskAttemptContextImpl(hadoop, ONLY);
    String name = "part-00000-" + UUID.randomUUID() + "-c000" + factory.getFileExtension(task);
    OutputWriter writer = factory.newInstance(new Path(folder, name).toString(), schema, task);
    try {
      Iterator<InternalRow> all = rows.data().iterator();
      while (all.hasNext()) {
        writer.write(all.next());
      }
    } finally {
      writer.close();
    }
    folder.getFileSystem(hadoop).create(new Path(folder, "_SUCCESS"), true).close();
  }
}
