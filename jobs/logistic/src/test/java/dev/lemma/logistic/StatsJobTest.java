// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.linalg.Kernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsJobTest {
  private static final int ROWS = 600;
  private static final int DAYS = 4;

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    Samples.rows(ROWS, 5, 3, DAYS).write().parquet(inputs.resolve("rows").toString());
  }

  private String[] keys(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("rows"),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "d=5",
                "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private Dataset<Row> table() {
    return Samples.SPARK.read().parquet(folder.resolve("out").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"folds=5", "keys=[day]", "folds=1"})
  void readsEachRecordOnce(String key) throws Exception {
    ScanReads reads =
        ScanReads.of(
            () ->
                assertThat(Calls.stats(keys(key, "report=false")).code()).isEqualTo(ExitCode.DONE));
    assertThat(reads.records()).isEqualTo(ROWS);
    assertThat(reads.scans()).isEqualTo(1);
  }

  @Test
  void theTableHoldsWhatThePassFound() {
    assertThat(Calls.stats(keys()).err()).noneMatch(line -> line.contains("warning"));
    StatisticsTable table = StatisticsTable.open(table(), "test");
    assertThat(table.header().featureNames())
        .containsExactly("x[0]", "x[1]", "x[2]", "x[3]", "x[4]");
    assertThat(table.header().folds()).isEqualTo(5);
    assertThat(table.header().weights()).isEqualTo(WeightMeaning.IMPORTANCE);
    StatisticsSize size = new StatisticsSize(5, 5, 1 << 20);
    Statistics read = StatisticsParts.gather(table.parts().collect(), table.header(), size, "test");
    Dataset<Row> input = Samples.SPARK.read().parquet(inputs.resolve("rows").toString());
    try (Scan scan = Scan.of(Samples.labelled(input), Kernel.FAST, 5)) {
      assertThat(Samples.bits(read))
          .isEqualTo(Samples.bits(StatisticsPass.take(scan, 1 << 20).statistics()));
    }
    JsonNode manifest = JobCall.manifest(folder.resolve("out"));
    assertThat(manifest.path("bits").asText()).isEqualTo("layout");
    assertThat(manifest.path("metrics").path("layout").asText()).isEqualTo("per-class");
    assertThat(manifest.path("metrics").path("classes").asInt()).isEqualTo(3);
    assertThat(manifest.path("metrics").path("rows-by-class").path("2").asInt()).isEqualTo(200);
  }

  /** Numbers that lie side by side are read where they lie; arrays of the same are not. */
  @ParameterizedTest
  @ValueSource(strings = {"folds=5", "keys=[day]", "folds=1"})
  void numericColumnsGiveWhatArraysOfThemDo(String key) {
    Path input = folder.resolve("columns");
    Samples.SPARK
        .read()
        .parquet(inputs.resolve("rows").toString())
        .withColumn(
            "a", org.apache.spark.ml.functions.vector_to_array(functions.col("x"), "float64"))
        .withColumn("a0", functions.expr("if(id = 17, null, a[0])"))
        .withColumn("a1", functions.expr("float(if(id = 18, double('NaN'), a[1]))"))
        .withColumn("a2", functions.expr("int(a[2] * 100)"))
        .withColumn("a", functions.expr("array(a0, double(a1), double(a2))"))
        .coalesce(2)
        .write()
        .parquet(input.toString());
    List<List<Row>> tables = new ArrayList<>();
    for (String features : List.of("columns.features=[a]", "columns.features=[a0, a1, a2]")) {
      JobCall call =
          Calls.stats(
              keys(
                  "input.path=" + input,
                  features,
                  "d=3",
                  key,
                  "on-bad-row=skip",
                  "output.mode=overwrite",
                  "report=false"));
      assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
      assertThat(call.warnings()).contains("2 rows were left out: 1 null-element, 1 nan");
      tables.add(
          table()
              .drop("features", "feature_names", "feature_hash")
              .orderBy(key.startsWith("keys") ? "day" : "fold", "fold", "class")
              .collectAsList());
    }
    assertThat(tables.get(0)).isNotEmpty().isEqualTo(tables.get(1));
  }

  @Test
  void countsAreSoundForWhoeverSumsTheTable() {
    Calls.stats(keys("keys=[day]"));
    Row sums =
        table()
            .agg(
                functions.sum("rows"),
                functions.sum("weight"),
                functions.countDistinct("day", "fold"))
            .first();
    assertThat(sums.getLong(0)).isEqualTo(ROWS);
    double weight =
        Samples.SPARK
            .read()
            .parquet(inputs.resolve("rows").toString())
            .agg(functions.sum("w"))
            .first()
            .getDouble(0);
    assertThat(sums.getDouble(1)).isCloseTo(weight, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(sums.getLong(2)).isEqualTo(DAYS * 5);
  }

  @Test
  void aDayIsReplacedByItself() {
    String[] day = keys("keys=[day]", "output.partition-by=[day]");
    assertThat(Calls.stats(day).code()).isEqualTo(ExitCode.DONE);
    List<Row> before = table().orderBy("day", "fold", "class").collectAsList();
    JobCall again =
        Calls.stats(
            keys("keys=[day]", "output.partition-by=[day]", "output.mode=overwrite-partitions"));
    assertThat(again.code()).as(again.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(table().orderBy("day", "fold", "class").collectAsList()).isEqualTo(before);
    JobCall other =
        Calls.stats(
            keys(
                "keys=[day]",
                "output.partition-by=[day]",
                "output.mode=overwrite-partitions",
                "folds=3"));
    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.lastLine()).contains("made with another folds: found 3, expected 5");
  }

  @Test
  void aDryRunTellsTheNumbersAndWritesNothing() {
    JobCall dry = Calls.dryStats(keys("memory=1KB", "folds=2"));
    assertThat(dry.code()).isEqualTo(ExitCode.DONE);
    assertThat(dry.out())
        .contains("of its own for each of up to 4 classes, then pooled")
        .contains("240 bytes a class")
        .contains("every record is read once");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
