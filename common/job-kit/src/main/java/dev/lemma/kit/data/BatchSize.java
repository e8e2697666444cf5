// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/**
 * Makes scans of wide values give out batches that fit the cache of a core. Spark decodes 4,096
 * rows of a Parquet file at a time, which are out of the cache before anybody reads them where a
 * row takes a kilobyte. The size is a setting of the session that a scan belongs to; the scan gets
 * a copy of its session, so that nothing else notices.
 */
final class BatchSize {
  private static final String ROWS = "spark.sql.parquet.columnarReaderBatchSize";

  /** Half of what a core's cache holds at least nowadays: lengths take as much as numbers. */
  private static final long BATCH_BYTES = 1 << 19;

  /** Fewer rows do not pay for what a batch costs. */
  private static final int LEAST = 256;

  private BatchSize() {}

  /**
   * The scan in batches of about half a megabyte, if it would give out larger ones.
   *
   * @param rowBytes bytes of the values of a row
   */
  static SparkPlan bounded(SparkPlan source, long rowBytes) {
    if (!(source instanceof FileSourceScanExec scan)
        || !(scan.relation().fileFormat() instanceof ParquetFileFormat)) {
      return source;
    }
    int rows = rows(rowBytes);
    if (rows >= scan.conf().parquetVectorizedReaderBatchSize()) {
      return source;
    }
    SparkSession session = ((SparkSession) scan.relation().sparkSession()).cloneSession();
    session.conf().set(ROWS, Integer.toString(rows));
    Object[] parts = new Object[scan.productArity()];
    for (int i = 0; i < parts.length; i++) {
      Object part = scan.productElement(i);
      parts[i] = part instanceof HadoopFsRelation files ? in(session, files) : part;
    }
    return scan.makeCopy(parts);
  }

  /** A power of two. */
  static int rows(long rowBytes) {
    long fitting = BATCH_BYTES / Math.max(1, rowBytes);
    return (int) Math.max(LEAST, Long.highestOneBit(Math.max(1, fitting)));
  }

  private static HadoopFsRelation in(SparkSession session, HadoopFsRelation files) {
    return new HadoopFsRelation(
        files.location(),
        files.partitionSchema(),
        files.dataSchema(),
        files.bucketSpec(),
        files.fileFormat(),
        files.options(),
        session);
  }
}
