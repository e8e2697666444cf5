// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.projection.svd.RandomizedPca;
import dev.lemma.projection.svd.RandomizedPcaModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The stage {@link RandomizedPca} against MLlib's {@code computeSVD} on sparse rows and Spark ML's
 * {@link PCA} on dense ones, on the same cached rows, in one process.
 */
public final class Svd {
  private static final double PROMISED_TIME = 0.25;
  private static final double PROMISED_ERROR = 1.001;
  private static final int SPARSE_RANK = 50;
  private static final int DENSE_RANK = 20;

  /** Tolerance of MLlib's condition: below this share of the largest, values are dropped. */
  private static final double CONDITION = 1e-9;

  private Svd() {}

  /**
   * Prints figures as they come, then all of them as a table in Markdown; writes {@code svd.json}.
   *
   * @param args the folder of results
   * @throws Exception if a comparison fails, or one side leaves more of the matrix than it may
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toAbsolutePath();
    String only = System.getProperty("bench.only", "all");
    Results results = new Results(System.out);
    SparkSession spark = LocalSession.start();
    try {
      System.out.println(Figure.header());
      if (only.equals("all") || only.contains("sparse")) {
        sparse(spark, results);
      }
      if (only.equals("all") || only.contains("dense")) {
        dense(spark, results);
      }
    } finally {
      spark.stop();
      Files.createDirectories(folder);
      Path file = folder.resolve("svd.json");
      Files.writeString(file, results.json());
      System.out.println("written: " + file);
    }
    System.out.println();
    System.out.println(results.markdown());
  }

  private static long rows() {
    return Long.getLong("bench.svd-rows", 200_000);
  }

  private static int repeats() {
    return Integer.getInteger("bench.repeats", 3);
  }

  private static RandomizedPca stage(int rank) {
    return new RandomizedPca()
        .setInputCol("x")
        .setOutputCol("y")
        .setK(rank)
        .setOversampling(Integer.getInteger("bench.svd-oversampling", 20))
        .setReads(Integer.getInteger("bench.svd-reads", 3));
  }

  private static void sparse(SparkSession spark, Results results) {
    results.title("cached sparse vectors, against computeSVD of MLlib");
    Dataset<Row> rows = SvdRows.sparse(spark, rows()).cache();
    JavaRDD<Vector> theirs =
        rows.toJavaRDD()
            .map(row -> Vectors.fromML((org.apache.spark.ml.linalg.Vector) row.get(0)))
            .cache();
    rows.count();
    theirs.count();
    RandomizedPcaModel[] ours = new RandomizedPcaModel[1];
    DenseMatrix[] peer = new DenseMatrix[1];
    Time[] times =
        Rounds.of(
            repeats(),
            () -> ours[0] = stage(SPARSE_RANK).setCenter(false).fit(rows),
            () ->
                peer[0] =
                    (DenseMatrix)
                        new RowMatrix(theirs.rdd())
                            .computeSVD(SPARSE_RANK, false, CONDITION)
                            .V()
                            .asML());
    double[] means = new double[SvdRows.SPARSE_COLUMNS];
    double ourError = Captured.error(rows, ours[0].loadings(), means);
    double theirError = Captured.error(rows, peer[0], means);
    new SparkPeer("computeSVD", times[1], results)
        .compare(rows() + " x 20000, k = 50", times[0], PROMISED_TIME);
    judge(results, "Frobenius error", Math.sqrt(ourError), Math.sqrt(theirError));
    theirs.unpersist();
    rows.unpersist();
  }

  private static void dense(SparkSession spark, Results results) {
    results.title("cached dense vectors, against PCA of Spark ML");
    Dataset<Row> rows = SvdRows.dense(spark, rows()).cache();
    rows.count();
    RandomizedPcaModel[] ours = new RandomizedPcaModel[1];
    PCAModel[] peer = new PCAModel[1];
    Time[] times =
        Rounds.of(
            repeats(),
            () -> ours[0] = stage(DENSE_RANK).fit(rows),
            () ->
                peer[0] = new PCA().setInputCol("x").setOutputCol("y").setK(DENSE_RANK).fit(rows));
    double[] means = ours[0].means();
    double ourError = Captured.error(rows, ours[0].loadings(), means);
    double theirError = Captured.error(rows, peer[0].pc(), means);
    new SparkPeer("PCA", times[1], results)
        .compare(rows() + " x 1000, k = 20", times[0], PROMISED_TIME);
    judge(results, "unexplained variance", ourError, theirError);
    rows.unpersist();
  }

  private static void judge(Results results, String what, double ours, double theirs) {
    results.add(Figure.cost(what, ours, "", "theirs", theirs, Promise.AT_MOST, PROMISED_ERROR));
    if (ours > PROMISED_ERROR * theirs) {
      throw new IllegalStateException(what + " is " + ours + ", theirs " + theirs);
    }
  }
}
