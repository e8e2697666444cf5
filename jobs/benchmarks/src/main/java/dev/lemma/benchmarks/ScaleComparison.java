// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.ProjectRun.Columns;
import dev.lemma.benchmarks.Rounds.Time;
import org.apache.spark.sql.SparkSession;

/** What a row costs {@code project} when there are ten times as many. */
final class ScaleComparison {
  private static final int K = 64;
  private static final int TENTH = 10;
  // Enough for all the pairs that the distortion is measured on: what does not grow with the rows
  // is subtracted whole.
  private static final int START_UP_ROWS = 50_000;
  private static final double PROMISED = 0.15;
  private static final double MICROS = 1e6;

  private ScaleComparison() {}

  static void compare(SparkSession spark, Settings settings, Results results) {
    results.title("cost of a row as rows grow tenfold");
    String[] inputs = {
      settings.path("glosses-start"), settings.path("glosses-tenth"), settings.path("glosses-all")
    };
    long[] rows = {
      GlossTable.write(spark, START_UP_ROWS, inputs[0]),
      GlossTable.write(spark, settings.scaleRows() / TENTH, inputs[1]),
      GlossTable.write(spark, settings.scaleRows(), inputs[2])
    };
    Rounds.Work[] work = new Rounds.Work[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      String input = inputs[i];
      String output = settings.path("scale-" + i);
      work[i] = () -> ProjectRun.run(input, new Columns("id", "gloss"), K, output);
    }
    Time[] times = Rounds.of(settings.repeats(), work);
    for (int i = 0; i < inputs.length; i++) {
      Written.at(spark, settings.path("scale-" + i), "projected").requireShape(rows[i], K);
    }
    double start = times[0].seconds();
    double coreStart = times[0].coreSeconds();
    String what = String.format("project, k=%d, a row of %d", K, rows[2]);
    String against = "a row of " + rows[1];
    results.add(
        Figure.cost(
            what,
            MICROS * (times[2].seconds() - start) / (rows[2] - rows[0]),
            "us",
            against,
            MICROS * (times[1].seconds() - start) / (rows[1] - rows[0]),
            Promise.WITHIN,
            PROMISED));
    results.add(
        Figure.cost(
            what + ", processor time",
            MICROS * (times[2].coreSeconds() - coreStart) / (rows[2] - rows[0]),
            "us",
            against,
            MICROS * (times[1].coreSeconds() - coreStart) / (rows[1] - rows[0]),
            Promise.NONE,
            0));
    results.remark(
        "seconds: %.2f for %d rows, %.2f for %d; start-up, the same job on %d rows: %.2f, subtracted",
        times[2].seconds(), rows[2], times[1].seconds(), rows[1], rows[0], start);
  }
}
