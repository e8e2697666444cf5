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
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows too wide for a matrix, solved by conjugate gradients. */
class WideFitTest {
  private static final int ROWS = 400;
  private static final int WIDE = 100_000;
  private static final int WIDE_ROWS = 600;

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    for (int k = 2; k <= 3; k++) {
      Samples.rows(ROWS, 6, k, 4).write().parquet(inputs.resolve("rows" + k).toString());
    }
    SplittableRandom random = new SplittableRandom(23);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < WIDE_ROWS; i++) {
      int label = i % 2;
      // Twenty words of a hundred that lean to a class, thirty of all the others.
      int[] columns =
          random.ints(50, 0, WIDE).map(j -> j % 5 < 2 ? j % 100 : j).sorted().distinct().toArray();
      double[] values = new double[columns.length];
      for (int e = 0; e < columns.length; e++) {
        boolean leans = columns[e] < 100 && columns[e] % 2 == label;
        values[e] = leans || random.nextInt(3) > 0 ? 1 : 0;
      }
      rows.add(
          RowFactory.create(
              (long) i, "2026-11-01", label, 1.0, Vectors.sparse(WIDE, columns, values)));
    }
    Samples.frame(rows).write().parquet(inputs.resolve("wide").toString());
  }

  private JobCall fit(String input, String out, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "output.path=" + folder.resolve(out)));
    all.addAll(Arrays.asList(more));
    JobCall call = Calls.fit(all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return call;
  }

  private LinearModel model(String out) {
    return Stored.specification(folder.resolve(out)).model();
  }

  @ParameterizedTest
  @CsvSource({"2,fast", "3,exact"})
  void conjugateGradientsAreTheClosedFormOfTheMatrix(int classes, String kernel) throws Exception {
    String[] shrinkage = {"shrinkage=fixed", "rho=0.1", "kernel=" + kernel, "report=false"};
    List<String> dense = new ArrayList<>(List.of(shrinkage));
    dense.addAll(List.of("passes=1", "estimator=pooled"));
    fit("rows" + classes, "dense", dense.toArray(String[]::new));
    List<String> free = new ArrayList<>(List.of(shrinkage));
    free.addAll(List.of("estimator=conjugate-gradients", "residual=1e-12", "folds=1", "d=6"));
    ScanReads reads =
        ScanReads.of(() -> fit("rows" + classes, "free", free.toArray(String[]::new)));
    assertThat(model("free").coefficients())
        .containsExactly(model("dense").coefficients(), within(1e-8));
    assertThat(model("free").intercepts())
        .containsExactly(model("dense").intercepts(), within(1e-8));
    JsonNode metrics = JobCall.manifest(folder.resolve("free")).path("metrics");
    int steps = metrics.path("iterations").asInt();
    assertThat(steps).isBetween(3, 12);
    assertThat(metrics.path("passes").asInt()).isEqualTo(1 + steps);
    assertThat(metrics.path("converged").asBoolean()).isTrue();
    assertThat(metrics.path("residual").asDouble()).isLessThan(1e-12);
    if (kernel.equals("fast")) {
      assertThat(reads.records()).isEqualTo((1L + steps) * ROWS);
      assertThat(metrics.path("records-read").asLong()).isEqualTo((1L + steps) * ROWS);
    }
  }

  @Test
  void aHundredThousandSparseFeaturesAreFittedAndCalibrated() throws IOException {
    // A matrix would take 200 GB.
    JobCall call =
        fit(
            "wide",
            "out",
            "memory=80MB",
            "estimator=conjugate-gradients",
            "shrinkage=fixed",
            "rho=0.5");
    JsonNode manifest = JobCall.manifest(folder.resolve("out"));
    JsonNode metrics = manifest.path("metrics");
    assertThat(metrics.path("converged").asBoolean()).isTrue();
    assertThat(metrics.path("features").asInt()).isEqualTo(WIDE);
    assertThat(metrics.path("passes").asInt()).isEqualTo(2 + metrics.path("iterations").asInt());
    assertThat(metrics.path("calibration").path("gain").asDouble()).isPositive();
    assertThat(metrics.path("held-out-log-loss").asDouble()).isLessThan(0.6);
    assertThat(metrics.path("held-out-auc").asDouble()).isGreaterThan(0.75);
    assertThat(call.warnings()).anyMatch(warning -> warning.contains("constant, left out"));
    assertThat(Files.readString(folder.resolve("out/_lemma/report.html")))
        .contains("Residual by step", "ROC on rows left out", "Reliability")
        .doesNotContain("NaN");
    assertThat(folder.resolve("out/_lemma/tables/reliability")).isDirectory();
  }

  @Test
  void exactSumsAreTheSameForEveryPartitioning() {
    for (int partitions : new int[] {1, 7}) {
      Samples.SPARK
          .read()
          .parquet(inputs.resolve("rows3").toString())
          .repartition(partitions)
          .write()
          .parquet(inputs.resolve("split" + partitions).toString());
      fit(
          "split" + partitions,
          "exact" + partitions,
          "kernel=exact",
          "estimator=conjugate-gradients",
          "iterations=3",
          "shrinkage=fixed",
          "rho=0.1",
          "report=false");
    }
    assertThat(model("exact1")).isEqualTo(model("exact7"));
  }
}
