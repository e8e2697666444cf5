// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersistenceTest {
  private static final double[][] VALUES = Samples.values(40, 30);

  @TempDir Path folder;

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  static Stream<RandomProjection> stages() {
    return Stream.of(
        stage().setK(6).setSeed(9),
        stage().setK(6).setPrecision("double").setOutputType("array").setFamily("gaussian"),
        stage().setK(6).setFamily("very-sparse").setDensity(0.3).setHandleInvalid("keep"),
        stage().setK(6).setFamily("sparse-sign").setNonzeros(2).setHandleInvalid("skip"),
        stage().setInputCol("text").setK(6),
        stage().setInputCol("text").setK(6).setWeighting("tf-idf").setRowNorm("l2").setMaxGram(2));
  }

  /** Vectors {@code x} and texts {@code text} under one id. */
  private static Dataset<Row> rows() {
    return Samples.dense(VALUES)
        .join(Samples.texts(40).withColumnRenamed("x", "text"), "id")
        .coalesce(2);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void anEstimatorComesBackAsItWas(RandomProjection stage) throws IOException {
    stage.save(place("stage"));
    RandomProjection back = RandomProjection.load(place("stage"));
    assertThat(back.uid()).isEqualTo(stage.uid());
    assertThat(back.explainParams()).isEqualTo(stage.explainParams());
    assertThat(back.fit(rows()).specification()).isEqualTo(stage.fit(rows()).specification());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aModelComesBackAsItWas(RandomProjection stage) throws IOException {
    RandomProjectionModel model = stage.fit(rows());
    model.write().overwrite().save(place("model"));
    RandomProjectionModel back = RandomProjectionModel.load(place("model"));
    assertThat(back.uid()).isEqualTo(model.uid());
    assertThat(back.specification()).isEqualTo(model.specification());
    assertThat(back.frequencies()).isEqualTo(model.frequencies());
    assertThat(back.explainParams()).isEqualTo(model.explainParams());
    assertThat(back.transform(rows()).schema()).isEqualTo(model.transform(rows()).schema());
    assertThat(Samples.bits(back.transform(rows()), "y"))
        .isEqualTo(Samples.bits(model.transform(rows()), "y"));
  }

  @Test
  void savingTwiceNeedsOverwriteAndThenReplaces() throws IOException {
    RandomProjectionModel first =
        stage().setInputCol("text").setK(4).setWeighting("tf-idf").fit(rows());
    first.save(place("model"));
    RandomProjectionModel second = stage().setK(5).fit(rows());
    assertThatThrownBy(() -> second.save(place("model"))).isInstanceOf(IOException.class);
    assertThat(RandomProjectionModel.load(place("model")).getK()).isEqualTo(4);
    second.write().overwrite().save(place("model"));
    assertThat(RandomProjectionModel.load(place("model")).getK()).isEqualTo(5);
    assertThat(folder.resolve("model/document-frequencies")).doesNotExist();
  }

  @Test
  void pipelinesAndTheirModelsComeBack() throws IOException {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  stage().setK(6),
                  new Normalizer().setInputCol("y").setOutputCol("unit"),
                  stage().setInputCol("text").setOutputCol("t").setK(6).setWeighting("tf-idf")
                });
    pipeline.save(place("pipeline"));
    PipelineModel model = Pipeline.load(place("pipeline")).fit(rows());
    model.save(place("model"));
    PipelineModel back = PipelineModel.load(place("model"));
    Dataset<Row> expected = pipeline.fit(rows()).transform(rows());
    for (String column : List.of("y", "unit", "t")) {
      assertThat(Samples.bits(back.transform(rows()), column))
          .isEqualTo(Samples.bits(expected, column));
    }
    assertThat(back.transform(rows()).schema()).isEqualTo(expected.schema());
  }

  @Test
  void aWayBackIsAStageOfItsOwn() throws IOException {
    RandomProjectionModel model = stage().setK(6).fit(rows());
    RandomProjectionModel back = model.backProjection("z");
    assertThat(back.uid()).isNotEqualTo(model.uid());
    PipelineModel both = new Pipeline().setStages(new PipelineStage[] {model, back}).fit(rows());
    both.save(place("both"));
    assertThat(Samples.bits(PipelineModel.load(place("both")).transform(rows()), "z"))
        .isEqualTo(Samples.bits(back.transform(model.transform(rows())), "z"));
  }

  @Test
  void storedFrequenciesServeNewTexts() throws IOException {
    RandomProjectionModel model =
        stage().setInputCol("text").setK(6).setWeighting("tf-idf").fit(rows());
    model.save(place("model"));
    Dataset<Row> tomorrow = rows().filter("id < 5");
    Map<Long, List<Long>> now = Samples.bits(model.transform(rows()).filter("id < 5"), "y");
    assertThat(Samples.bits(RandomProjectionModel.load(place("model")).transform(tomorrow), "y"))
        .isEqualTo(now);
    // Fitted anew on fewer texts, words would weigh differently.
    RandomProjectionModel refitted =
        stage().setInputCol("text").setK(6).setWeighting("tf-idf").fit(tomorrow);
    assertThat(Samples.bits(refitted.transform(tomorrow), "y")).isNotEqualTo(now);
  }

  @Test
  void theSpecificationCanBeReadByEye() throws IOException {
    RandomProjectionModel model =
        stage().setInputCol("text").setK(6).setSeed(-3).setWeighting("tf-idf").fit(rows());
    model.save(place("model"));
    String text = Files.readString(folder.resolve("model/specification.json"));
    String hash = model.specification().frequencies().orElseThrow();
    assertThat(text)
        .isEqualTo(
            """
            {
              "lemma" : "random-projection",
              "version" : 1,
              "family" : "sparse-sign",
              "seed" : -3,
              "k" : 6,
              "nonzeros" : 4,
              "precision" : "float",
              "text" : {
                "tokenizer" : 1,
                "unit" : "words",
                "min-gram" : 1,
                "max-gram" : 1,
                "weighting" : "tf-idf",
                "norm" : "none",
                "frequencies" : "%s"
              }
            }
            """
                .formatted(hash));
    assertThat(Specification.parse(text, "here")).isEqualTo(model.specification());
  }

  /** The parameters in Spark's metadata are for Spark; what they say of the matrix is not used. */
  @Test
  void theSpecificationWinsOverSparksMetadata() throws IOException {
    RandomProjectionModel model = stage().setK(6).fit(rows());
    model.save(place("model"));
    Path metadata;
    try (Stream<Path> files = Files.list(folder.resolve("model/metadata"))) {
      metadata =
          files.filter(file -> file.getFileName().toString().startsWith("part-")).findFirst().get();
    }
    Files.delete(metadata.resolveSibling("." + metadata.getFileName() + ".crc"));
    String json = Files.readString(metadata);
    assertThat(json).contains("\"k\":6");
    Files.writeString(metadata, json.replace("\"k\":6", "\"k\":7"));
    assertThat(RandomProjectionModel.load(place("model")).getK()).isEqualTo(6);
  }

  @Test
  void frequenciesOfAnotherModelAreRefused() throws IOException {
    RandomProjection stage = stage().setInputCol("text").setK(6).setWeighting("tf-idf");
    stage.fit(rows()).save(place("one"));
    stage.fit(rows().filter("id < 5")).save(place("two"));
    Path counts = folder.resolve("one/document-frequencies");
    Files.delete(folder.resolve("one/.document-frequencies.crc"));
    Files.write(counts, Files.readAllBytes(folder.resolve("two/document-frequencies")));
    assertThatThrownBy(() -> RandomProjectionModel.load(place("one")))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            counts
                + ": holds other document frequencies than specification.json names; restore the"
                + " folder of the model as it was saved");
    Files.writeString(counts, "nonsense");
    assertThatThrownBy(() -> RandomProjectionModel.load(place("one")))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            counts
                + ": is no table of document frequencies; restore the folder of the model as it was"
                + " saved");
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    stage().setK(6).fit(rows()).save(place("model"));
    Path file = folder.resolve("model/specification.json");
    String text = Files.readString(file);
    Files.delete(file.resolveSibling(".specification.json.crc"));
    Files.writeString(file, text.replace("\"version\" : 1", "\"version\" : 2"));
    assertThatThrownBy(() -> RandomProjectionModel.load(place("model")))
        .isInstanceOfSatisfying(
            LemmaException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INPUT))
        .hasMessage(
            file
                + ": was written by another version of Lemma: found version 2, expected version 1;"
                + " give the output.path of a run of this version of Lemma");
  }

  @Test
  void anotherTokenizerIsRefused() throws IOException {
    String text = stage().setInputCol("text").setK(6).fit(rows()).specification().json();
    assertThatThrownBy(
            () ->
                Specification.parse(
                    text.replace("\"tokenizer\" : 1", "\"tokenizer\" : 2"), "spec.json"))
        .hasMessage(
            "spec.json: was made with another tokenizer: found version 2, expected version 1; give"
                + " the output.path of a run of this version of Lemma");
  }

  static Stream<String> brokenSpecifications() {
    String good =
        "{'lemma':'random-projection','version':1,'family':'sign','seed':0,'k':2,'d':3,"
            + "'precision':'float'}";
    return Stream.of(
            good.substring(0, 30),
            good.replace("'k':2,", ""),
            good.replace("'k':2", "'k':0"),
            good.replace("'k':2", "'k':'two'"),
            good.replace("'k':2", "'k':2.5"),
            good.replace("'k':2", "'k':4294967298"),
            good.replace("'seed':0", "'seed':'0'"),
            good.replace("'d':3", "'d':'three'"),
            good.replace("'d':3", "'d':3,'nonzeroes':4"),
            good + good,
            good.replace("sign", "signs"),
            good.replace("float", "half"),
            good.replace("'precision'", "'text':7,'precision'"))
        .map(json -> json.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("brokenSpecifications")
  void aBrokenSpecificationIsNotTakenForAnother(String json) {
    assertThatThrownBy(() -> Specification.parse(json, "spec.json"))
        .isInstanceOfSatisfying(
            LemmaException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INPUT))
        .hasMessageStartingWith("spec.json: cannot be read as a specification: found ");
  }

  @Test
  void anotherKindOfFileIsRefused() {
    assertThatThrownBy(() -> Specification.parse("{}", "spec.json"))
        .hasMessage(
            "spec.json: is not a projection's specification: expected random-projection; give the"
                + " output.path of a run of this version of Lemma");
  }

  @Test
  void theHashCoversAllThatDecidesWhereRowsLand() throws IOException {
    RandomProjectionModel model =
        stage().setInputCol("text").setK(6).setWeighting("tf-idf").fit(rows());
    JsonNode json = new ObjectMapper().readTree(model.specification().json());
    for (String change :
        List.of(
            "\"seed\" : 0|\"seed\" : 1",
            "\"k\" : 6|\"k\" : 7",
            "\"nonzeros\" : 4|\"nonzeros\" : 3",
            "\"max-gram\" : 1|\"max-gram\" : 2",
            "\"precision\" : \"float\"|\"precision\" : \"double\"",
            "\"norm\" : \"none\"|\"norm\" : \"l2\"")) {
      String[] parts = change.split("\\|");
      String other = model.specification().json().replace(parts[0], parts[1]);
      assertThat(Specification.parse(other, "").hash())
          .as(change)
          .isNotEqualTo(model.specification().hash());
    }
    assertThat(json.path("version").asInt()).isEqualTo(1);
    assertThat(model.specification().hash()).matches("[0-9a-f]{16}");
  }

  @Test
  void textParametersFollowTheSpecification() throws IOException {
    RandomProjectionModel model =
        stage()
            .setInputCol("text")
            .setK(6)
            .setTextUnit("characters")
            .setMinGram(2)
            .setMaxGram(3)
            .setWeighting("log")
            .setRowNorm("l2")
            .fit(rows());
    // As the job makes it: from the specification alone.
    RandomProjectionModel bare =
        new RandomProjectionModel("bare", new Settled(model.specification(), Optional.empty(), ""))
            .settle();
    for (String name : List.of("textUnit", "minGram", "maxGram", "weighting", "rowNorm")) {
      assertThat(bare.get(bare.getParam(name))).as(name).isEqualTo(model.get(model.getParam(name)));
    }
  }

  @Test
  void whatFittingSettledStandsInTheModelsParameters() {
    RandomProjectionModel model = stage().setFamily("very-sparse").setK(6).fit(rows());
    for (String name : List.of("k", "d", "family", "density", "seed", "precision")) {
      Param<Object> param = model.getParam(name);
      assertThat(model.isSet(param)).as(name).isTrue();
    }
    assertThat(model.getD()).isEqualTo(30);
    assertThat(model.getDensity()).isEqualTo(1 / Math.sqrt(30));
  }
}
