// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.math.projection.Projection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackProjectionTest {
  private static final int D = 20;
  private static final int K = 8;
  private static final double[][] VALUES = Samples.values(30, D);

  private static RandomProjectionModel model(String family, String precision) {
    return stage().setK(K).setFamily(family).setPrecision(precision).fit(Samples.dense(VALUES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sign", "sparse-sign", "hadamard", "gaussian", "orthonormal", "very-sparse"})
  void isTheAdjointOfTheProjection(String family) {
    RandomProjectionModel model = model(family, "double");
    Dataset<Row> projected = model.transform(Samples.dense(VALUES));
    Dataset<Row> rows = model.backProjection("z").transform(projected);
    assertThat(AttributeGroup.fromStructField(rows.schema().apply("z")).size()).isEqualTo(D);
    List<Row> all = rows.orderBy("id").collectAsList();
    // <R'Ru, v> = <Ru, Rv> for all u, v; 1e-12 is about 1000 roundings of sums of size 10.
    for (Row u : all.subList(0, 6)) {
      double[] back = Samples.values(u.get(3));
      assertThat(back).hasSize(D);
      for (Row v : all.subList(6, 12)) {
        assertThat(dot(back, Samples.values(v.get(1))))
            .isCloseTo(dot(Samples.values(u.get(2)), Samples.values(v.get(2))), within(1e-12));
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void everyEncodingAndLayoutGivesTheSameBits() {
    RandomProjectionModel model = model("sign", "float");
    Dataset<Row> projected = model.transform(Samples.dense(VALUES));
    RandomProjectionModel back = model.backProjection("z");
    Map<Long, List<Long>> expected = new TreeMap<>();
    Projection projection = Projection.of(model.specification().matrix());
    for (Row row : projected.collectAsList()) {
      double[] y = Samples.values(row.get(2));
      float[] narrow = new float[K];
      for (int c = 0; c < K; c++) {
        narrow[c] = (float) y[c];
      }
      float[] out = new float[D];
      projection.backProject(narrow, out);
      expected.put(row.getLong(0), Samples.bits(out));
    }
    for (Dataset<Row> layout : Layouts.of(projected)) {
      assertThat(Samples.bits(back.transform(layout), "z")).isEqualTo(expected);
    }
    Dataset<Row> arrays =
        projected.withColumn(
            "y", org.apache.spark.ml.functions.vector_to_array(functions.col("y"), "float32"));
    assertThat(Samples.bits(back.transform(arrays), "z")).isEqualTo(expected);
    Vector[] sparse =
        projected.orderBy("id").collectAsList().stream()
            .map(row -> Vectors.dense(Samples.values(row.get(2))).toSparse())
            .toArray(Vector[]::new);
    Dataset<Row> encoded = Samples.vectors(sparse).withColumnRenamed("x", "y");
    assertThat(Samples.bits(back.transform(encoded), "z")).isEqualTo(expected);
  }

  @Test
  void sparseRowsWithZerosComeBackLikeDenseOnes() {
    RandomProjectionModel back = model("gaussian", "double").backProjection("z");
    double[] y = {0, 1, 0, 0, -2, 0, 0, 0};
    Dataset<Row> rows =
        Samples.vectors(Vectors.dense(y), Vectors.dense(y).toSparse()).withColumnRenamed("x", "y");
    Map<Long, List<Long>> bits = Samples.bits(back.transform(rows), "z");
    assertThat(bits.get(1L)).isEqualTo(bits.get(0L));
  }

  /**
   * E[R'R] = I: over 400 seeds the mean of R'Ru lies within 5 standard errors of u in each of 20
   * coordinates. The standard error is taken from the sample; a normal deviate exceeds 5 with
   * probability 6e-7, so that 4 families x 20 coordinates raise a false alarm with probability 5e-5
   * once, over all choices of seeds. A map without its scale (a factor of 1 + 1/K and more on the
   * mean) would be off by 20 standard errors.
   */
  @ParameterizedTest
  @ValueSource(strings = {"sign", "sparse-sign", "gaussian", "orthonormal"})
  void isTheRowOnAverage(String family) {
    int seeds = 400;
    Dataset<Row> one = Samples.dense(new double[][] {VALUES[0]});
    RandomProjectionModel stageModel = model(family, "double");
    // One run of both stages through Spark, then the same map for all seeds without it.
    double[] seen =
        Samples.values(
            stageModel.backProjection("z").transform(stageModel.transform(one)).first().get(3));
    double[] sum = new double[D];
    double[] squares = new double[D];
    for (int seed = 0; seed < seeds; seed++) {
      var spec = stageModel.specification().matrix();
      Projection projection =
          Projection.of(
              new dev.lemma.math.projection.ProjectionSpec(
                  spec.family(), seed, K, spec.d(), spec.nonzeros(), spec.density()));
      double[] y = new double[K];
      double[] back = new double[D];
      projection.project(VALUES[0], y);
      projection.backProject(y, back);
      if (seed == 0) {
        assertThat(back).isEqualTo(seen);
      }
      for (int j = 0; j < D; j++) {
        sum[j] += back[j];
        squares[j] += back[j] * back[j];
      }
    }
    for (int j = 0; j < D; j++) {
      double mean = sum[j] / seeds;
      double error = Math.sqrt((squares[j] / seeds - mean * mean) / seeds);
      assertThat(mean).as("coordinate " + j).isCloseTo(VALUES[0][j], within(5 * error));
    }
  }

  @Test
  void textsHaveNoWayBack() {
    RandomProjectionModel model = stage().setK(K).fit(Samples.texts(3));
    assertThatThrownBy(() -> model.backProjection("z"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "back-projection needs a known input dimension; this model's feature space is open");
  }

  @Test
  void rowsOfAnotherLengthAreNotTakenBack() {
    RandomProjectionModel back = model("sign", "float").backProjection("z").setInputCol("x");
    assertThat(Samples.failure(() -> back.transform(Samples.floats(VALUES)).collectAsList()))
        .hasMessageContaining("wrong-length");
    assertThatThrownBy(() -> back.transform(Samples.texts(3)))
        .hasMessageContaining("column x has another type");
  }
}
