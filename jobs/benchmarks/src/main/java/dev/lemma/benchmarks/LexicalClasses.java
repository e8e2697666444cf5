// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.logistic.AnalyticLogisticRegression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a closed form is worth against the maximum of the likelihood: the lexical class of a gloss
 * of WordNet from its words, projected, learnt from a thousand rows and from all of them.
 */
public final class LexicalClasses {
  private static final int FEW = 1000;
  private static final int CLOSE_TO_CERTAIN = 20;
  private static final double NANOS = 1e9;

  private LexicalClasses() {}

  /** A way to a model. */
  private record Way(String name, Estimator<?> estimator) {}

  /**
   * Prints a table in Markdown and writes {@code lexical-classes.md}.
   *
   * @param args the folder of the table
   * @throws Exception if it cannot be written
   */
  public static void main(String[] args) throws Exception {
    int k = Integer.getInteger("bench.k", 256);
    Path folder = Path.of(args[0]).toAbsolutePath();
    List<String> lines = new ArrayList<>();
    lines.add("| training rows | model | passes | seconds | accuracy | log-loss |");
    lines.add("|---|---|---|---|---|---|");
    SparkSession spark = LocalSession.start();
    try {
      LexicalRows rows = LexicalRows.of(spark, k);
      Dataset<Row> test = rows.test().cache();
      System.out.printf(
          "%d rows, %d held out, %d classes, k = %d, load average %.1f%n",
          rows.train().count() + test.count(), test.count(), rows.classes(), k, Results.load());
      Dataset<Row> few = rows.few(FEW).cache();
      Dataset<Row> all = rows.train().cache();
      // So that the first line does not pay for the compiler.
      new AnalyticLogisticRegression().setShrinkage("oas").setIdCol("id").fit(few);
      for (Dataset<Row> train : List.of(few, all)) {
        long count = train.count();
        for (Way way : ways(count)) {
          String line = line(count, way, train, test);
          System.out.println(line);
          lines.add(line);
        }
      }
    } finally {
      spark.stop();
    }
    Path file = folder.resolve("lexical-classes.md");
    Files.write(file, lines);
    System.out.println("written: " + file);
    lines.forEach(System.out::println);
  }

  private static List<Way> ways(long rows) {
    List<Way> ways =
        new ArrayList<>(
            List.of(
                new Way("closed form", stage("1")),
                new Way("closed form, OAS", stage("1").setShrinkage("oas")),
                new Way("chosen and calibrated", stage("2")),
                new Way("Spark, regParam 0", new LogisticRegression())));
    if (rows <= FEW) {
      // With all rows there is little to regularise, and minutes to wait.
      ways.add(new Way("Spark, regParam 0.001", new LogisticRegression().setRegParam(1e-3)));
      ways.add(new Way("Spark, regParam 0.01", new LogisticRegression().setRegParam(1e-2)));
    }
    return ways;
  }

  private static AnalyticLogisticRegression stage(String passes) {
    return new AnalyticLogisticRegression().setPasses(passes).setIdCol("id");
  }

  private static String line(long rows, Way way, Dataset<Row> train, Dataset<Row> test) {
    long start = System.nanoTime();
    Transformer model = (Transformer) way.estimator().fit(train);
    double seconds = (System.nanoTime() - start) / NANOS;
    FitQuality quality = FitQuality.of(model, test);
    return String.format(
        Locale.ROOT,
        "| %d | %s | %s | %.1f | %.3f | %s |",
        rows,
        way.name(),
        passes(way.estimator(), model),
        seconds,
        quality.accuracy(),
        quality.loss() > CLOSE_TO_CERTAIN
            ? "above " + CLOSE_TO_CERTAIN
            : String.format(Locale.ROOT, "%.3f", quality.loss()));
  }

  private static String passes(Estimator<?> estimator, Transformer model) {
    return model instanceof LogisticRegressionModel spark
        ? spark.summary().totalIterations() + " iterations"
        : ((AnalyticLogisticRegression) estimator).getPasses();
  }
}
