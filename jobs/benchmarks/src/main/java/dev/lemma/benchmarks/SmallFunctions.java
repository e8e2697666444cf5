// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.benchmarks.Rounds.Work;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.ArrayType;
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

  /** Rounds before the measured ones: by the third, all is compiled for the last time. */
  private static final int WARM_UP = 3;

  private static final int VALUES = 1 << 14;

  private static final long OTHER_ROWS = 1_000_000;

  /** Sums over a few steps of a staircase stand for those over all. */
  private static final double AGREEMENT = 1e-7;

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
      Column x = numbers();
      others(spark, x);
      results.title("scalar functions, " + ROWS + " rows");
      System.out.println(Figure.header());
      List<Form> forms =
          ScalarForms.ALL.stream()
              .filter(form -> NAMES.isEmpty() || List.of(NAMES.split(",")).contains(form.name()))
              .toList();
      for (Form form : forms) {
        scalar(spark, results, form, x, "plain", 1.2);
        scalar(spark, results, form, when(expr("id % 10 <> 0"), x), "nullable", 1.5);
      }
      if (NAMES.isEmpty() || NAMES.contains("agg")) {
        groups(spark, results, x);
      }
      if (NAMES.isEmpty()) {
        arrays(spark, results);
        normalisation(results);
        primes(results);
      }
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

  /**
   * Runs three other UDFs first, as any session has that lives for some time: while there is but
   * one, the machine takes it for the only one ever and writes it into Spark's loop.
   */
  private static void others(SparkSession spark, Column x) {
    spark.range(0, OTHER_ROWS, 1, 2).select(x.as("x")).createOrReplaceTempView("numbers");
    for (int round = 0; round < WARM_UP; round++) {
      for (String name : List.of("gelu", "cauchy_step", "bm25")) {
        largest(spark, "udf_" + name + "(x)");
      }
    }
  }

  /**
   * Numbers in (-10, 10) of either sign in no order, read from memory as those of a column are. The
   * row number made a double will not do: where the conversion leaves half of its register as it
   * was (JDK 17), a row waits for the result of the one before it, whichever register that is in.
   */
  private static Column numbers() {
    double[] values = new Random(1).doubles(VALUES, -10, 10).toArray();
    Literal all = Literal.create(values, new ArrayType(DataTypes.DoubleType, false));
    return ExpressionUtils.column(all).getItem(expr("id & " + (VALUES - 1)));
  }

  private static void scalar(
      SparkSession spark,
      Results results,
      Form form,
      Column x,
      String input,
      double promisedOfUdf) {
    spark.range(0, ROWS, 1, 2).select(x.as("x")).createOrReplaceTempView("numbers");
    agree(spark, form);
    Work[] sides = {
      () -> largest(spark, form.call()),
      () -> largest(spark, form.udfCall()),
      () -> largest(spark, Form.orX(form.builtIn())),
      () -> largest(spark, Form.orX(form.accurate())),
      () -> largest(spark, "x")
    };
    Rounds.of(WARM_UP - 1, sides);
    Time[] times = Rounds.of(REPEATS, sides);
    String what = form.call() + ", " + input + ", processor time";
    double own = times[0].coreSeconds();
    if (!form.builtIn().isEmpty()) {
      results.add(builtIn(what, own, "built-in formula", times[2]));
    }
    if (!form.accurate().isEmpty()) {
      results.add(builtIn(what, own, "built-ins, as accurate", times[3]));
    }
    results.add(
        Figure.duration(
            what,
            times[0].coreSeconds(),
            "core s",
            "ordinary UDF",
            times[1].coreSeconds(),
            promisedOfUdf));
    results.add(
        Figure.cost(
            what,
            times[0].coreSeconds(),
            "core s",
            "x alone",
            times[4].coreSeconds(),
            Promise.NONE,
            0));
  }

  private static Figure builtIn(String what, double own, String peer, Time time) {
    return Figure.cost(what, own, "core s", peer, time.coreSeconds(), Promise.AT_MOST, 1.1);
  }

  /** All peers give the same numbers, but for what their formulas lose. */
  private static void agree(SparkSession spark, Form form) {
    List<String> peers =
        List.of(form.udfCall(), Form.orX(form.builtIn()), Form.orX(form.accurate()));
    Dataset<Row> some =
        spark
            .table("numbers")
            .where("x IS NOT NULL")
            .limit(VALUES)
            .selectExpr(form.call(), peers.get(0), peers.get(1), peers.get(2));
    List<Row> rows = some.collectAsList();
    double[] own = rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
    for (int i = 0; i < peers.size(); i++) {
      int column = i + 1;
      if (!peers.get(i).equals("x")) {
        Checks.same(
            own, rows.stream().mapToDouble(row -> row.getDouble(column)).toArray(), AGREEMENT);
      }
    }
  }

  private static void largest(SparkSession spark, String expression) {
    spark.sql("SELECT max(" + expression + ") FROM numbers").first();
  }

  /** Exact sums, against plain ones that overflow from 709 on and depend on the order of rows. */
  private static void groups(SparkSession spark, Results results, Column x) {
    spark.range(0, ROWS / 10, 1, 2).select(x.as("x")).createOrReplaceTempView("numbers");
    Work[] sides = {
      () -> spark.sql("SELECT logsumexp_agg(x) FROM numbers").first(),
      () -> spark.sql("SELECT softmax_entropy_agg(x) FROM numbers").first(),
      () -> spark.sql("SELECT ln(sum(exp(x))) FROM numbers").first()
    };
    Rounds.of(WARM_UP - 1, sides);
    Time[] times = Rounds.of(REPEATS, sides);
    for (int i = 0; i < 2; i++) {
      results.add(
          Figure.cost(
              (i == 0 ? "logsumexp_agg" : "softmax_entropy_agg") + ", " + ROWS / 10 + " rows",
              times[i].coreSeconds(),
              "core s",
              "ln(sum(exp(x)))",
              times[2].coreSeconds(),
              Promise.NONE,
              0));
    }
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
