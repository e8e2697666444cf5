// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static dev.lemma.logistic.StageSamples.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark ML expects of every stage, of all stages that the module has. */
class LogisticStageContractTest {
  /** Other values than the defaults, where a type alone does not give one. */
  private static final Map<String, Object> OTHER =
      Map.ofEntries(
          Map.entry("featuresCol", "x"),
          Map.entry("labelCol", "y"),
          Map.entry("predictionCol", "p"),
          Map.entry("probabilityCol", "q"),
          Map.entry("rawPredictionCol", "r"),
          Map.entry("weightCol", "w"),
          Map.entry("idCol", "id"),
          Map.entry("thresholds", new double[] {0.25, 0.75}),
          Map.entry("priors", new double[] {1, 2}),
          Map.entry("passes", "mle"),
          Map.entry("kernel", "exact"),
          Map.entry("estimator", "balanced"),
          Map.entry("standardErrors", "sandwich"),
          Map.entry("shrinkage", "oas"),
          Map.entry("shrinkageUnits", "total-deviation"),
          Map.entry("weightMeaning", "frequency"));

  private static final AnalyticLogisticRegressionModel FITTED =
      new AnalyticLogisticRegression().fit(data(20, 2, 2));

  /** New ones each time, as a test may set their parameters. */
  static Stream<PipelineStage> stages() {
    return Stream.of(new AnalyticLogisticRegression(), FITTED.copy(ParamMap.empty()));
  }

  /** The classes of the module, from where they were compiled to; none of them is initialised. */
  private static List<Class<?>> classes() throws Exception {
    Path root =
        Path.of(
            AnalyticLogisticRegression.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace(".class", "");
        if (!name.endsWith("-info")) {
          String dotted = name.replace(file.getFileSystem().getSeparator(), ".");
          classes.add(Class.forName(dotted, false, PipelineStage.class.getClassLoader()));
        }
      }
    }
    return classes;
  }

  @Test
  void noStageIsForgotten() throws Exception {
    List<Class<?>> classes = classes();
    assertThat(classes).hasSizeGreaterThan(80);
    assertThat(classes.stream().filter(PipelineStage.class::isAssignableFrom))
        .filteredOn(type -> !Modifier.isAbstract(type.getModifiers()))
        .containsExactlyInAnyOrderElementsOf(stages().map(Object::getClass).toList());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyParameterHasAccessorAndGetterOfItsName(PipelineStage made) throws Exception {
    assertThat(made.params()).hasSizeGreaterThan(15);
    for (Param<?> param : made.params()) {
      Class<?> type = made.getClass();
      assertThat(type.getMethod(param.name()).invoke(made)).isSameAs(param);
      assertThat(param.parent()).isEqualTo(made.uid());
      assertThat(param.doc()).isNotBlank();
      made.set(pair(param, other(param)));
      Object got = type.getMethod("get" + capital(param.name())).invoke(made);
      assertThat(got).as(param.name()).isEqualTo(other(param));
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void settersAreThoseThatHaveAnEffect(PipelineStage made) throws Exception {
    Set<String> setters =
        Arrays.stream(made.getClass().getMethods())
            .map(Method::getName)
            .filter(name -> name.length() > 3 && name.startsWith("set"))
            .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
            .filter(made::hasParam)
            .collect(Collectors.toSet());
    if (made instanceof AnalyticLogisticRegression) {
      assertThat(setters)
          .isEqualTo(Arrays.stream(made.params()).map(Param::name).collect(Collectors.toSet()));
    } else {
      // What fitting settled cannot be set any more.
      assertThat(setters)
          .containsExactlyInAnyOrder(
              "featuresCol", "predictionCol", "probabilityCol", "rawPredictionCol", "thresholds");
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void explainsEveryParameter(PipelineStage made) {
    String text = made.explainParams();
    for (Param<?> param : made.params()) {
      assertThat(text).contains(param.name() + ": ");
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void copiesKeepUidAndParametersAndTakeExtraOnes(PipelineStage made) {
    ParamMap extra = new ParamMap().put(made.getParam("predictionCol").w("other"));
    PipelineStage copy = made.copy(extra);
    assertThat(copy).isNotSameAs(made).hasSameClassAs(made);
    assertThat(copy.uid()).isEqualTo(made.uid());
    assertThat(copy.get(copy.getParam("predictionCol")).get()).isEqualTo("other");
    assertThat(made.get(made.getParam("predictionCol")).isDefined()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyStageIsFinalSavedAndLoadedByAStaticReader(PipelineStage made) throws Exception {
    Class<?> type = made.getClass();
    assertThat(type).isFinal().isAssignableTo(MLWritable.class);
    assertThat(type.getMethod("read").invoke(null)).isInstanceOf(MLReader.class);
    assertThat(type.getMethod("load", String.class).getReturnType()).isEqualTo(type);
  }

  @Test
  void aModelKnowsItsEstimatorAndKeepsItsParameters() {
    AnalyticLogisticRegression stage =
        new AnalyticLogisticRegression().setShrinkage("oas").setPredictionCol("p");
    AnalyticLogisticRegressionModel model = stage.fit(data(20, 2, 2));
    assertThat(model.parent()).isSameAs(stage);
    assertThat(model.getShrinkage()).isEqualTo("oas");
    AnalyticLogisticRegressionModel copy = model.copy(ParamMap.empty());
    assertThat(copy.parent()).isSameAs(stage);
    assertThat(copy.specification()).isEqualTo(model.specification());
    assertThat(copy.summary()).isEqualTo(model.summary());
    assertThat(copy.getPredictionCol()).isEqualTo("p");
  }

  @SuppressWarnings("unchecked")
  private static <T> ParamPair<T> pair(Param<T> param, Object value) {
    return new ParamPair<>(param, (T) value);
  }

  private static Object other(Param<?> param) {
    if (param instanceof IntParam) {
      return 3;
    }
    if (param instanceof LongParam) {
      return 1L << 20;
    }
    if (param instanceof DoubleParam) {
      return 0.25;
    }
    return OTHER.get(param.name());
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
