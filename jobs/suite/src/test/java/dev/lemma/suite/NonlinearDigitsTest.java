// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.logistic.AnalyticLogisticRegression;
import dev.lemma.projection.features.RandomFeatures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random features in front of the closed form: two families' stages in one pipeline. */
class NonlinearDigitsTest {
  private static final String DIGITS =
      "common/math-core/src/test/resources/dev/lemma/math/logistic/digits.csv.gz";
  private static final int D = 64;

  @TempDir Path folder;

  private static List<Row> digits() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Checkout.file(DIGITS))),
                StandardCharsets.US_ASCII))) {
      List<Row> rows = new ArrayList<>();
      for (String line : lines.lines().toList()) {
        double[] cells = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
        rows.add(RowFactory.create(Vectors.dense(Arrays.copyOf(cells, D)), cells[D]));
      }
      return rows;
    }
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return SharedSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType));
  }

  /**
   * The first fold of the first split of {@code dev.lemma.benchmarks.Digits}, with the bandwidth
   * and the ridge that its training part chooses there: as there, 1 of 180 digits is taken for
   * another one (99.4 %), where the closed form on the pixels mistakes 10.
   */
  @Test
  void randomFeaturesAndTheClosedFormTellDigitsApart() throws IOException {
    List<Row> rows = digits();
    Collections.shuffle(rows, new Random(1));
    List<Row> fold = new ArrayList<>();
    List<Row> others = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      (i % 10 == 0 ? fold : others).add(rows.get(i));
    }
    Dataset<Row> training = frame(others);
    Dataset<Row> test = frame(fold);
    RandomFeatures features =
        new RandomFeatures()
            .setInputCol("features")
            .setOutputCol("random")
            .setK(2048)
            .setBandwidth(49.04)
            .setPrecision("double")
            .setSeed(1);
    AnalyticLogisticRegression closedForm =
        new AnalyticLogisticRegression()
            .setFeaturesCol("random")
            .setPasses("1")
            .setShrinkage("ridge")
            .setLambda(3e-5);
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {features, closedForm}).fit(training);
    model.write().save(folder.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());
    long errors = loaded.transform(test).filter("prediction <> label").count();
    long pixels =
        new AnalyticLogisticRegression()
            .setPasses("1")
            .setShrinkage("ridge")
            .setLambda(1e-2)
            .fit(training)
            .transform(test)
            .filter("prediction <> label")
            .count();
    assertThat(fold).hasSize(180);
    assertThat(errors).isEqualTo(1);
    assertThat(pixels).isEqualTo(10);
  }
}
