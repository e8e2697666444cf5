// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.logistic.AnalyticLogisticRegression;
import dev.lemma.logistic.AnalyticLogisticRegressionModel;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The stage against Spark's {@link LogisticRegression} on sparse vectors in Parquet, which Spark
 * reads twice and keeps in blocks of its own.
 */
final class SparseFit {
  private static final double PROMISED = 0.2;

  /** What a closed form may lose on rows that are far from Gaussian, and a Newton step. */
  private static final double ONE_PASS_APART = 0.05;

  private static final double POLISHED_APART = 1e-3;

  private SparseFit() {}

  static void compare(SparkSession spark, FitSizes sizes, Results results) throws Exception {
    results.title("sparse vectors in Parquet, against LogisticRegression of Spark ML");
    String path = sizes.path("sparse");
    CensusTable census = CensusTable.write(spark, sizes.sparseRows(), path);
    Dataset<Row> rows = spark.read().parquet(path);
    AnalyticLogisticRegressionModel[] ours = new AnalyticLogisticRegressionModel[2];
    LogisticRegressionModel[] theirs = new LogisticRegressionModel[1];
    Time[] times =
        Rounds.of(
            sizes.repeats(),
            () -> ours[0] = new AnalyticLogisticRegression().fit(rows),
            () -> theirs[0] = new LogisticRegression().fit(rows),
            () ->
                ours[1] = new AnalyticLogisticRegression().setPasses("3").setIdCol("id").fit(rows));
    FitQuality onePass = FitQuality.of(ours[0], rows);
    FitQuality polished = FitQuality.of(ours[1], rows);
    FitQuality peer = FitQuality.of(theirs[0], rows);
    String shape = String.format("%s, %d rows, ", census.name(), census.rows());
    String against = "Spark, " + theirs[0].summary().totalIterations() + " iterations";
    SparkPeer beside = new SparkPeer(against, times[1], results);
    beside.compare(shape + "one pass", times[0], PROMISED);
    beside.compare(shape + "one Newton step", times[2], 0);
    results.remark(
        "train log-loss and accuracy: one pass %.5f, %.4f; one Newton step %.5f, %.4f; Spark %.5f,"
            + " %.4f",
        onePass.loss(),
        onePass.accuracy(),
        polished.loss(),
        polished.accuracy(),
        peer.loss(),
        peer.accuracy());
    onePass.requireAsGoodAs(peer, ONE_PASS_APART, "one pass");
    polished.requireAsGoodAs(peer, POLISHED_APART, "one Newton step");
  }
}
