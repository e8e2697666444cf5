// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.ClassMoments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeJobTest {
  private static final int DAYS = 30;
  private static final int ROWS = 3_000;
  private static final int D = 4;
  private static final int FOLDS = 3;

  @TempDir static Path inputs;
  @TempDir Path folder;

  private static Dataset<Row> rows;

  @BeforeAll
  static void write() {
    rows = Samples.rows(ROWS, D, 3, DAYS).coalesce(2).persist();
    rows.write().parquet(inputs.resolve("rows").toString());
    stats("daily", "keys=[day]", "output.partitions=2");
    Dataset<Row> daily = Samples.SPARK.read().parquet(inputs.resolve("daily").toString());
    changed(daily, "other-version", "schema_version", functions.lit(9));
    changed(daily, "other-folds", "folds", functions.lit(4));
    changed(daily, "other-weights", "weights", functions.lit("frequency"));
    daily.union(daily.limit(4)).write().parquet(inputs.resolve("twice").toString());
    // Folders of days are read back as dates.
    daily
        .filter("day > '2026-11-27'")
        .write()
        .partitionBy("day")
        .parquet(inputs.resolve("folders").toString());
    stats("other-features", "keys=[day]", "columns.features=[w]");
  }

  private static void changed(Dataset<Row> daily, String name, String column, Column value) {
    daily.withColumn(column, value).write().parquet(inputs.resolve(name).toString());
  }

  private static void stats(String name, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("rows"),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "folds=" + FOLDS,
                "report=false",
                "output.path=" + inputs.resolve(name)));
    keys.addAll(Arrays.asList(more));
    JobCall call = Calls.stats(keys.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
  }

  private JobCall merge(String from, String name, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "statistics=" + inputs.resolve(from),
                "report=false",
                "output.path=" + folder.resolve(name)));
    keys.addAll(Arrays.asList(more));
    return Calls.merge(keys.toArray(String[]::new));
  }

  private ClassMoments merged(String name) {
    StatisticsTable table =
        StatisticsTable.open(Samples.SPARK.read().parquet(folder.resolve(name).toString()), "test");
    StatisticsSize size = new StatisticsSize(D, FOLDS, 1 << 20);
    return StatisticsParts.gather(table.parts().collect(), table.header(), size, "test").total();
  }

  private static ClassMoments scanned(Dataset<Row> rows) {
    try (Scan scan = Scan.of(Samples.labelled(rows), Kernel.FAST, FOLDS)) {
      return StatisticsPass.take(scan, 1 << 20).statistics().total();
    }
  }

  private static void assertDone(JobCall call) {
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
  }

  @Test
  void thirtyDaysAddUpToAScanOfAll() {
    assertDone(merge("daily", "all"));
    ClassMoments all = merged("all");
    assertThat(all.rows()).isEqualTo(ROWS);
    assertThat(Samples.relativeError(all, scanned(rows))).isLessThan(1e-13);
  }

  @Test
  void thirtyDaysLessTwentyNineAreTheThirtieth() {
    assertDone(merge("daily", "last", "subtract=day < '2026-11-30'"));
    ClassMoments last = merged("last");
    assertThat(last.rows()).isEqualTo(ROWS / DAYS);
    assertThat(
            Samples.relativeError(
                last, scanned(rows.filter(functions.col("day").equalTo("2026-11-30")))))
        .isLessThan(1e-12);
  }

  @Test
  void aWindowMovesByADay() {
    assertDone(merge("daily", "first", "window=day <= '2026-11-07'"));
    assertDone(
        merge(
            "daily",
            "second",
            "base=" + folder.resolve("first"),
            "window=day = '2026-11-08'",
            "subtract=day = '2026-11-01'"));
    assertThat(
            Samples.relativeError(
                merged("second"),
                scanned(rows.filter(functions.col("day").between("2026-11-02", "2026-11-08")))))
        .isLessThan(1e-12);
    JobCall tooMuch =
        merge(
            "daily",
            "third",
            "base=" + folder.resolve("second"),
            "window=day = '2026-11-09'",
            "subtract=day < '2026-11-20'");
    assertThat(tooMuch.lastLine())
        .containsPattern("more would be taken away than is there: class \\S+ has \\d+ rows, from");
    assertThat(tooMuch.code()).isEqualTo(ExitCode.INPUT);
  }

  @Test
  void ageTakesWeight() {
    assertDone(
        merge("folders", "decayed", "decay=0.5", "decay-by=day", "window=day >= '2026-11-29'"));
    double newest = scanned(rows.filter(functions.col("day").equalTo("2026-11-30"))).weight();
    double older = scanned(rows.filter(functions.col("day").equalTo("2026-11-29"))).weight();
    assertThat(merged("decayed").weight()).isCloseTo(newest + older / 2, within(1e-9));
  }

  @Test
  void keysStayApartWhereWanted() {
    assertDone(merge("daily", "kept", "keys=[day]", "window=day > '2026-11-27'"));
    Dataset<Row> table = Samples.SPARK.read().parquet(folder.resolve("kept").toString());
    assertThat(table.select("day").distinct().count()).isEqualTo(3);
    assertThat(table.agg(functions.sum("rows")).first().getLong(0)).isEqualTo(3 * ROWS / DAYS);
  }

  @Test
  void orderAndFilesLeaveNoTrace() {
    Samples.SPARK
        .read()
        .parquet(inputs.resolve("daily").toString())
        .repartition(7)
        .write()
        .parquet(folder.resolve("shuffled").toString());
    assertDone(merge("daily", "a"));
    JobCall call =
        Calls.merge(
            "statistics=" + folder.resolve("shuffled"), "output.path=" + folder.resolve("b"));
    assertDone(call);
    assertThat(Samples.relativeError(merged("a"), merged("b"))).isZero();
  }

  @Test
  void negativeWeightsTakeRowsBack() {
    Dataset<Row> bad = rows.filter("id % 10 = 3").withColumn("w", functions.expr("-w"));
    LabelledRows signed =
        LabelledRows.of(
            rows.union(bad),
            Samples.columns("x"),
            OptionalLong.empty(),
            WeightMeaning.SIGNED,
            List.of());
    try (Scan scan = Scan.of(signed, Kernel.FAST, FOLDS)) {
      Statistics left = StatisticsPass.take(scan, 1 << 20).statistics();
      assertThat(Samples.relativeError(left.total(), scanned(rows.filter("id % 10 <> 3"))))
          .isLessThan(1e-12);
      assertThat(left.total().rows()).isEqualTo(ROWS - ROWS / 10);
    }
  }

  @Test
  void driftIsMeasuredAndJudged() {
    JobCall same =
        merge(
            "daily",
            "same",
            "window=day >= '2026-11-16'",
            "reference=day < '2026-11-16'",
            "drift-limit=0.5");
    assertDone(same);
    assertThat(JobCall.manifest(folder.resolve("same")).path("metrics").path("drift"))
        .hasSize(3)
        .allMatch(test -> test.path("distance").asDouble() < 0.5)
        .allMatch(test -> test.path("log-p").asDouble() > Math.log(1e-4));
    JobCall gate =
        merge(
            "daily",
            "gated",
            "window=day >= '2026-11-16'",
            "reference=day < '2026-11-16'",
            "drift-limit=0.0001");
    assertThat(gate.code()).isEqualTo(ExitCode.GATE);
    assertThat(gate.lastLine()).contains("has moved farther from the reference than it may");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "other-version | '' | statistics of another schema version: found schema_version = 9,"
            + " expected schema_version = 2; make them again with this release",
        "rows | '' | this is no statistics table: found no schema_version,",
        "twice | '' | the statistics table is damaged, or holds the rows of several runs",
        "daily | window=day>'2027-01-01' | window: no statistics meet the condition: found"
            + " day>'2027-01-01', expected some of 30 values of the keys: 2026-11-01 to 2026-11-30;"
            + " correct it",
        "daily | window=rows>3 | window: this is no condition on the key columns: found rows>3,"
            + " expected SQL over struct<day:string>; correct it, or leave window out",
        "daily | keys=[dya] | keys: no such key column in the statistics: found dya, expected day;"
            + " did you mean day?",
        "daily | window=day<'2026-11-03' subtract=day>'2026-11-05' | subtract: what was never added"
            + " cannot be taken away: found 2026-11-06 to 2026-11-30, expected values of the keys"
            + " that window adds; set base to the earlier result that holds them, or correct it"
      })
  void isRefused(String from, String keys, String line) {
    JobCall call = merge(from, "out", keys.isEmpty() ? new String[0] : keys.split(" "));
    assertThat(call.lastLine()).contains(line);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other-folds | statistics of different numbers of folds do not add up: found folds = 4,"
            + " expected folds = 3; make them again with the same folds",
        "other-weights | statistics of different weights do not add up: found weights = frequency,"
            + " expected weights = importance; make them again with the same weights",
        "other-features | statistics of different features do not add up: found 1 features, hash"
      })
  void otherStatisticsDoNotAddUp(String other, String line) {
    JobCall call = merge("daily", "out", "keys=[day]", "base=" + inputs.resolve(other));
    assertThat(String.join("\n", call.err())).contains(line);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
  }
}
