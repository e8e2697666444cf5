// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.run.Run;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rows to be read where no input is given: Parquet beside the output, in the storage that jobs
 * write to and read from, removed at the end. Numbers that no encoding makes smaller.
 */
final class OwnRows {
  private static final int BYTES_A_ROW = 16;

  /** Rows take longer than bytes. */
  private static final int SHARE = 4;

  private final Run run;
  private final String path;
  private final long rows;

  OwnRows(Run run, int executors, long volume) {
    this.run = run;
    this.path = run.publication().checkpointPath() + "/selfcheck-rows";
    this.rows = Math.max(1, executors) * volume / BYTES_A_ROW / SHARE;
  }

  /** Writes them; returns where. */
  String write() {
    run.spark()
        .range(0, rows, 1, run.spark().sparkContext().defaultParallelism())
        .select(
            functions.xxhash64(functions.col("id")).as("a"),
            functions.xxhash64(functions.col("id"), functions.lit(1)).as("b"))
        .write()
        .mode("overwrite")
        .option("parquet.enable.dictionary", "false")
        .option("compression", "none")
        .parquet(path);
    return path;
  }

  Dataset<Row> read() {
    return run.spark().read().parquet(path);
  }

  void remove() throws IOException {
    Path folder = new Path(path);
    FileSystem files = folder.getFileSystem(run.spark().sparkContext().hadoopConfiguration());
    files.delete(folder, true);
    Path above = folder.getParent();
    if (files.exists(above) && files.listStatus(above).length == 0) {
      files.delete(above, false);
    }
  }
}
