// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static dev.lemma.logistic.StageSamples.SPARK;
import static dev.lemma.logistic.StageSamples.data;
import static dev.lemma.logistic.StageSamples.frame;
import static dev.lemma.logistic.StageSamples.ordered;
import static dev.lemma.logistic.StageSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.math.logistic.ColumnFault;
import dev.lemma.math.logistic.LinearModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticStageTest {
  @TempDir Path folder;

  private static AnalyticLogisticRegression stage() {
    return new AnalyticLogisticRegression().setKernel("fast");
  }

  /** Two Gaussian-like clouds whose pooled covariance and means are known in closed form. */
  @Test
  void oneLineGivesTheClosedFormOfTheArticle() {
    // Class 0 at (0, 0), class 1 at (2, 1), both with the corners (+-1, +-2) around the mean: the
    // covariance is diag(1, 4), the slope S^-1 (2, 1) = (2, 1/4), the midpoint (1, 1/2).
    List<Row> rows = new ArrayList<>();
    long id = 0;
    for (int label = 0; label < 2; label++) {
      for (double a : new double[] {-1, 1}) {
        for (double b : new double[] {-2, 2}) {
          rows.add(row(id++, (double) label, 1.0, Vectors.dense(2 * label + a, label + b)));
        }
      }
    }
    LinearModel model = new AnalyticLogisticRegression().fit(frame(rows)).specification().model();
    assertThat(model.logitSlope(1, 0)).containsExactly(new double[] {2, 0.25}, within(1e-14));
    assertThat(model.logitIntercept(1, 0)).isCloseTo(-2.125, within(1e-14));
  }

  @Test
  void scoresProbabilitiesAndPredictionBelongTogether() {
    for (int k : new int[] {2, 3}) {
      Dataset<Row> data = data(120, 5, k);
      AnalyticLogisticRegressionModel model = stage().fit(data);
      for (Row row :
          model
              .transform(data)
              .select("features", "rawPrediction", "probability", "prediction")
              .collectAsList()) {
        double[] expected = new double[k];
        model.specification().model().probabilities(((Vector) row.get(0)).toArray(), expected);
        assertThat(((Vector) row.get(2)).toArray()).containsExactly(expected, within(1e-14));
        double[] raw = ((Vector) row.get(1)).toArray();
        assertThat(raw).hasSize(k);
        int best = 0;
        for (int c = 1; c < k; c++) {
          best = raw[c] > raw[best] ? c : best;
        }
        assertThat(row.getDouble(3)).isEqualTo(best);
        if (k == 2) {
          assertThat(raw[0]).isEqualTo(-raw[1]);
          assertThat(raw[1]).isCloseTo(Math.log(expected[1] / expected[0]), within(1e-12));
        }
      }
    }
  }

  /** As fitted, and with thresholds on its way through a file. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void sparksOwnModelPredictsTheSame(int k) throws Exception {
    Dataset<Row> data = data(200, 6, k).withColumnRenamed("features", "x");
    AnalyticLogisticRegressionModel model =
        stage()
            .setFeaturesCol("x")
            .setPredictionCol("p")
            .setProbabilityCol("q")
            .setRawPredictionCol("r")
            .fit(data);
    requireSame(model, model.toSpark(), data);
    double[] thresholds = {0.1, 0.4, 0.2, 0.3};
    model.setThresholds(k == 2 ? new double[] {0.3, 0.7} : thresholds);
    model.toSpark().save(folder.resolve("spark").toString());
    LogisticRegressionModel back = LogisticRegressionModel.load(folder.resolve("spark").toString());
    requireSame(model, back, data);
  }

  private static void requireSame(
      AnalyticLogisticRegressionModel model, LogisticRegressionModel twin, Dataset<Row> data) {
    String[] columns = {"r", "q", "p"};
    List<Row> own = ordered(model.transform(data), columns);
    List<Row> theirs = ordered(twin.transform(data), columns);
    for (int i = 0; i < own.size(); i++) {
      for (int c = 0; c < 2; c++) {
        assertThat(((Vector) own.get(i).get(c)).toArray())
            .containsExactly(((Vector) theirs.get(i).get(c)).toArray(), within(1e-12));
      }
      assertThat(own.get(i).getDouble(2)).isEqualTo(theirs.get(i).getDouble(2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sparseAndDenseVectorsGiveEqualBits(int k) {
    Dataset<Row> dense = data(90, 7, k);
    List<Row> sparseRows =
        dense.collectAsList().stream()
            .map(
                r ->
                    row(
                        r.getLong(0),
                        r.getDouble(1),
                        r.getDouble(2),
                        ((Vector) r.get(3)).toSparse()))
            .toList();
    AnalyticLogisticRegressionModel model = stage().fit(dense);
    String[] columns = {"rawPrediction", "probability", "prediction"};
    assertThat(ordered(model.transform(frame(sparseRows)), columns).toString())
        .isEqualTo(ordered(model.transform(dense), columns).toString());
    AnalyticLogisticRegression exact = stage().setKernel("exact");
    assertThat(exact.fit(frame(sparseRows)).specification())
        .isEqualTo(exact.fit(dense).specification());
  }

  @Test
  void weightTwoIsTheRowTwice() {
    List<Row> once = new ArrayList<>();
    List<Row> twice = new ArrayList<>();
    for (Row r : StageSamples.rows(60, 3, 2)) {
      double weight = r.getLong(0) % 4 == 0 ? 2 : 1;
      once.add(row(r.getLong(0), r.getDouble(1), weight, (Vector) r.get(3)));
      for (int copy = 0; copy < weight; copy++) {
        twice.add(row(r.getLong(0), r.getDouble(1), 1.0, (Vector) r.get(3)));
      }
    }
    AnalyticLogisticRegression frequency = stage().setWeightMeaning("frequency");
    AnalyticLogisticRegressionModel weighted =
        frequency.copy(ParamMap.empty()).setWeightCol("weight").fit(frame(once));
    AnalyticLogisticRegressionModel repeated = frequency.fit(frame(twice));
    assertThat(weighted.specification().model().coefficients())
        .containsExactly(repeated.specification().model().coefficients(), within(1e-13));
    assertThat(weighted.summary().coefficients().get(1).slopes().get(0).error())
        .isCloseTo(repeated.summary().coefficients().get(1).slopes().get(0).error(), within(1e-13));
    assertThat(stage().fit(frame(once)).specification()).isNotEqualTo(weighted.specification());
  }

  @Test
  void namesOfAStringIndexerTravelToThePrediction() {
    Dataset<Row> data =
        data(90, 4, 3)
            .withColumn(
                "colour",
                functions.expr("element_at(array('red', 'green', 'blue'), cast(label as int) + 1)"))
            .drop("label");
    Dataset<Row> indexed =
        new StringIndexer().setInputCol("colour").setOutputCol("label").fit(data).transform(data);
    AnalyticLogisticRegressionModel model = stage().fit(indexed);
    assertThat(model.specification().classes()).containsExactly("blue", "green", "red");
    Dataset<Row> out = model.transform(indexed);
    assertThat(out.schema().apply("prediction").metadata())
        .isEqualTo(model.transformSchema(indexed.schema()).apply("prediction").metadata());
    assertThat(out.schema().apply("label")).isEqualTo(indexed.schema().apply("label"));
    Dataset<Row> named =
        new IndexToString().setInputCol("prediction").setOutputCol("name").transform(out);
    long right = named.filter("name = colour").count();
    assertThat(right).isGreaterThan(50).isEqualTo(out.filter("prediction = label").count());
  }

  @Test
  void aClassThatNoRowHasIsNeverPredicted() {
    List<Row> rows =
        StageSamples.rows(60, 3, 2).stream()
            .map(r -> row(r.getLong(0), 2 * r.getDouble(1), 1.0, (Vector) r.get(3)))
            .toList();
    AnalyticLogisticRegressionModel model = stage().fit(frame(rows));
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(model.summary().diagnosis().absentClasses()).containsExactly(1);
    for (Row row :
        model.transform(frame(rows)).select("probability", "prediction").collectAsList()) {
      assertThat(((Vector) row.get(0)).apply(1)).isZero();
      assertThat(row.getDouble(1)).isNotEqualTo(1);
    }
    List<Row> own = ordered(model.transform(frame(rows)), "probability");
    List<Row> spark = ordered(model.toSpark().transform(frame(rows)), "probability");
    for (int i = 0; i < own.size(); i++) {
      assertThat(((Vector) own.get(i).get(0)).toArray())
          .containsExactly(((Vector) spark.get(i).get(0)).toArray(), within(1e-12));
    }
  }

  /** As Spark's own estimator does, so that a fold of one class does not end a tuning run. */
  @Test
  void oneClassAloneIsAlwaysPredicted() {
    for (double label : new double[] {0, 1}) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        rows.add(row(i, label, 1.0, Vectors.dense(i, 1 - i * i)));
      }
      AnalyticLogisticRegressionModel model = stage().fit(frame(rows));
      assertThat(model.numClasses()).isEqualTo(2);
      assertThat(model.transform(frame(rows)).filter("prediction = " + label).count()).isEqualTo(5);
      assertThat(model.toSpark().transform(frame(rows)).filter("prediction = " + label).count())
          .isEqualTo(5);
    }
  }

  @Test
  void priorsMoveInterceptsOnly() {
    Dataset<Row> data = data(90, 3, 3);
    AnalyticLogisticRegressionModel plain = stage().fit(data);
    AnalyticLogisticRegressionModel moved = stage().setPriors(6, 3, 1).fit(data);
    LinearModel before = plain.specification().model();
    LinearModel after = moved.specification().model();
    assertThat(after.coefficients()).containsExactly(before.coefficients(), within(1e-15));
    // Rows are spread evenly, so the ratio of the priors is that of the odds.
    assertThat(after.logitIntercept(0, 2) - before.logitIntercept(0, 2))
        .isCloseTo(Math.log(6), within(1e-12));
    assertThat(moved.summary().coefficients().get(0).intercept().value())
        .isEqualTo(after.intercept(0));
    assertThatThrownBy(() -> stage().setPriors(1, 2).fit(data))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "priors: priors are needed for each class of the rows: found 2 priors, expected 3"
                + " classes; give one share for each class in order");
    assertThatThrownBy(() -> stage().setPriors(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSummaryTellsErrorsAndWhatIsWrongWithColumns() {
    List<Row> rows =
        StageSamples.rows(80, 2, 2).stream()
            .map(
                r -> {
                  double[] x = ((Vector) r.get(3)).toArray();
                  return row(
                      r.getLong(0), r.getDouble(1), 1.0, Vectors.dense(x[0], 7, x[1], x[0] - x[1]));
                })
            .toList();
    FitSummary summary = stage().fit(frame(rows)).summary();
    assertThat(summary.passes()).isEqualTo(1);
    assertThat(summary.rows()).isEqualTo(80);
    assertThat(summary.diagnosis().columns(ColumnFault.CONSTANT)).containsExactly(1);
    assertThat(summary.diagnosis().columns(ColumnFault.DEPENDENT)).hasSize(1);
    assertThat(summary.diagnosis().rank()).isEqualTo(2);
    assertThat(summary.coefficients().keySet()).containsExactly(1);
    assertThat(summary.coefficients().get(1).slopes().get(0).error()).isPositive();
    assertThat(summary.coefficients().get(1).slopes().get(1).error()).isNaN();
    assertThat(summary.certificate()).isEmpty();
    Dataset<Row> table = stage().fit(frame(rows)).coefficientTable(SPARK);
    assertThat(table.columns())
        .containsExactly("class", "feature", "value", "error", "z", "p", "lower", "upper");
    Row first = table.filter("feature = 'features[0]'").head();
    assertThat(first.getDouble(4))
        .isCloseTo(first.getDouble(2) / first.getDouble(3), within(1e-12));
    assertThat(first.getDouble(7) - first.getDouble(2))
        .isCloseTo(1.959963984540054 * first.getDouble(3), within(1e-12));
    assertThat(table.filter("feature is null").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "oas", "rblw", "ledoit-wolf", "fixed"})
  void shrinkageIsThatOfTheClosedForm(String shrinkage) {
    AnalyticLogisticRegressionModel model =
        stage().setShrinkage(shrinkage).setRho(0.25).fit(data(60, 6, 2));
    if (shrinkage.equals("none")) {
      assertThat(model.summary().rho()).isEmpty();
    } else {
      assertThat(model.summary().rho().orElseThrow()).isPositive();
    }
    if (shrinkage.equals("fixed")) {
      assertThat(model.summary().rho().orElseThrow()).isEqualTo(0.25);
    }
    assertThat(model.summary().method())
        .isEqualTo("closed form, covariance within, shrinkage " + shrinkage);
  }

  @Test
  void aStreamIsScoredAsATableIs() throws Exception {
    Dataset<Row> data = data(60, 3, 2);
    String files = folder.resolve("rows").toString();
    data.write().parquet(files);
    AnalyticLogisticRegressionModel model = stage().fit(data);
    Dataset<Row> stream =
        model.transform(SPARK.readStream().schema(StageSamples.SCHEMA).parquet(files));
    StreamingQuery query =
        stream
            .writeStream()
            .format("memory")
            .queryName("scored_stream")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    String[] columns = {"id", "rawPrediction", "probability", "prediction"};
    assertThat(ordered(SPARK.table("scored_stream"), columns))
        .isEqualTo(ordered(model.transform(SPARK.read().parquet(files)), columns));
  }

  @Test
  void tuningPicksAShrinkage() {
    Dataset<Row> data = data(90, 4, 3);
    AnalyticLogisticRegression estimator = stage().setShrinkage("fixed");
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(estimator.rho(), new double[] {0.01, 1}).build();
    var tuned =
        new CrossValidator()
            .setEstimator(estimator)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
            .setNumFolds(2)
            .fit(data);
    assertThat(Arrays.stream(tuned.avgMetrics()).allMatch(Double::isFinite)).isTrue();
  }

  static Stream<Arguments> badRows() {
    return Stream.of(
        Arguments.of(row(9, Double.NaN, 1.0, Vectors.dense(1, 2)), "1 no-label"),
        Arguments.of(row(9, null, 1.0, Vectors.dense(1, 2)), "1 no-label"),
        Arguments.of(row(9, 1.0, -1.0, Vectors.dense(1, 2)), "1 negative-weight"),
        Arguments.of(row(9, 1.0, Double.NaN, Vectors.dense(1, 2)), "1 no-weight"),
        Arguments.of(row(9, 1.0, 1.0, Vectors.dense(1, Double.NaN)), "1 nan"),
        Arguments.of(row(9, 1.0, 1.0, Vectors.dense(1, 2, 3)), "1 wrong-length"),
        Arguments.of(row(9, 1.0, 1.0, null), "1 null"));
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void aBadRowEndsTheFit(Row bad, String reason) {
    List<Row> rows = new ArrayList<>(StageSamples.rows(8, 2, 2));
    rows.add(bad);
    assertThatThrownBy(() -> stage().setIdCol("id").setWeightCol("weight").fit(frame(rows)))
        .isInstanceOfSatisfying(
            LemmaException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INPUT))
        .hasMessageContaining("1 of 9 rows cannot be used (" + reason + ")")
        .hasMessageContaining("; first by id: 9;");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0.5, 1e9})
  void aLabelThatIsNoClassIsRefused(double label) {
    List<Row> rows = new ArrayList<>(StageSamples.rows(8, 2, 2));
    rows.add(row(9, label, 1.0, Vectors.dense(1, 2)));
    assertThatThrownBy(() -> stage().fit(frame(rows)))
        .hasMessage(
            "labelCol = label: a label is no class: found a number that is negative, fractional or"
                + " too large, expected 0, 1, ..., K - 1; index the labels first, as StringIndexer"
                + " does");
  }

  @Test
  void mistakesAreNamed() {
    Dataset<Row> data = data(20, 2, 2);
    assertThatThrownBy(() -> stage().setPasses("5"))
        .hasMessageContaining("parameter passes given invalid value 5");
    assertThatThrownBy(() -> stage().setFolds(1)).hasMessageContaining("folds");
    assertThatThrownBy(() -> stage().setShrinkage("ledoit-wolf").setEstimator("total").fit(data))
        .hasMessageContaining("the share of Ledoit and Wolf is known for estimator = pooled");
    assertThatThrownBy(() -> stage().setMemory(8).fit(data)).hasMessageContaining("too wide");
    AnalyticLogisticRegressionModel model = stage().fit(data);
    assertThatThrownBy(() -> model.predictRaw(Vectors.dense(1, 2, 3)))
        .hasMessage("a row must have the model's 2 features, found 3");
    assertThatThrownBy(() -> model.predictRaw(Vectors.sparse(3, new int[] {2}, new double[] {1})))
        .hasMessage("a row must have the model's 2 features, found 3");
    Dataset<Row> wider =
        new VectorSizeHint()
            .setInputCol("wide")
            .setSize(3)
            .transform(data.withColumnRenamed("features", "wide"));
    assertThatThrownBy(() -> model.copy(ParamMap.empty()).setFeaturesCol("wide").transform(wider))
        .hasMessage(
            "featuresCol = wide: the vectors have another length than the model's: found 3"
                + " features, expected 2 features; give the columns that the model was fitted on");
  }
}
