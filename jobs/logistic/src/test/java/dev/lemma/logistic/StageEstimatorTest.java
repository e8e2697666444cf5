// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.JobCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stage and job are two ways to the same models. */
class StageEstimatorTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    Samples.rows(300, 5, 3, 4).write().parquet(inputs.resolve("rows").toString());
  }

  private static Dataset<Row> rows() {
    return Samples.SPARK.read().parquet(inputs.resolve("rows").toString());
  }

  private static AnalyticLogisticRegression stage() {
    return new AnalyticLogisticRegression()
        .setFeaturesCol("x")
        .setLabelCol("y")
        .setWeightCol("w")
        .setIdCol("id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auto | passes=1",
        "moment-matched | passes=1",
        "balanced | passes=1 shrinkage=oas shrinkage-units=data",
        "pooled | passes=1 shrinkage=ridge lambda=0.5 shrinkage-units=data",
        "diagonal | passes=1 memory=485 shrinkage=none",
        "conjugate-gradients | shrinkage-units=data iterations=2",
        "auto | passes=2 standard-errors=sandwich"
      })
  void theStageMakesTheModelOfTheJob(String estimator, String keys) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("rows"),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "estimator=" + estimator,
                "report=false",
                "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(keys.split(" ")));
    JobCall call = Calls.fit(all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    AnalyticLogisticRegression stage = stage();
    if (!keys.contains("passes=2")) {
      stage.setEstimator(estimator);
    }
    for (String key : keys.split(" ")) {
      String value = key.substring(key.indexOf('=') + 1);
      switch (key.substring(0, key.indexOf('='))) {
        case "passes" -> stage.setPasses(value);
        case "shrinkage" -> stage.setShrinkage(value);
        case "shrinkage-units" -> stage.setShrinkageUnits(value);
        case "lambda" -> stage.setLambda(Double.parseDouble(value));
        case "memory" -> stage.setMemory(Long.parseLong(value));
        case "iterations" -> stage.setIterations(Integer.parseInt(value));
        default -> stage.setStandardErrors(value);
      }
    }
    AnalyticLogisticRegressionModel made = stage.fit(rows());
    FitSummary stored = Stored.summary(folder.resolve("out"));
    assertThat(made.specification().model())
        .isEqualTo(Stored.specification(folder.resolve("out")).model());
    assertThat(made.summary().method()).isEqualTo(stored.method());
    assertThat(made.summary().errorKind()).isEqualTo(stored.errorKind());
  }

  @Test
  void choicesThatDoNotGoTogetherAreRefusedAsInTheJob() {
    assertThatThrownBy(() -> stage().setEstimator("pooled").setPasses("2").fit(rows()))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "estimator: passes = 2 chooses among all estimators; set passes = 1, or estimator ="
                + " auto");
    assertThatThrownBy(() -> stage().setStandardErrors("sandwich").fit(rows()))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining("one pass has no second look at them");
  }
}
