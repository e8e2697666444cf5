// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are bad or degenerate, and what a fit makes of them, word by word. */
class FitOutcomesTest {
  private static final Map<String, Integer> FEATURES =
      Map.of("wide", 20, "constant", 3, "duplicated", 3, "separable", 3, "extreme", 3);

  @TempDir static Path inputs;
  @TempDir Path folder;

  private static Row row(long id, Integer label, double weight, double... x) {
    return RowFactory.create(id, "2026-11-01", label, weight, Vectors.dense(x));
  }

  private static List<Row> rows(int n, IntFunction<Row> row) {
    return new ArrayList<>(IntStream.range(0, n).mapToObj(row).toList());
  }

  /** Sixty rows of two classes that overlap. */
  private static List<Row> sound() {
    SplittableRandom random = new SplittableRandom(7);
    return rows(60, i -> row(i, i % 2, 1, random.nextGaussian() + i % 2, random.nextGaussian()));
  }

  @BeforeAll
  static void write() {
    Map<String, List<Row>> cases = new TreeMap<>();
    cases.put("sound", sound());
    cases.put("one-class", rows(60, i -> row(i, 1, 1, i % 7, i % 5)));
    cases.put("empty", List.of());
    cases.put(
        "extreme",
        rows(60, i -> with(sound().get(i), x -> new double[] {x[0], 1e160 * x[1], 1e-158 * x[1]})));
    cases.put("no-weight", rows(60, i -> row(i, i % 2, 0, i % 7, i % 5)));
    cases.put("few-folds", rows(12, i -> row(i % 2, i % 2, 1, i % 7, i % 5)));
    List<Row> single = sound();
    single.add(row(99, 7, 1, 3, 4));
    cases.put("single-row-class", single);
    SplittableRandom random = new SplittableRandom(11);
    cases.put(
        "wide",
        rows(12, i -> row(i, i % 2, 1, random.doubles(20, -1 + i % 2, 1 + i % 2).toArray())));
    List<Row> plain = sound();
    cases.put("constant", rows(60, i -> with(plain.get(i), x -> new double[] {x[0], 5, x[1]})));
    cases.put(
        "duplicated", rows(60, i -> with(plain.get(i), x -> new double[] {x[0], x[1], x[0]})));
    cases.put(
        "separable",
        rows(60, i -> with(plain.get(i), x -> new double[] {x[0], x[1], i % 2 == 0 ? -3 : 3})));
    cases.put(
        "offset", rows(60, i -> with(plain.get(i), x -> new double[] {1e8 + x[0], x[1] - 1e8})));
    cases.forEach(
        (name, rows) ->
            Samples.frame(rows).coalesce(1).write().parquet(inputs.resolve(name).toString()));
    Samples.frame(sound())
        .withColumn("y", functions.expr("if(id = 3, double('NaN'), double(y))"))
        .write()
        .parquet(inputs.resolve("nan-label").toString());
    Samples.SPARK
        .range(0, 40_000, 1, 2)
        .selectExpr(
            "id", "id % 20000 as y", "1.0 as w", "transform(sequence(1, 2), j -> sin(id * j)) as x")
        .write()
        .parquet(inputs.resolve("many-classes").toString());
    for (String input : List.of("sound", "constant", "nan-label")) {
      List<String> keys = new ArrayList<>(base(input));
      keys.add("on-bad-row=skip");
      keys.add("output.path=" + inputs.resolve("statistics-" + input));
      assertThat(Calls.stats(keys.toArray(String[]::new)).code()).isEqualTo(ExitCode.DONE);
    }
  }

  private static Row with(Row row, java.util.function.UnaryOperator<double[]> change) {
    double[] x = ((org.apache.spark.ml.linalg.Vector) row.get(4)).toArray();
    return row(row.getLong(0), row.getInt(2), row.getDouble(3), change.apply(x));
  }

  private static List<String> base(String input) {
    return List.of(
        "input.path=" + inputs.resolve(input),
        "columns.id=id",
        "columns.features=[x]",
        "columns.label=y",
        "columns.weight=w",
        // Known, or each run would look for it.
        "d=" + FEATURES.getOrDefault(input, 2),
        "report=false");
  }

  private JobCall call(String input, String keys) {
    List<String> all = new ArrayList<>(base(input));
    all.add("output.path=" + folder.resolve("out"));
    if (!keys.isEmpty()) {
      all.addAll(Arrays.asList(keys.replace("INPUTS", inputs.toString()).split(" ")));
    }
    return Calls.fit(all.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "one-class | '' | columns.label = y: there is nothing to tell apart: found 1 class,"
            + " expected at least 2; check the column of the class, or add rows of other classes",
        "no-weight | '' | columns.label = y: no row has weight: there is nothing to learn from;"
            + " check input and weights",
        "empty | '' | columns.label = y: there is nothing to learn from: found no rows, expected rows"
            + " of at least 2 classes; check the input",
        "empty | estimator=conjugate-gradients | columns.label = y: there is nothing to learn from:"
            + " found no rows, expected rows of at least 2 classes; check the input",
        "sound | statistics=INPUTS/none passes=2 | INPUTS/none: no such path; give the output.path of"
            + " logistic-stats or logistic-merge",
        "nan-label | '' | x, y, w: 1 of 60 rows cannot be used (1 no-label); first by id: 3"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "sound | priors={1=2} | priors: class 0 has no share; give it one",
        "sound | statistics=INPUTS/statistics-constant passes=2 | columns.features = x: these are"
            + " not the features of the statistics: found 2 features, hash f2ad693d557fc21d,"
            + " expected 3 features, hash 8213b391b302b054; give the columns that the statistics"
            + " were made from, in their order",
        "single-row-class | statistics=INPUTS/statistics-sound passes=2 | columns.label = y: a row"
            + " has a class that no row had in the first pass: found a class beyond the 2 of the"
            + " statistics, expected the rows that the statistics are of; make the statistics again"
            + " from this input, and keep it as it is during the fit",
        "few-folds | statistics=INPUTS/statistics-sound passes=2 | input: these are not the rows of"
            + " the statistics: found 0 rows of positive weight in fold 0, expected 13 rows; give"
            + " the rows, ids, label and weights that the statistics were made from, and keep the"
            + " input as it is during the fit",
        "wide | memory=1KB | columns.features: too wide for a scatter matrix of d = 20 in 5 folds:"
            + " found 13.5 KB, expected at most memory = 1.0 KB; project the features first with"
            + " job project (k up to 1 fits), raise memory or lower folds, or fit without the"
            + " matrix: logistic-fit with estimator = conjugate-gradients (some passes more), or"
            + " with passes = 1 and estimator = diagonal",
        "wide | memory=1KB estimator=conjugate-gradients | columns.features: too wide for means and"
            + " variances of d = 20 in 5 folds: found 6.3 KB, expected at most memory = 1.0 KB;"
            + " raise memory, lower folds, or project the features first with job project",
        "wide | memory=1300 folds=1 estimator=conjugate-gradients | columns.features: too wide for the"
            + " directions of 2 classes in 1 folds and d = 20: found 1.4 KB, expected at most memory"
            + " = 1.3 KB; raise memory, lower folds (1: not calibrated), or project the features"
            + " first with job project",
        "wide | memory=500 passes=1 estimator=diagonal | columns.features: too wide for means and"
            + " variances of d = 20: found 1.3 KB, expected at most memory = 500 bytes; raise"
            + " memory, or project the features first with job project",
        "many-classes | memory=1MB passes=1 | columns.label = y: too many classes for d = 2 in 5 folds:"
            + " found more than ",
        "wide | memory=3KB folds=1 passes=1 estimator=balanced | memory: balanced pooling needs the"
            + " scatter of every class"
      })
  void isRefused(String input, String keys, String line) {
    JobCall call = call(input, keys);
    assertThat(call.lastLine())
        .contains("(exit code 3): ")
        .contains(line.replace("INPUTS", inputs.toString()));
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "few-folds | '' | 3 of 5 folds hold no rows: there are too few rows, or too few different"
            + " ids",
        "single-row-class | passes=3 | 1 class has a single row, which says nothing of their"
            + " spread: 7",
        "wide | passes=3 | 12 rows for 20 features: the covariance is singular, and shrinking alone"
            + " makes a model",
        "constant | passes=3 | 1 feature is constant, left out: x[1]",
        "duplicated | passes=3 | 1 feature follows from others, left out of the closed form: x[2]"
            + " (with x[0])",
        "separable | passes=3 | 1 feature separates classes perfectly, the maximum of the likelihood"
            + " is at infinity: x[2]",
        "extreme | passes=4 | 2 features have no moments (newer than the statistics, or squares beyond"
            + " the range of numbers), left out: x[1], x[2]",
        "extreme | passes=mle penalty=0 | 2 features have no moments (newer than the statistics, or"
            + " squares beyond the range of numbers), left out: x[1], x[2]",
        "extreme | estimator=conjugate-gradients | 2 features have no moments (newer than the"
            + " statistics, or squares beyond the range of numbers), left out: x[1], x[2]",
        "separable | passes=mle | 1 feature separates classes perfectly, the maximum of the"
            + " likelihood is at infinity: x[2]",
        "constant | passes=1 estimator=diagonal memory=300 | 1 feature is constant, left out: x[1]",
        "constant | estimator=conjugate-gradients | 1 feature is constant, left out: x[1]",
        "sound | estimator=conjugate-gradients iterations=1 residual=1e-9 shrinkage=none | the"
            + " equations were not solved: relative residual 3.6e-01 after 1 steps, asked for"
            + " 1.0e-09",
        "nan-label | on-bad-row=skip passes=1 | 1 row was left out: 1 no-label"
      })
  void isDoneWithAWarning(String input, String keys, String warning) {
    JobCall call = call(input, keys);
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).contains(warning);
    assertThat(Stored.coefficients(folder.resolve("out")))
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.getDouble(4)) <= 1e6);
  }

  @Test
  void aShareOfZeroIsWarnedOf() {
    JobCall call = call("sound", "passes=1 priors={0=0,1=1}");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).containsExactly("priors.0 is 0: the class is never predicted");
  }

  @Test
  void twentyThousandClassesMakeOneModel() {
    JobCall call = call("many-classes", "passes=1 estimator=pooled memory=12MB");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(Stored.specification(folder.resolve("out")).classes())
        .hasSize(20_000)
        .startsWith("0", "1", "2");
  }

  /** The rows of the statistics are the good ones of the input, and the others are kept. */
  @Test
  void badRowsBesideStoredStatisticsAreQuarantined() {
    JobCall call =
        call("nan-label", "statistics=INPUTS/statistics-nan-label passes=2 on-bad-row=quarantine");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).contains("1 row was left out: 1 no-label");
    JsonNode manifest = JobCall.manifest(folder.resolve("out"));
    assertThat(manifest.path("rows").path("read").asLong()).isEqualTo(60);
    assertThat(manifest.path("rows").path("rejected").asLong()).isEqualTo(1);
    assertThat(folder.resolve("out/_lemma/runs/" + manifest.path("run").asText() + "/rejected"))
        .isDirectory();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "passes=5 | passes (command line): must be one of 1, 2, 3, 4, mle",
        "estimator=pooled | passes = 2 chooses among all estimators",
        "passes=1 shrinkage=oas | estimator = auto takes no rule of shrinkage",
        "passes=1 estimator=pooled rho=0.5 | rho and shrinkage = fixed go together",
        "passes=1 estimator=diagonal shrinkage=ledoit-wolf | the share of Ledoit and Wolf is known"
            + " for estimator = pooled in the units of the data",
        "folds=1 | a single fold leaves nothing out to compare on",
        "columns.features=[x,y] | columns.features (command line): y is the class to learn; leave it out"
            + " of them",
        "weights=signed | deletions are for statistics",
        "precision=float | models are solved in double precision",
        "passes=1 max-log-loss=0.5 | no pass measures the loss on rows left out",
        "passes=1 statistics=there | one pass from statistics reads no rows",
        "columns.label=null | nothing to learn",
        "passes=2 estimator=conjugate-gradients | conjugate-gradients makes as many passes as it"
            + " takes",
        "estimator=conjugate-gradients statistics=there | conjugate-gradients reads rows and no"
            + " matrix",
        "estimator=conjugate-gradients shrinkage=ledoit-wolf | the share of Ledoit and Wolf needs"
            + " fourth moments",
        "estimator=conjugate-gradients folds=1 max-log-loss=0.5 | no pass measures the loss on rows"
            + " left out",
        "passes=1 standard-errors=sandwich | a sandwich sums over the rows, and one pass has no second"
            + " look at them",
        "passes=2 standard-errors=fisher | passes = 2 takes no derivatives",
        "passes=mle standard-errors=closed-form | the closed form knows nothing of Newton steps",
        "estimator=conjugate-gradients standard-errors=sandwich | conjugate-gradients gives none",
        "residual=0 | residual (command line): must lie between 0 and 1, found 0.0",
        "confidence=1 | confidence (command line): must lie between 0 and 1, found 1.0"
      })
  void isAMistake(String keys, String line) {
    JobCall call = call("sound", keys);
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", call.err())).contains(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "output.path=OUT | nothing to learn from",
        "statistics=there output.path=OUT passes=2 | statistics are one pass"
      })
  void needsSomethingToRead(String keys, String line) {
    JobCall call = Calls.fit(keys.replace("OUT", folder.resolve("out").toString()).split(" "));
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", call.err())).contains(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void anOffsetCostsNothing(String passes) {
    double[] moved = slopes("offset", passes);
    // The offset itself rounds the rows by 1e-8.
    assertThat(moved).containsExactly(slopes("sound", passes), within(1e-6));
  }

  private double[] slopes(String input, String passes) {
    String keys = "output.mode=overwrite passes=" + passes;
    assertThat(call(input, keys).code()).isEqualTo(ExitCode.DONE);
    return Stored.specification(folder.resolve("out")).model().logitSlope(1, 0);
  }
}
