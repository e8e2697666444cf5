// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.kit.data.PlanCall;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code project} against jobs that do less: one that reads the same input and writes ready-made
 * arrays of the same length, share of zeros, Parquet settings and codec, and one that only reads.
 */
final class PlainJobs {
  private static final int K = 512;
  private static final int POOL = 8192;
  private static final double PROMISED = 1.5;
  private static final double SIZES_APART = 0.1;
  private static final double ZEROS_APART = 0.005;

  private PlainJobs() {}

  static void compare(SparkSession spark, Settings settings, Results results) {
    results.title("project with its distortion pass, against plain jobs");
    String input = settings.path("glosses");
    long rows = GlossTable.write(spark, settings.rows(), input);
    String projected = settings.path("projected");
    String copied = settings.path("copied");
    ProjectRun.Columns columns = new ProjectRun.Columns("id", "gloss");
    Rounds.Work project = () -> ProjectRun.run(input, columns, K, projected);
    // The pool needs rows, and the first run of a job is not timed in any case.
    ProjectRun.run(input, columns, K, projected);
    RowPool.keep(spark.read().parquet(projected).select("projected").limit(POOL).collectAsList());
    Time[] times =
        Rounds.of(
            settings.repeats(),
            project,
            () -> copy(spark, input, copied),
            () -> read(spark, input));
    Written ours = Written.at(spark, projected, "projected");
    Written theirs = Written.at(spark, copied, "projected");
    requireAlike(ours, theirs, rows);
    String what = String.format("project, %d rows, k=%d", rows, K);
    results.add(
        Figure.cost(
            what,
            times[0].seconds(),
            "s",
            "plain job, same output",
            times[1].seconds(),
            Promise.AT_MOST,
            PROMISED));
    results.add(
        Figure.cost(
            what + ", processor time",
            times[0].coreSeconds(),
            "core s",
            "plain job, same output",
            times[1].coreSeconds(),
            Promise.NONE,
            0));
    results.add(
        Figure.cost(
            what, times[0].seconds(), "s", "reading alone", times[2].seconds(), Promise.NONE, 0));
    results.remark(
        "both wrote %d rows of %d floats; zeros %.2f %% against %.2f %%; %d bytes against %d; input"
            + " %d bytes",
        ours.rows(),
        K,
        100 * ours.zeros(),
        100 * theirs.zeros(),
        ours.bytes(),
        theirs.bytes(),
        Written.bytes(java.nio.file.Path.of(input)));
  }

  private static void copy(SparkSession spark, String input, String output) {
    Column ready =
        PlanCall.of(new RowPool(), "row", new ArrayType(DataTypes.FloatType, false))
            .once()
            .neverNull()
            .on(col("gloss"));
    spark
        .read()
        .parquet(input)
        .select(col("id"), ready.as("projected"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(output);
  }

  private static void read(SparkSession spark, String input) {
    Dataset<Row> rows = spark.read().parquet(input).select("id", "gloss");
    rows.write().format("noop").mode(SaveMode.Overwrite).save();
  }

  private static void requireAlike(Written ours, Written theirs, long rows) {
    ours.requireShape(rows, K);
    theirs.requireShape(rows, K);
    double sizes = (double) ours.bytes() / theirs.bytes();
    if (Math.abs(sizes - 1) > SIZES_APART
        || Math.abs(ours.zeros() - theirs.zeros()) > ZEROS_APART) {
      throw new IllegalStateException(
          "the plain job does not write what project writes: " + ours + " against " + theirs);
    }
  }
}
