// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.logistic.LinearModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitJobTest {
  private static final int ROWS = 400;

  @TempDir static Path inputs;

  /** Fits of three classes with the standard errors that go with their passes, by passes. */
  @TempDir static Path plain;

  @TempDir Path folder;

  @BeforeAll
  static void write() {
    for (int k = 2; k <= 3; k++) {
      Samples.rows(ROWS, 4, k, 4).write().parquet(inputs.resolve("rows" + k).toString());
    }
    JobCall stats =
        Calls.stats(
            rows(2, "keys=[day]", "output.path=" + inputs.resolve("statistics"), "report=false"));
    assertThat(stats.code()).as(stats.lastLine()).isEqualTo(ExitCode.DONE);
  }

  private static String[] rows(int classes, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("rows" + classes),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "d=4"));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private JobCall fit(String out, int classes, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(rows(classes, more)));
    all.add("output.path=" + folder.resolve(out));
    return Calls.fit(all.toArray(String[]::new));
  }

  private static void assertDone(JobCall call) {
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
  }

  private List<Row> coefficients(String out) {
    return Stored.coefficients(folder.resolve(out));
  }

  private LinearModel model(String out) {
    return Stored.specification(folder.resolve(out)).model();
  }

  /** The output of a fit of three classes that tests share; made by the first of them. */
  private static Path plain(String passes) {
    Path out = plain.resolve(passes);
    if (!Files.exists(out)) {
      assertDone(Calls.fit(rows(3, "passes=" + passes, "report=false", "output.path=" + out)));
    }
    return out;
  }

  /** Runs a fit into a folder of this name, which must read each record once a pass. */
  private void fitReading(int passes, String out, String... keys) throws Exception {
    ScanReads reads = ScanReads.of(() -> assertDone(fit(out, 2, keys)));
    assertThat(reads.records()).isEqualTo((long) passes * ROWS);
    assertThat(reads.scans()).isEqualTo(passes);
    JsonNode metrics = JobCall.manifest(folder.resolve(out)).path("metrics");
    assertThat(metrics.path("passes").asInt()).isEqualTo(passes);
    assertThat(metrics.path("records-read").asLong()).isEqualTo((long) passes * ROWS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsEachRecordOnceAPass(int passes) throws Exception {
    fitReading(passes, "out", "passes=" + passes, "report=false");
  }

  @Test
  void storedStatisticsAreAsGoodAsTheirRows() throws Exception {
    assertDone(fit("data", 2, "passes=1", "estimator=pooled", "shrinkage=none", "report=false"));
    String[] stored = {
      "statistics=" + inputs.resolve("statistics"),
      "output.path=" + folder.resolve("stored"),
      "estimator=pooled",
      "shrinkage=none",
      "report=false"
    };
    ScanReads reads = ScanReads.of(() -> assertDone(Calls.fit(stored)));
    // The table of statistics has a row for each fold, day and class at most, and no more are read.
    assertThat(reads.records()).isLessThan(ROWS);
    List<Row> fromData = coefficients("data");
    List<Row> fromTable = coefficients("stored");
    assertThat(fromTable).hasSize(5);
    for (int i = 0; i < fromTable.size(); i++) {
      assertThat(fromTable.get(i).getDouble(4))
          .isCloseTo(fromData.get(i).getDouble(4), within(1e-11));
      assertThat(fromTable.get(i).getDouble(6))
          .isCloseTo(fromData.get(i).getDouble(6), within(1e-11));
    }
    assertThat(JobCall.manifest(folder.resolve("stored")).path("bits").asText()).isEqualTo("any");
    // A model of statistics alone knows by the features' names which column they are in.
    assertDone(
        Calls.score(
            "input.path=" + inputs.resolve("rows2"),
            "model=" + folder.resolve("stored"),
            "output.path=" + folder.resolve("scored"),
            "report=false"));
  }

  @Test
  void laterPassesTakeTheRowsOfStoredStatistics() throws Exception {
    fitReading(3, "data", "passes=3", "report=false");
    assertDone(
        fit("stored", 2, "passes=3", "statistics=" + inputs.resolve("statistics"), "report=false"));
    List<Row> fromData = coefficients("data");
    List<Row> fromTable = coefficients("stored");
    for (int i = 0; i < fromTable.size(); i++) {
      assertThat(fromTable.get(i).getDouble(4))
          .isCloseTo(fromData.get(i).getDouble(4), within(1e-9));
    }
    JsonNode metrics = JobCall.manifest(folder.resolve("stored")).path("metrics");
    assertThat(metrics.path("passes").asInt()).isEqualTo(3);
    assertThat(metrics.path("records-read").asLong()).isEqualTo(2L * ROWS);
  }

  @Test
  void aFitSaysHowGoodItIs() throws Exception {
    fitReading(4, "out", "passes=4", "priors={\"0\"=0.9,\"1\"=0.1}");
    Path out = folder.resolve("out");
    JsonNode manifest = JobCall.manifest(out);
    JsonNode metrics = manifest.path("metrics");
    assertThat(manifest.path("bits").asText()).isEqualTo("layout");
    assertThat(metrics.path("held-out-log-loss").asDouble()).isBetween(0.3, 0.69);
    assertThat(metrics.path("held-out-auc").asDouble()).isBetween(0.6, 0.95);
    assertThat(metrics.path("certificate").path("excess").asDouble()).isBetween(0.0, 0.1);
    assertThat(metrics.path("condition").asDouble()).isBetween(1.0, 10.0);
    assertThat(metrics.path("standard-errors").asText()).isEqualTo("fisher");
    assertThat(Files.readString(out.resolve("_lemma/report.html")))
        .doesNotContain("NaN")
        .contains("What each pass bought", "The ridge path", "ROC on rows left out", "Reliability")
        .contains("certificate", "Standardised coefficients");
    for (String table :
        List.of("passes", "candidates", "calibration", "diagnosis", "reliability", "thresholds")) {
      assertThat(out.resolve("_lemma/tables").resolve(table)).isDirectory();
    }
    List<Row> candidates =
        Samples.SPARK
            .read()
            .parquet(out.resolve("_lemma/tables/candidates").toString())
            .select("chosen", "held_out_loss")
            .collectAsList();
    assertThat(candidates).filteredOn(row -> row.getBoolean(0)).hasSize(1);
    assertThat(candidates).noneMatch(row -> row.isNullAt(1));
    // The intercept of the table is the model's, for the population asked for.
    AnalyticLogisticRegressionModel model =
        AnalyticLogisticRegressionModel.load(out.resolve("_lemma/model").toString());
    Row intercept = coefficients("out").get(0);
    assertThat(intercept.isNullAt(2)).isTrue();
    assertThat(intercept.getDouble(4))
        .isEqualTo(model.specification().model().logitIntercept(1, 0));
    assertThat(model.specification().priors()).containsExactly(0.9, 0.1);
    assertThat(model.getFeaturesCol()).isEqualTo("x");
  }

  @Test
  void classesOfAnyNumberAreAgainstTheFirst() throws IOException {
    List<Row> rows = Stored.coefficients(plain("3"));
    assertThat(rows).hasSize(2 * 5);
    AnalyticLogisticRegressionModel model =
        AnalyticLogisticRegressionModel.load(plain("3").resolve("_lemma/model").toString());
    double[] slope = model.specification().model().logitSlope(2, 0);
    for (Row row : rows) {
      assertThat(row.getString(1)).isEqualTo("0");
      if (row.getString(0).equals("2") && !row.isNullAt(2)) {
        assertThat(row.getDouble(4)).isEqualTo(slope[row.getInt(2)]);
        assertThat(row.getDouble(9)).isLessThan(row.getDouble(4));
      }
    }
    assertThat(model.summary().reference()).hasValue(0);
    Vector probability =
        model
            .transform(Samples.SPARK.read().parquet(inputs.resolve("rows3").toString()))
            .select("probability")
            .first()
            .getAs(0);
    assertThat(Arrays.stream(probability.toArray()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void rowsTooWideForAMatrixHaveTheSameDiagonalModel() throws Exception {
    assertDone(fit("matrix", 3, "passes=1", "estimator=diagonal", "report=false"));
    ScanReads reads =
        ScanReads.of(
            () -> assertDone(fit("none", 3, "passes=1", "estimator=diagonal", "memory=390")));
    assertThat(reads.records()).isEqualTo(ROWS);
    assertThat(JobCall.manifest(folder.resolve("none")).path("metrics").path("method").asText())
        .isEqualTo("closed form, covariance diagonal, without a matrix");
    double[] expected = model("matrix").coefficients();
    assertThat(model("none").coefficients()).containsExactly(expected, within(1e-12));
    assertThat(coefficients("none")).hasSize(3 * 5).allMatch(row -> row.isNullAt(6));
  }

  /** The sandwich on the executors is the one in memory, and costs no pass. */
  @ParameterizedTest
  @CsvSource({"2,fast", "2,exact", "3,fast", "mle,fast"})
  void aSandwichIsSummedInAPassThatIsMadeAnyway(String passes, String kernel) throws Exception {
    String[] keys = {
      "passes=" + passes, "kernel=" + kernel, "report=false", "standard-errors=sandwich"
    };
    ScanReads reads = ScanReads.of(() -> assertDone(fit("robust", 3, keys)));
    JsonNode metrics = JobCall.manifest(folder.resolve("robust")).path("metrics");
    assertThat(metrics.path("standard-errors").asText()).isEqualTo("sandwich");
    if (kernel.equals("fast")) {
      assertThat(reads.records()).isEqualTo(metrics.path("passes").asLong() * ROWS);
    }
    List<Row> expected = Stored.coefficients(plain(passes));
    List<Row> found = coefficients("robust");
    double tolerance = kernel.equals("fast") ? 0 : 1e-10;
    for (int i = 0; i < expected.size(); i++) {
      Row row = found.get(i);
      assertThat(row.getDouble(4)).isCloseTo(expected.get(i).getDouble(4), within(tolerance));
      assertThat(row.getString(11)).isEqualTo("sandwich");
      // Rows that are nearly Gaussian: errors of about the same size, but other ones.
      assertThat(row.getDouble(6) / expected.get(i).getDouble(6))
          .isBetween(0.7, 1.4)
          .isNotEqualTo(1);
    }
  }

  @Test
  void aGatePublishesNothing() {
    JobCall call = fit("out", 2, "passes=2", "max-log-loss=0.1", "report=false");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .contains("max-log-loss: the probabilities are worse than they may be on rows left out")
        .contains("at most 0.1;");
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
  }

  @Test
  void aDryRunTellsThePassesAndWritesNothing() {
    JobCall dry = Calls.dryFit(rows(2, "passes=4", "output.path=" + folder.resolve("out")));
    assertThat(dry.code()).as(dry.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(dry.out()).contains("and a second step, both measured").contains("models shipped");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
