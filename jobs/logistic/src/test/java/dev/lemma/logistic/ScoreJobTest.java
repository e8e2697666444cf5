// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static dev.lemma.logistic.StageSamples.SPARK;
import static dev.lemma.logistic.StageSamples.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.math.logistic.LinearModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreJobTest {
  @TempDir Path folder;

  private Path output() {
    return folder.resolve("scored");
  }

  private AnalyticLogisticRegressionModel store(Dataset<Row> data) throws IOException {
    AnalyticLogisticRegressionModel model = new AnalyticLogisticRegression().fit(data);
    model.write().overwrite().save(folder.resolve("fit/_lemma/model").toString());
    return model;
  }

  private String input(Dataset<Row> data) {
    data.write().mode("overwrite").parquet(folder.resolve("rows").toString());
    return "input.path=" + folder.resolve("rows");
  }

  private JobCall score(Dataset<Row> data, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                input(data),
                "model=" + folder.resolve("fit"),
                "columns.id=id",
                "columns.features=features",
                "output.path=" + output()));
    all.addAll(List.of(more));
    return Calls.score(all.toArray(String[]::new));
  }

  private Dataset<Row> scored() {
    return SPARK.read().parquet(output().toString());
  }

  private List<Row> rowsById() {
    List<Row> rows = new ArrayList<>(scored().collectAsList());
    rows.sort(Comparator.comparingLong(row -> row.getLong(0)));
    return rows;
  }

  private Dataset<Row> table(String name) {
    return SPARK.read().parquet(output().resolve("_lemma/tables/" + name).toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void rowsGetWhatTheStageGivesThem(int k) throws IOException {
    Dataset<Row> data = data(90, 5, k);
    AnalyticLogisticRegressionModel model = store(data);
    JobCall call = score(data, "columns.keep=[weight]");
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    assertThat(scored().columns()).containsExactly("id", "weight", "prediction", "probability");
    List<Row> expected = StageSamples.ordered(model.transform(data), "probability", "prediction");
    List<Row> found = rowsById();
    assertThat(found).hasSize(90);
    for (int i = 0; i < found.size(); i++) {
      Row row = expected.get(i);
      double[] probability = ((Vector) row.getAs("probability")).toArray();
      assertThat(found.get(i).getList(3)).containsExactly(boxed(probability));
      assertThat(found.get(i).getString(2))
          .isEqualTo(Integer.toString((int) row.<Double>getAs("prediction").doubleValue()));
    }
    JsonNode manifest = JobCall.manifest(output());
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(manifest.path("metrics").has("log-loss")).isFalse();
    assertThat(output().resolve("_lemma/tables")).doesNotExist();
  }

  private static Object[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray();
  }

  @Test
  void evaluationIsThatOfTheRowsByHand() throws IOException {
    Dataset<Row> data = data(200, 4, 2);
    AnalyticLogisticRegressionModel model = store(data);
    JobCall call = score(data, "columns.label=label", "columns.weight=weight");
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    List<Row> rows = model.transform(data).collectAsList();
    double loss = 0;
    double brier = 0;
    double right = 0;
    double total = 0;
    double above = 0;
    double pairs = 0;
    for (Row row : rows) {
      double weight = row.getAs("weight");
      double label = row.getAs("label");
      double p = ((Vector) row.getAs("probability")).apply(1);
      loss -= weight * Math.log(label == 1 ? p : 1 - p);
      brier += weight * (p - label) * (p - label);
      right += row.<Double>getAs("prediction") == label ? weight : 0;
      total += weight;
      for (Row other : rows) {
        if (label == 1 && other.<Double>getAs("label") == 0) {
          double pair = weight * other.<Double>getAs("weight");
          double q = ((Vector) other.getAs("probability")).apply(1);
          above += pair * (p > q ? 1 : p == q ? 0.5 : 0);
          pairs += pair;
        }
      }
    }
    JsonNode metrics = JobCall.manifest(output()).path("metrics");
    assertThat(metrics.path("log-loss").asDouble()).isCloseTo(loss / total, within(1e-12));
    assertThat(metrics.path("brier").asDouble()).isCloseTo(brier / total, within(1e-12));
    assertThat(metrics.path("accuracy").asDouble()).isCloseTo(right / total, within(1e-12));
    assertThat(metrics.path("auc").asDouble()).isCloseTo(above / pairs, within(1e-12));
    assertThat(metrics.path("evaluated-rows").asLong()).isEqualTo(200);
    assertThat(metrics.path("ks").asDouble()).isBetween(0.1, 1.0);
    assertThat(table("metrics").filter("metric = 'auc'").head().getDouble(1))
        .isEqualTo(metrics.path("auc").asDouble());
    assertThat(
            table("confusion").select("weight").collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .sum())
        .isCloseTo(total, within(1e-9));
    assertThat(table("reliability").collectAsList()).hasSizeBetween(15, 20);
    assertThat(table("thresholds").filter("recall = 1 and false_positive_rate = 1").count())
        .isEqualTo(1);
    assertThat(table("classes").select("class").collectAsList().toString()).isEqualTo("[[0], [1]]");
    assertThat(Files.readString(output().resolve("_lemma/report.html")))
        .contains("ROC", "Reliability", "Confusion", "best Youden", "mean log-loss");
  }

  @Test
  void manyClassesAreRankedOneAgainstTheOthers() throws IOException {
    Dataset<Row> data = data(300, 6, 4);
    store(data);
    JobCall call = score(data, "columns.label=label", "probability=map");
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    assertThat(scored().columns()).containsExactly("id", "label", "prediction", "probability");
    Map<String, Double> first = new TreeMap<>(scored().head().<String, Double>getJavaMap(3));
    assertThat(first.keySet()).containsExactly("0", "1", "2", "3");
    assertThat(first.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
    assertThat(table("classes").select("auc").collectAsList())
        .hasSize(4)
        .allMatch(row -> row.getDouble(0) > 0.5);
    assertThat(table("confusion").collectAsList()).hasSize(16);
    assertThat(output().resolve("_lemma/tables/thresholds")).doesNotExist();
    assertThat(JobCall.manifest(output()).path("metrics").path("auc").asDouble())
        .isGreaterThan(0.5);
  }

  @Test
  void priorsCorrectTheOddsOfEveryRow() throws IOException {
    Dataset<Row> data = data(80, 3, 2);
    AnalyticLogisticRegressionModel model = store(data);
    List<Row> before = StageSamples.ordered(model.transform(data), "rawPrediction");
    JobCall call = score(data, "priors.0=9", "priors.1=1");
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    List<Row> after = rowsById();
    for (int i = 0; i < before.size(); i++) {
      List<Double> p = after.get(i).getList(after.get(i).fieldIndex("probability"));
      double logit = before.get(i).<Vector>getAs(0).apply(1);
      // The rows have as many of both classes.
      assertThat(Math.log(p.get(1) / p.get(0)) - logit).isCloseTo(-Math.log(9), within(1e-9));
    }
  }

  @Test
  void thresholdsOfTheModelDecide() throws IOException {
    Dataset<Row> data = data(80, 3, 2);
    AnalyticLogisticRegressionModel model = new AnalyticLogisticRegression().fit(data);
    model.setThresholds(new double[] {0.05, 0.95});
    model.save(folder.resolve("fit/_lemma/model").toString());
    assertThat(score(data).code()).isEqualTo(ExitCode.DONE);
    long ones = model.transform(data).filter("prediction = 1").count();
    assertThat(scored().filter("prediction = '1'").count()).isEqualTo(ones).isLessThan(35);
  }

  @Test
  void labelsOfAnyTypeMeetTheirClass() throws IOException {
    Dataset<Row> data = data(60, 3, 2);
    AnalyticLogisticRegressionModel fitted = new AnalyticLogisticRegression().fit(data);
    LinearModel model = fitted.specification().model();
    for (String[] each :
        new String[][] {
          {"no", "yes", "if(label = 1, 'yes', 'no')"},
          {"-0.5", "0.1", "if(label = 1, float(0.1), float(-0.5))"},
          {"2026-01-01", "2026-01-02", "date_add(date'2026-01-01', cast(label as int))"}
        }) {
      new AnalyticLogisticRegressionModel(
              "m",
              new ModelSpecification(
                  List.of(each[0], each[1]),
                  fitted.specification().features(),
                  List.of(0.5, 0.5),
                  model),
              java.util.Optional.empty())
          .write()
          .overwrite()
          .save(folder.resolve("fit/_lemma/model").toString());
      JobCall call =
          score(
              data.withColumn("y", org.apache.spark.sql.functions.expr(each[2])),
              "columns.label=y",
              "output.mode=overwrite");
      assertThat(call.code()).as("%s %s", each[2], call.err()).isEqualTo(ExitCode.DONE);
      assertThat(call.warnings()).as(each[2]).isEmpty();
      assertThat(JobCall.manifest(output()).path("metrics").path("evaluated-rows").asLong())
          .as(each[2])
          .isEqualTo(60);
      assertThat(scored().filter("prediction = '" + each[1] + "'").count()).isBetween(20L, 40L);
    }
  }

  @Test
  void numericColumnsAreFoundByTheModelsNames() throws IOException {
    Dataset<Row> data =
        SPARK.sql(
            "select id, id % 2 as y, id % 7 + 2 * (id % 2) as a, cast(id % 5 as float) as b from"
                + " range(70)");
    LabelledRows rows =
        LabelledRows.of(
            data,
            new dev.lemma.kit.config.ColumnsConfig(
                java.util.Optional.empty(),
                List.of("a", "b"),
                java.util.Optional.of("y"),
                java.util.Optional.empty(),
                java.util.Optional.empty()),
            java.util.OptionalLong.empty(),
            WeightMeaning.IMPORTANCE,
            List.of());
    LogisticFit fit =
        LogisticTraining.train(
                rows,
                new LogisticSettings(
                    Passes.ONE,
                    5,
                    dev.lemma.math.linalg.Kernel.FAST,
                    Estimator.POOLED,
                    dev.lemma.math.logistic.ClosedForm.POOLED,
                    WeightMeaning.IMPORTANCE,
                    1 << 20,
                    LogisticSettings.PENALTY,
                    LogisticSettings.TOLERANCE,
                    Iterations.DEFAULT,
                    dev.lemma.math.logistic.ErrorRule.AUTO,
                    0),
                ClassOrder.AS_FOUND,
                Phases.SILENT,
                counts -> {})
            .fit();
    new AnalyticLogisticRegressionModel(
            "m", fit.specification(), java.util.Optional.of(fit.summary()))
        .save(folder.resolve("fit/_lemma/model").toString());
    JobCall call =
        Calls.score(
            input(data.select("b", "y", "id", "a")),
            "model=" + folder.resolve("fit"),
            "columns.id=id",
            "columns.label=y",
            "output.path=" + output());
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    assertThat(JobCall.manifest(output()).path("metrics").path("auc").asDouble())
        .isGreaterThan(0.7);
  }

  @Test
  void bitsDoNotDependOnPartitionsOrEncoding() throws IOException {
    Dataset<Row> data = data(5000, 4, 3);
    store(data);
    List<String> seen = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7, 64}) {
      Dataset<Row> rows = data.repartition(partitions);
      if (partitions == 7) {
        rows =
            StageSamples.frame(
                    rows.collectAsList().stream()
                        .map(
                            r ->
                                StageSamples.row(
                                    r.getLong(0),
                                    r.getDouble(1),
                                    r.getDouble(2),
                                    ((Vector) r.get(3)).toSparse()))
                        .toList())
                .repartition(7);
      }
      JobCall call =
          score(
              rows,
              "columns.label=label",
              "columns.weight=weight",
              "output.mode=overwrite",
              Layouts.FILE_A_PARTITION,
              partitions == 64 ? "output.partitions=3" : "report=true");
      assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
      StringBuilder all = new StringBuilder();
      all.append(rowsById());
      for (String name : List.of("metrics", "classes", "confusion", "reliability")) {
        all.append(table(name).collectAsList());
      }
      seen.add(all.toString());
    }
    assertThat(seen).allMatch(each -> each.equals(seen.get(0)));
  }

  @Test
  void theDryRunTellsTheNumbersAndWritesNothing() throws IOException {
    Dataset<Row> data = data(60, 3, 3);
    store(data);
    JobCall call =
        Calls.dryScore(
            input(data),
            "model=" + folder.resolve("fit"),
            "columns.label=label",
            "output.path=" + output());
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .contains("3 classes, 3 features", "18 a row", "in the pass that scores", "bits = any");
    assertThat(output()).doesNotExist();
  }
}
