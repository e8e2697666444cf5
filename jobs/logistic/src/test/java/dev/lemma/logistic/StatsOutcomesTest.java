// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad inputs, and what comes of them, word by word. */
class StatsOutcomesTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  private static Row row(long id, Integer label, Double weight, double... x) {
    return RowFactory.create(
        id, "2026-11-01", label, weight, x.length == 0 ? null : Vectors.dense(x));
  }

  private static List<Row> sound() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(row(i, i % 2, 1.0, i % 7, i % 5));
    }
    return rows;
  }

  private static List<Row> soundAnd(Row... more) {
    List<Row> rows = sound();
    rows.addAll(Arrays.asList(more));
    return rows;
  }

  @BeforeAll
  static void write() {
    Map<String, List<Row>> cases = new TreeMap<>();
    cases.put("one-class", sound().stream().map(r -> row(r.getLong(0), 1, 1.0, 1, 2)).toList());
    cases.put("few-rows", sound().subList(0, 2));
    cases.put("single-row-class", soundAnd(row(99, 7, 1.0, 3, 4)));
    cases.put("no-weight", sound().stream().map(r -> row(r.getLong(0), 1, 0.0, 1, 2)).toList());
    cases.put("negative", soundAnd(row(98, 1, -1.0, 3, 4)));
    cases.put("no-label", soundAnd(row(97, null, 1.0, 3, 4)));
    cases.put("null-weight", soundAnd(row(96, 1, null, 3, 4)));
    cases.put("null-features", soundAnd(row(95, 1, 1.0)));
    cases.put("empty", List.of());
    cases.forEach(
        (name, rows) ->
            Samples.frame(rows).coalesce(1).write().parquet(inputs.resolve(name).toString()));
    Samples.frame(sound())
        .withColumn("y", functions.expr("if(id = 3, double('NaN'), double(y))"))
        .write()
        .parquet(inputs.resolve("nan-label").toString());
    Samples.frame(sound())
        .withColumn("x", functions.lit("words"))
        .write()
        .parquet(inputs.resolve("text").toString());
    Samples.frame(sound())
        .withColumn("y", functions.array(functions.col("y")))
        .write()
        .parquet(inputs.resolve("array-label").toString());
    Samples.frame(sound())
        .withColumn("b", functions.expr("encode(day, 'UTF-8')"))
        .withColumn("z", functions.expr("if(id % 2 = 0, 0D, -0D)"))
        .withColumn("Tile", functions.lit(1))
        .write()
        .parquet(inputs.resolve("keys").toString());
    Samples.SPARK
        .range(0, 20_000, 1, 2)
        .selectExpr(
            "id", "id as y", "1.0 as w", "transform(sequence(1, 40), j -> sin(id * j)) as x")
        .write()
        .parquet(inputs.resolve("many-classes").toString());
  }

  private JobCall call(String input, String keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "output.path=" + folder.resolve("out"),
                "report=false"));
    if (!keys.isEmpty()) {
      all.addAll(Arrays.asList(keys.split(" ")));
    }
    return Calls.stats(all.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "negative | '' | x, y, w: 1 of 61 rows cannot be used (1 negative-weight); first by id: 98"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "no-label | '' | x, y, w: 1 of 61 rows cannot be used (1 no-label); first by id: 97"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "nan-label | '' | x, y, w: 1 of 60 rows cannot be used (1 no-label); first by id: 3"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "null-weight | '' | x, y, w: 1 of 61 rows cannot be used (1 no-weight); first by id: 96"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "null-features | '' | x, y, w: 1 of 61 rows cannot be used (1 null); first by id: 95"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "text | '' | columns.features = x: this job takes no texts: found string, expected a"
            + " vector, an array of numbers, or a list of numeric columns; project the texts first"
            + " with job project",
        "array-label | '' | columns.label = y: this type makes no class: found array<int>, expected"
            + " a number, text, boolean, date or timestamp; choose another column, or make a text"
            + " of it where the input is written",
        "many-classes | memory=1MB | columns.label = y: too many classes for d = 40 in 5 folds:"
            + " found more than 198, expected at most 198 in memory = 1.0 MB; check that"
            + " columns.label is a class and no number or id, or raise memory",
        "few-rows | memory=100 | columns.features: too wide for a scatter matrix of d = 2 in 5"
            + " folds: found 1.2 KB, expected at most memory = 100 bytes; project the features"
            + " first with job project (k up to 1 fits), raise memory or lower folds, or fit"
            + " without the matrix: logistic-fit with estimator = conjugate-gradients (some passes"
            + " more), or with passes = 1 and estimator = diagonal",
        "empty | '' | columns.features = x: no row tells the number of features; check that the"
            + " input is not empty, or set key d",
        "keys | keys=[b] | keys = b: this type makes no key: found binary, expected a number, text,"
            + " boolean, date or timestamp; choose another column, or make a text of it where the"
            + " input is written",
        "keys | keys=[Tile] | keys: the statistics table has columns of its own called Tile; rename"
            + " them in the input",
        "few-rows | keys=[fold2] | keys: no such column in the input: found fold2, expected one of"
            + " id, day, y, w, x"
      })
  void isRefused(String input, String keys, String line) {
    JobCall call = call(input, keys);
    assertThat(call.lastLine()).matches("lemma logistic-stats: failed .*\\(exit code 3\\): .*");
    assertThat(call.lastLine()).endsWith("(exit code 3): " + line);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
  }

  @Test
  void zerosOfBothSignsAreOneKey() {
    JobCall call = call("keys", "keys=[z]");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    Row sums =
        Samples.SPARK
            .read()
            .parquet(folder.resolve("out").toString())
            .selectExpr("count(distinct string(z))", "sum(rows)")
            .head();
    assertThat(sums).isEqualTo(RowFactory.create(1L, 60L));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "one-class | '' | all rows are of one class, 1: a model needs a second one, from statistics"
            + " to merge with",
        "few-rows | folds=5 | 3 of 5 folds hold no rows: there are too few rows, or too few"
            + " different ids",
        "single-row-class | '' | 1 class has a single row: 7",
        "no-weight | '' | no row has a weight other than 0: these statistics say nothing by"
            + " themselves",
        "empty | d=2 | no row has a weight other than 0: these statistics say nothing by themselves",
        "no-label | on-bad-row=skip | 1 row was left out: 1 no-label",
        "many-classes | memory=200MB | the classes share one scatter matrix: 20000 of their own"
            + " would take 723.3 MB of memory = 200.0 MB; moment matching and balanced pooling need"
            + " them"
      })
  void isDoneWithAWarning(String input, String keys, String warning) {
    JobCall call = call(input, keys);
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).contains(warning);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "weights=signed columns.weight=null | weights = signed has no weights",
        "precision=float | statistics are kept in double precision",
        "output.partition-by=[day] | day is none of the keys",
        "folds=0 | (command line): must be at least 1, found 0",
        "memory=much | expected an amount of memory such as 512MB or 2GB"
      })
  void isAMistake(String keys, String line) {
    JobCall call = call("few-rows", keys);
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", call.err())).contains(line);
  }
}
