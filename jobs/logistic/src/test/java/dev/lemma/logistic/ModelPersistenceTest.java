// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static dev.lemma.logistic.StageSamples.data;
import static dev.lemma.logistic.StageSamples.ordered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.math.logistic.LinearModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPersistenceTest {
  @TempDir Path folder;

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  private static List<Row> scored(AnalyticLogisticRegressionModel model, Dataset<Row> data) {
    return ordered(model.transform(data), "rawPrediction", "probability", "prediction");
  }

  @Test
  void anEstimatorComesBackAsItWas() throws IOException {
    AnalyticLogisticRegression stage =
        new AnalyticLogisticRegression()
            .setShrinkage("oas")
            .setWeightCol("weight")
            .setIdCol("id")
            .setKernel("exact")
            .setPriors(1, 2, 3)
            .setThresholds(new double[] {0.2, 0.3, 0.5});
    stage.save(place("stage"));
    AnalyticLogisticRegression back = AnalyticLogisticRegression.load(place("stage"));
    assertThat(back.uid()).isEqualTo(stage.uid());
    Dataset<Row> data = data(60, 3, 3);
    assertThat(back.fit(data).specification()).isEqualTo(stage.fit(data).specification());
    assertThat(back.getThresholds()).containsExactly(0.2, 0.3, 0.5);
    assertThat(back.getPriors()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void aModelComesBackWithItsVeryBits(int k) throws IOException {
    Dataset<Row> data = data(140, 5, k);
    AnalyticLogisticRegressionModel model =
        new AnalyticLogisticRegression().setShrinkage("oas").setWeightCol("weight").fit(data);
    model.save(place("model"));
    AnalyticLogisticRegressionModel back = AnalyticLogisticRegressionModel.load(place("model"));
    assertThat(back.uid()).isEqualTo(model.uid());
    assertThat(back.specification()).isEqualTo(model.specification());
    assertThat(back.summary()).isEqualTo(model.summary());
    assertThat(back.explainParams()).isEqualTo(model.explainParams());
    assertThat(scored(back, data)).isEqualTo(scored(model, data));
    assertThat(back.transform(data).schema()).isEqualTo(model.transform(data).schema());
  }

  @Test
  void savingTwiceNeedsOverwriteAndThenReplaces() throws IOException {
    AnalyticLogisticRegressionModel first = new AnalyticLogisticRegression().fit(data(40, 3, 2));
    first.save(place("model"));
    AnalyticLogisticRegressionModel second =
        new AnalyticLogisticRegressionModel("other", first.specification(), Optional.empty());
    assertThatThrownBy(() -> second.save(place("model"))).isInstanceOf(IOException.class);
    second.write().overwrite().save(place("model"));
    AnalyticLogisticRegressionModel back = AnalyticLogisticRegressionModel.load(place("model"));
    assertThat(back.uid()).isEqualTo("other");
    assertThat(back.hasSummary()).isFalse();
    assertThatThrownBy(back::summary).hasMessage("model other was stored without a summary");
  }

  @Test
  void itWorksInsideAPipeline() throws IOException {
    Dataset<Row> data = data(80, 4, 3);
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StandardScaler().setInputCol("features").setOutputCol("scaled"),
                  new AnalyticLogisticRegression().setFeaturesCol("scaled")
                });
    pipeline.save(place("pipeline"));
    PipelineModel model = Pipeline.load(place("pipeline")).fit(data);
    model.save(place("model"));
    PipelineModel back = PipelineModel.load(place("model"));
    assertThat(ordered(back.transform(data), "scaled", "rawPrediction", "prediction"))
        .isEqualTo(ordered(model.transform(data), "scaled", "rawPrediction", "prediction"));
    assertThat(back.transform(data).schema()).isEqualTo(model.transform(data).schema());
  }

  @Test
  void theSpecificationCanBeReadByEye() throws IOException {
    ModelSpecification specification =
        new ModelSpecification(
            List.of("no", "yes", "never"),
            List.of("age", "income"),
            List.of(0.5, 0.5, 0.0),
            LinearModel.of(
                new double[] {-0.25, 0.25, Double.NEGATIVE_INFINITY},
                new double[] {1.5, -1e-3, -1.5, 1e-3, 0, 0}));
    new AnalyticLogisticRegressionModel("m", specification, Optional.empty()).save(place("model"));
    String text = Files.readString(folder.resolve("model/specification.json"));
    assertThat(text)
        .isEqualTo(
            """
            {
              "lemma" : "logistic-model",
              "version" : 1,
              "features" : [ "age", "income" ],
              "classes" : [ {
                "name" : "no",
                "prior" : 0.5,
                "intercept" : -0.25,
                "coefficients" : [ 1.5, -0.001 ]
              }, {
                "name" : "yes",
                "prior" : 0.5,
                "intercept" : 0.25,
                "coefficients" : [ -1.5, 0.001 ]
              }, {
                "name" : "never",
                "prior" : 0.0,
                "intercept" : null,
                "coefficients" : [ 0.0, 0.0 ]
              } ]
            }
            """);
    assertThat(SpecificationJson.read(text, "here")).isEqualTo(specification);
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    new AnalyticLogisticRegression().fit(data(40, 3, 2)).save(place("model"));
    Path file = folder.resolve("model/specification.json");
    String text = Files.readString(file);
    Files.delete(file.resolveSibling(".specification.json.crc"));
    Files.writeString(file, text.replace("\"version\" : 1", "\"version\" : 2"));
    assertThatThrownBy(() -> AnalyticLogisticRegressionModel.load(place("model")))
        .isInstanceOfSatisfying(
            LemmaException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INPUT))
        .hasMessage(
            file
                + ": was written by another version of Lemma: found version 2, expected version 1;"
                + " give the output.path of a run of this version of Lemma");
  }

  static Stream<String> brokenSpecifications() {
    String good =
        "{'lemma':'logistic-model','version':1,'features':['a'],'classes':["
            + "{'name':'0','prior':1,'intercept':-1,'coefficients':[0.5]},"
            + "{'name':'1','prior':1,'intercept':1,'coefficients':[-0.5]}]}";
    return Stream.of(
            good.substring(0, 40),
            good + good,
            good.replace("'features':['a'],", ""),
            good.replace("['a']", "['a','b']"),
            good.replace("['a']", "[7]"),
            good.replace("'name':'0'", "'name':'1'"),
            good.replace("'intercept':1", "'intercept':'1'"),
            good.replace("'intercept':1", "'intercept':2"),
            good.replace("[-0.5]", "[0.5]"),
            good.replace("[-0.5]", "[null]"),
            good.replace("'prior':1", "'prior':0"),
            good.replace("'prior':1", "'prior':-1"),
            good.replace("'intercept':1", "'constant':0,'intercept':1"),
            good.replace("{'name':'0','prior':1,'intercept':-1,'coefficients':[0.5]},", ""))
        .map(json -> json.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("brokenSpecifications")
  void aBrokenSpecificationIsNotTakenForAnother(String json) {
    assertThatThrownBy(() -> SpecificationJson.read(json, "spec.json"))
        .isInstanceOfSatisfying(
            LemmaException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INPUT))
        .hasMessageStartingWith("spec.json: cannot be read as a model: found ");
  }

  @Test
  void anotherKindOfFileIsRefused() {
    assertThatThrownBy(() -> SpecificationJson.read("{}", "spec.json"))
        .hasMessage(
            "spec.json: is another kind of file: expected logistic-model; give the output.path of a"
                + " run of this version of Lemma");
  }
}
