// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.TextVectorizer;
import dev.lemma.math.text.Weighting;
import dev.lemma.projection.RandomProjection;
import dev.lemma.projection.RandomProjectionModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The stage {@link RandomProjection} on texts against {@link UsualWay}, at equal k. */
final class UsualWayComparison {
  private static final int K = 512;
  private static final double PROMISED_NOOP = 6;
  private static final double PROMISED_PARQUET = 2;
  private static final int CHECKED_ROWS = 2000;

  /** Spread of |Rx|^2 / |x|^2 over that of a Gaussian matrix: above 1 by chance alone. */
  private static final double SPREAD_TOLERANCE = 1.15;

  private static final double MICROS = 1e6;

  private UsualWayComparison() {}

  static void compare(SparkSession spark, Settings settings, Results results) {
    results.title("the stage on texts, against HashingTF and a broadcast Gaussian matrix");
    String input = settings.path("glosses");
    String fewer = settings.path("glosses-usual");
    long rows = GlossTable.write(spark, settings.rows(), input);
    long usualRows = GlossTable.write(spark, settings.usualRows(), fewer);
    RandomProjectionModel stage =
        new RandomProjection()
            .setInputCol("gloss")
            .setOutputCol("projected")
            .setOutputType("array")
            .setK(K)
            .fit(spark.read().parquet(input));
    try (UsualWay usual = new UsualWay(spark, K)) {
      requireAlike(spark.read().parquet(fewer), stage, usual, results);
      Dataset<Row> ours = stage.transform(spark.read().parquet(input)).select("id", "projected");
      Dataset<Row> oursOfFewer =
          stage.transform(spark.read().parquet(fewer)).select("id", "projected");
      Dataset<Row> theirs = usual.transform(spark.read().parquet(fewer)).select("id", "projected");
      Time[] times =
          Rounds.of(
              settings.repeats(),
              () -> noop(ours),
              () -> noop(theirs),
              () -> parquet(oursOfFewer, settings.path("stage")),
              () -> parquet(theirs, settings.path("usual")));
      Written written = Written.at(spark, settings.path("stage"), "projected");
      Written others = Written.at(spark, settings.path("usual"), "projected");
      written.requireShape(usualRows, K);
      others.requireShape(usualRows, K);
      report(results, "to noop", times[0], rows, times[1], usualRows, PROMISED_NOOP);
      report(results, "to Parquet", times[2], usualRows, times[3], usualRows, PROMISED_PARQUET);
      results.remark(
          "to noop, the stage ran on %d rows and the usual way on %d, compared by the time a row; to"
              + " Parquet both on the latter; %.0f bytes a row against %.0f; zeros %.2f %% against"
              + " %.2f %%",
          rows,
          usualRows,
          (double) written.bytes() / usualRows,
          (double) others.bytes() / usualRows,
          100 * written.zeros(),
          100 * others.zeros());
    }
  }

  private static void report(
      Results results,
      String sink,
      Time ours,
      long rows,
      Time theirs,
      long theirRows,
      double promised) {
    String what = String.format("RandomProjection, k=%d, %s", K, sink);
    String against = "HashingTF, Gaussian, UDF";
    results.add(
        Figure.duration(
            what,
            MICROS * ours.seconds() / rows,
            "us/row",
            against,
            MICROS * theirs.seconds() / theirRows,
            promised));
    results.add(
        Figure.duration(
            what + ", processor time",
            MICROS * ours.coreSeconds() / rows,
            "us/row",
            against,
            MICROS * theirs.coreSeconds() / theirRows,
            0));
  }

  private static void noop(Dataset<Row> rows) {
    rows.write().format("noop").mode(SaveMode.Overwrite).save();
  }

  private static void parquet(Dataset<Row> rows, String path) {
    rows.write().mode(SaveMode.Overwrite).parquet(path);
  }

  /** Both sides see the same words, and both keep lengths as well as the law says. */
  private static void requireAlike(
      Dataset<Row> input, RandomProjectionModel stage, UsualWay usual, Results results) {
    Dataset<Row> some = input.limit(CHECKED_ROWS);
    Column asArray = vector_to_array(col("projected"), "float32");
    List<Row> ours = stage.transform(some).select("gloss", "projected").collectAsList();
    List<Row> theirs =
        usual.transform(some).select(asArray.as("projected"), col("features")).collectAsList();
    TextVectorizer words =
        new TextVectorizer(new TextSpec(TextUnit.WORDS, 1, 1, Weighting.COUNT, RowNorm.NONE));
    SparseRow row = new SparseRow();
    double[] spread = new double[2];
    for (int i = 0; i < ours.size(); i++) {
      byte[] gloss = ours.get(i).getString(0).getBytes(StandardCharsets.UTF_8);
      words.vectorize(gloss, 0, gloss.length, row);
      double count = 0;
      double squares = 0;
      for (int e = 0; e < row.size(); e++) {
        count += row.values()[e];
        squares += row.values()[e] * row.values()[e];
      }
      Vector features = theirs.get(i).getAs("features");
      double theirCount = 0;
      for (double value : features.toArray()) {
        theirCount += value;
      }
      if (count != theirCount) {
        throw new IllegalStateException(
            "row " + i + " has " + count + " words here and " + theirCount + " there");
      }
      spread[0] += Math.pow(squares(ours.get(i).getList(1)) / squares - 1, 2);
      spread[1] += Math.pow(squares(theirs.get(i).getList(0)) / squares - 1, 2);
    }
    double law = Math.sqrt(2.0 / K);
    double our = Math.sqrt(spread[0] / ours.size());
    double their = Math.sqrt(spread[1] / ours.size());
    results.remark(
        "over %d rows with equal words, |Rx|^2/|x|^2 spreads by %.4f against %.4f; law %.4f",
        ours.size(), our, their, law);
    if (!(our < SPREAD_TOLERANCE * law && their < SPREAD_TOLERANCE * law)) {
      throw new IllegalStateException("one side keeps lengths worse than the law says");
    }
  }

  private static double squares(List<Float> values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
