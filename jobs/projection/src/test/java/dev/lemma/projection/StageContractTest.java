// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lemma.projection.features.RandomFeatures;
import dev.lemma.projection.neighbors.NeighborJoin;
import dev.lemma.projection.svd.RandomizedPca;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark ML expects of every stage, of all stages that the module has. */
class StageContractTest {
  /** Other values than the defaults, for parameters with a closed choice. */
  private static final Map<String, Object> OTHER =
      Map.ofEntries(
          Map.entry("inputCol", "in"),
          Map.entry("idCol", "key"),
          Map.entry("mode", "two-sided"),
          Map.entry("method", "exact"),
          Map.entry("center", false),
          Map.entry("scale", true),
          Map.entry("outputCol", "out"),
          Map.entry("outputType", "array"),
          Map.entry("handleInvalid", "skip"),
          Map.entry("direction", "back-project"),
          Map.entry("family", "gaussian"),
          Map.entry("kernelFunction", "matern"),
          Map.entry("smoothness", 2.5),
          Map.entry("frequencies", "hadamard"),
          Map.entry("norms", "quantiles"),
          Map.entry("precision", "double"),
          Map.entry("kernel", "fast"),
          Map.entry("guarantee", "norms"),
          Map.entry("distance", "unsquared"),
          Map.entry("textUnit", "characters"),
          Map.entry("weighting", "log"),
          Map.entry("rowNorm", "l2"));

  /** What can be set of a model that maps rows, for the others see {@link #OPEN}. */
  private static final Set<String> OPEN_OF_MAPS =
      Set.of("inputCol", "outputCol", "outputType", "handleInvalid", "kernel");

  /** Sums are formed while fitting alone; a search begins when rows are transformed. */
  private static final Map<String, Set<String>> OPEN =
      Map.of(
          "RandomizedPcaModel",
          Set.of("inputCol", "outputCol", "outputType", "handleInvalid"),
          "NeighborJoinModel",
          Set.of(
              "inputCol",
              "idCol",
              "outputCol",
              "k",
              "radius",
              "method",
              "recall",
              "budget",
              "seed"));

  /** Every public stage class on the module's own class path. */
  static Stream<Class<?>> classes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lemma.projection")
            .stream()
            .filter(type -> type.isAssignableTo(PipelineStage.class))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::reflect);
  }

  /** An object of each stage. */
  static Stream<PipelineStage> stages() {
    Dataset<Row> rows =
        Samples.vectors(Vectors.dense(1, 2, 3), Vectors.dense(3, 1, 2), Vectors.dense(2, 2, 1));
    RandomFeatures features = new RandomFeatures().setInputCol("x").setOutputCol("y");
    RandomizedPca pca = new RandomizedPca().setInputCol("x").setOutputCol("y").setK(1);
    NeighborJoin join = new NeighborJoin().setInputCol("x").setIdCol("id").setOutputCol("y");
    return Stream.of(
        stage(),
        stage().setK(2).fit(rows),
        features,
        features.copy(ParamMap.empty()).setK(2).setBandwidth(1).fit(rows),
        pca,
        pca.fit(rows),
        join,
        join.fit(rows));
  }

  @Test
  void noStageIsForgotten() {
    assertThat(classes().map(Class::getSimpleName))
        .containsExactlyInAnyOrderElementsOf(
            stages().map(made -> made.getClass().getSimpleName()).toList());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyParameterHasAccessorAndGetterOfItsName(PipelineStage made) throws Exception {
    assertThat(made.params()).hasSizeGreaterThanOrEqualTo(10);
    for (Param<?> param : made.params()) {
      Class<?> type = made.getClass();
      assertThat(type.getMethod(param.name()).invoke(made)).isSameAs(param);
      assertThat(param.parent()).isEqualTo(made.uid());
      assertThat(param.doc()).isNotBlank();
      Method getter = type.getMethod("get" + capital(param.name()));
      made.set(pair(param, other(param)));
      assertThat(getter.invoke(made)).as(param.name()).isEqualTo(other(param));
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyParameterThatAUserMaySetHasASetterOfItsName(PipelineStage made) throws Exception {
    Set<String> setters =
        Arrays.stream(made.getClass().getMethods())
            .map(Method::getName)
            .filter(name -> name.length() > 3 && name.startsWith("set"))
            .filter(name -> made.hasParam(decapital(name)))
            .map(StageContractTest::decapital)
            .collect(Collectors.toSet());
    Set<String> params = Arrays.stream(made.params()).map(Param::name).collect(Collectors.toSet());
    if (made instanceof Estimator) {
      // Only a model has a way back.
      params.remove("direction");
      assertThat(setters).isEqualTo(params);
    } else {
      // What fitting settled cannot be set any more.
      params.retainAll(OPEN.getOrDefault(made.getClass().getSimpleName(), OPEN_OF_MAPS));
      assertThat(setters).isEqualTo(params);
    }
    for (String name : setters) {
      Param<?> param = made.getParam(name);
      Method setter =
          Arrays.stream(made.getClass().getMethods())
              .filter(method -> method.getName().equals("set" + capital(name)))
              .findFirst()
              .orElseThrow();
      assertThat(setter.invoke(made, other(param))).as(name).isSameAs(made);
      assertThat(made.get(param).get()).as(name).isEqualTo(other(param));
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void explainsEveryParameterWithoutItsColumns(PipelineStage made) {
    String text = made.explainParams();
    for (Param<?> param : made.params()) {
      assertThat(text).contains(param.name() + ": ");
    }
    assertThat(text).contains("default: ").doesNotContain("@");
  }

  @ParameterizedTest
  @MethodSource("stages")
  void copiesKeepUidAndParametersAndTakeExtraOnes(PipelineStage made) {
    ParamMap extra = new ParamMap().put(made.getParam("outputCol").w("other"));
    PipelineStage copy = made.copy(extra);
    assertThat(copy).isNotSameAs(made).hasSameClassAs(made);
    assertThat(copy.uid()).isEqualTo(made.uid());
    for (Param<?> param : made.params()) {
      String name = param.name();
      if (!name.equals("outputCol")) {
        assertThat(copy.get(copy.getParam(name))).as(name).isEqualTo(made.get(param));
      }
    }
    assertThat(copy.get(copy.getParam("outputCol")).get()).isEqualTo("other");
    assertThat(made.get(made.getParam("outputCol")).get()).isEqualTo("y");
  }

  @ParameterizedTest
  @MethodSource("classes")
  void everyStageIsFinalSavedAndLoadedByAStaticReader(Class<?> type) throws Exception {
    assertThat(type).isFinal().isAssignableTo(MLWritable.class);
    assertThat(type.getMethod("read").invoke(null)).isInstanceOf(MLReader.class);
    assertThat(type.getMethod("load", String.class).getReturnType()).isEqualTo(type);
  }

  @Test
  void aCopiedModelKnowsWhereItCameFromAndWhatItSettled() {
    Dataset<Row> rows = Samples.vectors(Vectors.dense(1, 2, 3));
    RandomProjection stage = stage().setK(2);
    RandomProjectionModel model = stage.fit(rows);
    assertThat(model.parent()).isSameAs(stage);
    RandomProjectionModel copy = model.copy(ParamMap.empty());
    assertThat(copy.parent()).isSameAs(stage);
    assertThat(copy.specification()).isEqualTo(model.specification());
    // What fitting settled decides, whatever parameters say later.
    RandomProjectionModel twisted =
        model.copy(
            new ParamMap()
                .put(model.getParam("k").w(1))
                .put(model.getParam("precision").w("double"))
                .put(model.getParam("outputType").w("array")));
    assertThat(twisted.transform(rows).schema()).isEqualTo(twisted.transformSchema(rows.schema()));
    assertThat(Samples.bits(twisted.transform(rows), "y"))
        .isEqualTo(Samples.bits(model.transform(rows), "y"));
  }

  @Test
  void extraParametersReachOneTransformOnly() {
    Dataset<Row> rows = Samples.vectors(Vectors.dense(1, 2, 3));
    RandomProjectionModel model = stage().setK(2).fit(rows);
    Dataset<Row> out = model.transform(rows, new ParamMap().put(model.outputCol().w("z")));
    assertThat(out.columns()).containsExactly("id", "x", "z");
    assertThat(model.transform(rows).columns()).containsExactly("id", "x", "y");
  }

  @Test
  void aPipelineAnnouncesWhatItMakes() {
    Dataset<Row> rows = Samples.texts(4);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage().setK(2)});
    assertThat(pipeline.transformSchema(rows.schema()).fieldNames())
        .containsExactly(pipeline.fit(rows).transform(rows).columns());
  }

  @SuppressWarnings("unchecked")
  private static <T> ParamPair<T> pair(Param<T> param, Object value) {
    return new ParamPair<>(param, (T) value);
  }

  private static Object other(Param<?> param) {
    if (param.name().equals("distance") && param.parent().startsWith("neighborJoin")) {
      return "euclidean";
    }
    if (OTHER.containsKey(param.name())) {
      return OTHER.get(param.name());
    }
    if (param instanceof IntParam) {
      return 2;
    }
    if (param instanceof LongParam) {
      return 5L;
    }
    if (param instanceof DoubleParam) {
      return 0.25;
    }
    return null;
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String decapital(String setter) {
    return Character.toLowerCase(setter.charAt(3)) + setter.substring(4);
  }

  @Test
  void noParameterIsLeftOutOfTheOtherValues() {
    List<String> choices =
        stages()
            .flatMap(made -> Arrays.stream(made.params()))
            .filter(param -> other(param) == null)
            .map(Param::name)
            .toList();
    assertThat(choices).isEmpty();
  }
}
