// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static dev.lemma.logistic.StageSamples.SPARK;
import static dev.lemma.logistic.StageSamples.data;
import static dev.lemma.logistic.StageSamples.frame;
import static dev.lemma.logistic.StageSamples.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of mistakes and of rows that are not as they should be. */
class ScoreOutcomesTest {
  private static final String BEGIN =
      "lemma logistic-score: failed in phase open model and input (exit code 3): ";

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void store() throws IOException {
    Dataset<Row> data = data(40, 3, 2);
    data.write().parquet(shared.resolve("rows").toString());
    new AnalyticLogisticRegression().fit(data).save(shared.resolve("fit/_lemma/model").toString());
    Files.createDirectories(shared.resolve("empty"));
  }

  private JobCall score(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + shared.resolve("rows"),
                "model=" + shared.resolve("fit"),
                "output.path=" + folder.resolve("out")));
    all.addAll(List.of(more));
    return Calls.score(all.toArray(String[]::new));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            ExitCode.INPUT,
            "model=%s/empty",
            BEGIN
                + "model: no logistic model can be read there: found %s/empty,"
                + " expected the output.path of an earlier run of logistic-fit; check the path"),
        Arguments.of(
            ExitCode.INPUT,
            "columns.features=[weight,label]",
            BEGIN
                + "columns.features: the model at %s/fit is for another number of"
                + " features: found 2, expected 3; name the columns that the model was fitted on"),
        Arguments.of(
            ExitCode.INPUT,
            "columns.features=weight",
            BEGIN
                + "columns.features: the model at %s/fit is for another number of"
                + " features: found 1, expected 3; name the columns that the model was fitted on"),
        Arguments.of(
            ExitCode.INPUT,
            "columns.label=features",
            BEGIN
                + "columns.label = features: this type makes no class: found"
                + " vector, expected a number, text, boolean, date or timestamp; choose another column, or leave"
                + " columns.label out"),
        Arguments.of(
            ExitCode.INPUT, "priors.0=1", BEGIN + "priors: class 1 has no share; give it one"),
        Arguments.of(
            ExitCode.INPUT,
            "priors.0=1 priors.1=1 priors.2=3",
            BEGIN
                + "priors.2: the model has no such class: found 2, expected one of 0, 1; correct"
                + " the name"),
        Arguments.of(
            ExitCode.USAGE,
            "max-log-loss=0.5",
            "columns.label: the gate max-log-loss has nothing to judge; name the label column"),
        Arguments.of(
            ExitCode.USAGE,
            "priors.0=0 priors.1=0",
            "priors (command line): all shares are 0; give a class a"
                + " share, or leave priors out"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeEndsTheRunWithItsCode(ExitCode code, String assignment, String line) {
    JobCall call = score(assignment.replace("%s", shared.toString()).split(" "));
    assertThat(call.lastLine()).isEqualTo(line.replace("%s", shared.toString()));
    assertThat(call.code()).isEqualTo(code);
    assertThat(folder.resolve("out").resolve("_lemma/manifest.json")).doesNotExist();
  }

  @Test
  void featuresInAnotherOrderAreRefused() throws IOException {
    Dataset<Row> named =
        SPARK.sql("select id, double(id) as a, double(-id) as b, double(1) as c from range(9)");
    named.write().parquet(folder.resolve("named").toString());
    new AnalyticLogisticRegressionModel(
            "m",
            new ModelSpecification(
                List.of("0", "1"),
                List.of("a", "b", "c"),
                List.of(1.0, 1.0),
                dev.lemma.math.logistic.LinearModel.binary(0, new double[] {1, 2, 3})),
            java.util.Optional.empty())
        .save(folder.resolve("fit/_lemma/model").toString());
    String[] base = {"input.path=" + folder.resolve("named"), "model=" + folder.resolve("fit")};
    JobCall call = score(base[0], base[1], "columns.features=[a,c,b]");
    assertThat(call.lastLine())
        .isEqualTo(
            BEGIN
                + "columns.features: the model at "
                + folder.resolve("fit")
                + " is for other features, or for another order: found feature 1 is c, expected b;"
                + " name the features in the order of the model, or leave columns.features out");
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    named.drop("b").write().parquet(folder.resolve("less").toString());
    JobCall less = score("input.path=" + folder.resolve("less"), base[1]);
    assertThat(less.lastLine())
        .isEqualTo(
            BEGIN
                + "columns.features: no such column in the input: found b, expected one of id, a, c;"
                + " did you mean a?");
    assertThat(less.code()).isEqualTo(ExitCode.INPUT);
    named.drop("a", "b", "c").write().parquet(folder.resolve("bare").toString());
    assertThat(score("input.path=" + folder.resolve("bare"), base[1]).lastLine())
        .isEqualTo(
            BEGIN
                + "columns.features: the input has none of the columns that the model was fitted on:"
                + " found id, expected a, b, c; check input, or name the columns of the features");
    assertThat(score(base).code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void theGateKeepsBadProbabilitiesFromBeingPublished() {
    JobCall call = score("columns.label=label", "max-log-loss=0.001");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .startsWith(
            "lemma logistic-score: failed (exit code 5): max-log-loss: the probabilities are worse than they may be:"
                + " found a mean log-loss of 0.")
        .endsWith(
            ", expected at most 0.001; fit the model anew, or raise max-log-loss; see"
                + " report.html in the run's folder");
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
    JsonNode run = JobCall.lastRun(folder.resolve("out"));
    assertThat(run.path("metrics").path("log-loss").asDouble()).isGreaterThan(0.001);
    assertThat(score("columns.label=label", "max-log-loss=10").code()).isEqualTo(ExitCode.DONE);
    JobCall never =
        score(
            "columns.label=label",
            "max-log-loss=10",
            "priors={0=0,1=1}",
            "output.path=" + folder.resolve("never"));
    assertThat(never.lastLine()).contains("found an infinite log-loss: 20 impossible rows");
    assertThat(never.code()).isEqualTo(ExitCode.GATE);
  }

  private String mixed() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row(i, i % 2.0, 1.0, Vectors.dense(i, 1, -i)));
    }
    rows.add(row(10, 7.0, 1.0, Vectors.dense(1, 2, 3)));
    rows.add(row(11, null, 1.0, Vectors.dense(1, 2, 3)));
    rows.add(row(12, Double.NaN, 1.0, Vectors.dense(1, 2, 3)));
    rows.add(row(13, 1.0, -1.0, Vectors.dense(1, 2, 3)));
    rows.add(row(14, 1.0, null, Vectors.dense(1, 2, 3)));
    rows.add(row(15, 1.0, 1.0, Vectors.dense(1, Double.NaN, 3)));
    rows.add(row(16, 1.0, 1.0, Vectors.dense(1, 2)));
    rows.add(row(17, 1.0, 1.0, null));
    rows.add(row(18, 1.0, 1.0, Vectors.dense(1e308, -1e308, 1.7e308)));
    frame(rows).repartition(3).write().parquet(folder.resolve("mixed").toString());
    return "input.path=" + folder.resolve("mixed");
  }

  @Test
  void badRowsAreLeftOutAndLabelsThatTellNothingAreCounted() throws IOException {
    // Products beyond the range of a double, of both signs, so that there is no score.
    new AnalyticLogisticRegressionModel(
            "m",
            new ModelSpecification(
                List.of("0", "1"),
                List.of("f[0]", "f[1]", "f[2]"),
                List.of(1.0, 1.0),
                dev.lemma.math.logistic.LinearModel.binary(0, new double[] {2, 2, 2})),
            java.util.Optional.empty())
        .save(folder.resolve("fit/_lemma/model").toString());
    String[] keys = {
      mixed(),
      "model=" + folder.resolve("fit"),
      "columns.id=id",
      "columns.label=label",
      "columns.weight=weight",
      "on-bad-row=quarantine"
    };
    JobCall call = score(keys);
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .containsExactly(
            "6 rows were left out: 1 null, 1 wrong-length, 1 nan, 1 no-weight, 1 negative-weight,"
                + " 1 result-not-finite",
            "1 row has a label that the model does not know: scored, but not evaluated",
            "2 rows have no label: scored, but not evaluated");
    Path out = folder.resolve("out");
    assertThat(SPARK.read().parquet(out.toString()).count()).isEqualTo(13);
    JsonNode manifest = JobCall.manifest(out);
    assertThat(manifest.path("metrics").path("evaluated-rows").asLong()).isEqualTo(10);
    assertThat(manifest.path("metrics").path("unseen-label-rows").asLong()).isEqualTo(1);
    assertThat(manifest.path("metrics").path("unlabelled-rows").asLong()).isEqualTo(2);
    assertThat(manifest.path("rows").path("rejected").asLong()).isEqualTo(6);
    Dataset<Row> rejected =
        SPARK
            .read()
            .parquet(
                out.resolve("_lemma/runs/" + manifest.path("run").asText() + "/rejected")
                    .toString());
    assertThat(
            rejected.orderBy("id").select("bad_row_reason").collectAsList().stream()
                .map(r -> r.getString(0)))
        .containsExactly(
            "negative-weight", "no-weight", "nan", "wrong-length", "null", "result-not-finite");
    keys[5] = "on-bad-row=fail";
    JobCall failed =
        score(
            Stream.concat(Stream.of(keys), Stream.of("output.mode=overwrite"))
                .toArray(String[]::new));
    assertThat(failed.code()).isEqualTo(ExitCode.INPUT);
    assertThat(failed.lastLine())
        .contains("6 of 19 rows cannot be used")
        .contains("first by id: 14, 15, 13, 17, 16");
  }

  @Test
  void withoutAnyKnownLabelThereIsNothingToEvaluate() {
    JobCall call = score("columns.label=id");
    assertThat(call.code()).as("%s", call.err()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .contains("38 rows have labels that the model does not know: scored, but not evaluated");
    frame(List.of(row(1, 5.0, 1.0, Vectors.dense(1, 2, 3))))
        .write()
        .parquet(folder.resolve("one").toString());
    JobCall none =
        score(
            "input.path=" + folder.resolve("one"),
            "columns.label=label",
            "max-log-loss=0.5",
            "output.mode=overwrite");
    assertThat(none.code()).as("%s", none.err()).isEqualTo(ExitCode.DONE);
    assertThat(none.warnings())
        .containsExactly(
            "1 row has a label that the model does not know: scored, but not evaluated",
            "no row has a label that the model knows: there is nothing to evaluate",
            "no row has a label that the model knows: the gate max-log-loss judged nothing");
  }
}
