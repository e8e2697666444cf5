// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.logistic.AnalyticLogisticRegression;
import dev.lemma.logistic.AnalyticLogisticRegressionModel;
import java.util.Arrays;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The stage {@link AnalyticLogisticRegression} against Spark's {@link LogisticRegression} on the
 * same cached DataFrame of ill-conditioned dense vectors.
 */
final class DenseFit {
  private static final int FEATURES = 200;
  private static final double PROMISED_ONE_PASS = 0.1;
  private static final double PROMISED_POLISHED = 0.25;

  /** The law of the rows is that of the closed form, which then has nothing to lose either. */
  private static final double LOSS_APART = 1e-4;

  private DenseFit() {}

  static void compare(SparkSession spark, FitSizes sizes, Results results) {
    results.title("cached dense vectors, against LogisticRegression of Spark ML");
    String path = sizes.path("dense");
    GaussianTable.write(spark, sizes.denseRows(), FEATURES, path);
    Dataset<Row> rows = spark.read().parquet(path).cache();
    rows.count();
    AnalyticLogisticRegressionModel[] ours = new AnalyticLogisticRegressionModel[3];
    LogisticRegressionModel[] theirs = new LogisticRegressionModel[1];
    Time[] times =
        Rounds.of(
            sizes.repeats(),
            () -> ours[0] = new AnalyticLogisticRegression().fit(rows),
            () -> theirs[0] = new LogisticRegression().fit(rows),
            () ->
                ours[1] = new AnalyticLogisticRegression().setPasses("3").setIdCol("id").fit(rows),
            () -> ours[2] = new AnalyticLogisticRegression().setPasses("3").fit(rows));
    FitQuality[] found =
        Arrays.stream(ours).map(model -> FitQuality.of(model, rows)).toArray(FitQuality[]::new);
    FitQuality peer = FitQuality.of(theirs[0], rows);
    rows.unpersist();
    String shape = String.format("%d x %d, ", sizes.denseRows(), FEATURES);
    String against = "Spark, " + theirs[0].summary().totalIterations() + " iterations";
    Time peerTime = times[1];
    SparkPeer beside = new SparkPeer(against, peerTime, results);
    beside.compare(shape + "one pass", times[0], PROMISED_ONE_PASS);
    beside.compare(shape + "one Newton step, ids", times[2], PROMISED_POLISHED);
    beside.compare(shape + "one Newton step, no ids", times[3], 0);
    results.remark(
        "train log-loss and accuracy: one pass %.6f, %.4f; one Newton step %.6f, %.4f (%s); Spark"
            + " %.6f, %.4f",
        found[0].loss(),
        found[0].accuracy(),
        found[1].loss(),
        found[1].accuracy(),
        ours[1].summary().method(),
        peer.loss(),
        peer.accuracy());
    found[0].requireAsGoodAs(peer, LOSS_APART, "one pass");
    found[1].requireAsGoodAs(peer, LOSS_APART, "one Newton step");
    found[2].requireAsGoodAs(peer, LOSS_APART, "one Newton step without ids");
  }
}
