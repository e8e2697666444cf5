// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.benchmarks.ScalarForms.Form;
import dev.lemma.functions.LemmaFunctions;
import dev.lemma.math.function.EntropyNormalizer;
import dev.lemma.math.function.PrimeCount;
import dev.lemma.math.function.SegmentedSieve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The SQL functions against the same formula in Spark's built-in functions and in ordinary
 * functions of the user; the kernels of entropy normalisation and of the sieve.
 */
public final class SmallFunctions {
  private static final int WIDTH = 100;
  private static final int LENGTH = 1000;
  private static final int REPEATS = Integer.getInteger("repeats", 5);
  private static final long ROWS = Long.getLong("rows", 100_000_000L);
  private static final long ARRAYS = Long.getLong("arrays", 1_000_000L);
  private static final String NAMES = System.getProperty("functions", "");
  private static final long LIMIT = Long.getLong("limit", 1_000_000_000L);

  private SmallFunctions() {}

  /**
   * Prints figures as they come; writes {@code functions.json}.
   *
   * @param args the folder of results
   * @throws Exception if it cannot be written
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    Results results = new Results(System.out);
    SparkSession spark = LocalSession.start();
    try {
      LemmaFunctions.register(spark);
      ScalarForms.register(spark);
      spark
          .udf()
          .register("udf_softmax", softmax(), DataTypes.createArrayType(DataTypes.DoubleType));
      results.title("scalar functions, " + ROWS + " rows");
      System.out.println(Figure.header());
      String x = "id * " + 20.0 / ROWS + "D - 10";
      List<Form> forms =
          ScalarForms.ALL.stream()
              .filter(form -> NAMES.isEmpty() || List.of(NAMES.split(",")).contains(form.name()))
              .toList();
      for (Form form : forms) {
        scalar(spark, results, form, x, "plain", 1.2);
        scalar(spark, results, form, "IF(id % 10 = 0, NULL, " + x + ")", "nullable", 1.5);
      }
      arrays(spark, results);
      normalisation(results);
      primes(results);
    } finally {
      spark.stop();
      Files.writeString(folder.resolve("functions.json"), results.json());
    }
  }

  private static UDF1<scala.collection.Seq<Double>, double[]> softmax() {
    return scores -> {
      double[] p = new double[scores.size()];
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < p.length; i++) {
        p[i] = scores.apply(i);
        largest = Math.max(largest, p[i]);
      }
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        p[i] = Math.exp(p[i] - largest);
        sum += p[i];
      }
      for (int i = 0; i < p.length; i++) {
        p[i] /= sum;
      }
      return p;
    };
  }

  private static void scalar(
      SparkSession spark,
      Results results,
      Form form,
      String x,
      String input,
      double promisedOfUdf) {
    spark.range(0, ROWS, 1, 2).selectExpr(x + " AS x").createOrReplaceTempView("numbers");
    boolean spoken = !form.builtIn().isEmpty();
    Time[] times =
        Rounds.of(
            REPEATS,
            () -> largest(spark, form.call()),
            () -> largest(spark, form.udfCall()),
            () -> largest(spark, spoken ? form.builtIn() : "x"));
    String what = form.call() + ", " + input + ", processor time";
    if (spoken) {
      results.add(
          Figure.cost(
              what,
              times[0].coreSeconds(),
              "core s",
              "built-in formula",
              times[2].coreSeconds(),
              Promise.AT_MOST,
              1.1));
    }
    results.add(
        Figure.duration(
            what,
            times[0].coreSeconds(),
            "core s",
            "ordinary UDF",
            times[1].coreSeconds(),
            promisedOfUdf));
  }

  private static void largest(SparkSession spark, String expression) {
    spark.sql("SELECT max(" + expression + ") FROM numbers").first();
  }

  private static void arrays(SparkSession spark, Results results) {
    spark
        .range(0, ARRAYS, 1, 2)
        .selectExpr("transform(sequence(1, " + WIDTH + "), i -> sin(id * i) * 5) AS a")
        .cache()
        .createOrReplaceTempView("arrays");
    spark.sql("SELECT max(a[0]) FROM arrays").first();
    Time[] times =
        Rounds.of(
            REPEATS,
            () -> spark.sql("SELECT max(softmax(a)[7]) FROM arrays").first(),
            () -> spark.sql("SELECT max(udf_softmax(a)[7]) FROM arrays").first(),
            () -> spark.sql("SELECT max(a[7]) FROM arrays").first());
    String what = "softmax of " + WIDTH + ", " + ARRAYS + " cached rows, processor time";
    results.add(
        Figure.duration(
            what, times[0].coreSeconds(), "core s", "ordinary UDF", times[1].coreSeconds(), 1.6));
    results.add(
        Figure.cost(
            what,
            times[0].coreSeconds(),
            "core s",
            "reading alone",
            times[2].coreSeconds(),
            Promise.NONE,
            0));
  }

  private static void normalisation(Results results) {
    Random random = new Random(1);
    double[] weights = random.doubles(LENGTH).map(u -> -Math.log(u)).toArray();
    double[] out = new double[LENGTH];
    double target = 0.7 * Math.log(LENGTH);
    double[] nanos =
        Alternation.nanos(
            () -> out[0] = EntropyNormalizer.normalize(weights, target).exponent(),
            () -> {
              for (int i = 0; i < LENGTH; i++) {
                out[i] = Math.exp(-weights[i]);
              }
            });
    results.add(
        Figure.cost(
            "entropy normalisation of " + LENGTH + ", an element",
            nanos[0] / LENGTH,
            "ns",
            "one exponential",
            nanos[1] / LENGTH,
            Promise.NONE,
            0));
    results.remark(
        "%.1f million elements a second and core (promised 5), %d evaluations",
        1e3 * LENGTH / nanos[0], EntropyNormalizer.normalize(weights, target).iterations());
  }

  /** By the clock, two threads: what two tasks would do. */
  private static void primes(Results results) {
    SegmentedSieve sieve = new SegmentedSieve(LIMIT);
    int parts = 64;
    long start = System.nanoTime();
    PrimeCount found =
        LongStream.range(0, parts)
            .parallel()
            .mapToObj(
                i ->
                    sieve.count(
                        LIMIT / parts * i + 1, i == parts - 1 ? LIMIT : LIMIT / parts * (i + 1)))
            .reduce(PrimeCount.NONE, PrimeCount::plus);
    results.remark(
        "primes up to %d: %d of sum %d in %.1f s (promised to 1e9 on two cores: 10 s)",
        LIMIT, found.count(), found.sum(), (System.nanoTime() - start) / 1e9);
  }
}
