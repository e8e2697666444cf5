// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.math.features.FeatureMap;
import dev.lemma.projection.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomFeaturesTest {
  private static final int ROWS = 150;
  private static final int D = 70;
  private static final int K = 24;
  private static final double[][] VALUES = Samples.values(ROWS, D);

  private static RandomFeatures stage() {
    return new RandomFeatures().setInputCol("x").setOutputCol("y").setK(K).setBandwidth(9);
  }

  private static Map<Long, List<Long>> direct(FeatureSpecification specification) {
    FeatureMap map = FeatureMap.of(specification.map());
    Map<Long, List<Long>> bits = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      switch (specification.precision()) {
        case FLOAT -> {
          float[] row = new float[D];
          for (int j = 0; j < D; j++) {
            row[j] = (float) VALUES[i][j];
          }
          float[] out = new float[K];
          map.map(row, out);
          bits.put((long) i, Samples.bits(out));
        }
        case DOUBLE -> {
          double[] out = new double[K];
          map.map(VALUES[i], out);
          bits.put((long) i, Samples.bits(out));
        }
      }
    }
    return bits;
  }

  @ParameterizedTest
  @CsvSource({
    "gaussian, iid, float, 1", "gaussian, hadamard, float, 7", "laplacian, auto, double, 2",
    "matern, orthogonal, double, 64", "softmax, hadamard, double, 7", "softmax, auto, float, 2"
  })
  void everyKernelAgreesWithItsBareMap(
      String kernel, String frequencies, String precision, int partitions) {
    Dataset<Row> dense = Samples.dense(VALUES);
    RandomFeaturesModel model =
        stage()
            .setKernelFunction(kernel)
            .setFrequencies(frequencies)
            .setPrecision(precision)
            .setSeed(11)
            .fit(dense);
    Map<Long, List<Long>> expected = direct(model.specification());
    for (Dataset<Row> encoding :
        List.of(dense.repartition(partitions), Samples.sparse(VALUES), Samples.floats(VALUES))) {
      assertThat(Samples.bits(model.transform(encoding), "y")).isEqualTo(expected);
    }
  }

  @Test
  void everyPartitioningEncodingAndOutputTypeAgrees() {
    Dataset<Row> dense = Samples.dense(VALUES);
    RandomFeatures stage = stage().setBandwidth(0);
    RandomFeaturesModel model = stage.fit(dense);
    assertThat(model.getBandwidth()).isBetween(5.0, 15.0);
    Map<Long, List<Long>> expected = direct(model.specification());
    for (Dataset<Row> layout : Layouts.of(Samples.sparse(VALUES))) {
      // The median, too, is the same for every layout.
      assertThat(stage.fit(layout).specification()).isEqualTo(model.specification());
      assertThat(Samples.bits(model.transform(layout), "y")).isEqualTo(expected);
    }
    model.setOutputType("array");
    assertThat(Samples.bits(model.transform(Samples.doubles(VALUES)), "y")).isEqualTo(expected);
  }

  @Test
  void theBandwidthIsTheMedianDistance() {
    // Corners of a cross: most pairs are a diagonal apart.
    double[][] rows = new double[400][200];
    for (int i = 0; i < rows.length; i++) {
      rows[i][i / 2] = i % 2 == 0 ? 3 : -3;
    }
    Dataset<Row> cross = Samples.dense(rows);
    RandomFeatures stage = stage().setBandwidth(0);
    assertThat(stage.fit(cross).getBandwidth()).isCloseTo(3 * Math.sqrt(2), within(1e-12));
    assertThat(stage.setKernelFunction("laplacian").fit(cross).getBandwidth()).isEqualTo(6);
    assertThat(stage.setKernelFunction("softmax").fit(cross).getBandwidth())
        .isCloseTo(Math.pow(200, 0.25), within(1e-12));
  }

  @Test
  void autoTakesWhatSuitsKernelAndSize() {
    Dataset<Row> dense = Samples.dense(VALUES);
    RandomFeaturesModel model = stage().fit(dense);
    assertThat(model.getFrequencies()).isEqualTo("orthogonal");
    assertThat(model.getNorms()).isEqualTo("stratified");
    RandomFeaturesModel laplacian = stage().setKernelFunction("laplacian").fit(dense);
    assertThat(laplacian.getFrequencies()).isEqualTo("iid");
    assertThat(laplacian.getNorms()).isEqualTo("independent");
    Dataset<Row> wide = Samples.units(3, 5000);
    assertThat(stage().setK(2048).fit(wide).getFrequencies()).isEqualTo("hadamard");
  }

  @Test
  void vectorsKnowTheirSize() {
    Dataset<Row> out = stage().fit(Samples.dense(VALUES)).transform(Samples.dense(VALUES));
    assertThat(AttributeGroup.fromStructField(out.schema().apply("y")).size()).isEqualTo(K);
    assertThat(out.schema().apply("y").metadata().getMetadata("lemma").getString("kernel-function"))
        .isEqualTo("gaussian");
    assertThat(stage().transformSchema(Samples.dense(VALUES).schema()).fieldNames())
        .containsExactly("id", "x", "y");
  }

  @Test
  void pipelinesAreSavedAndLoaded(@TempDir Path folder) throws Exception {
    Dataset<Row> dense = Samples.dense(VALUES);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage().setBandwidth(0)});
    PipelineModel model = pipeline.fit(dense);
    Map<Long, List<Long>> expected = Samples.bits(model.transform(dense), "y");
    model.write().save(folder.resolve("model").toString());
    pipeline.write().save(folder.resolve("pipeline").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());
    assertThat(Samples.bits(loaded.transform(dense), "y")).isEqualTo(expected);
    Pipeline again = Pipeline.load(folder.resolve("pipeline").toString());
    assertThat(Samples.bits(again.fit(dense).transform(dense), "y")).isEqualTo(expected);
    RandomFeaturesModel stage = (RandomFeaturesModel) loaded.stages()[0];
    assertThat(stage.copy(ParamMap.empty()).specification()).isEqualTo(stage.specification());
    assertThat(stage)
        .hasToString(
            "RandomFeaturesModel: uid="
                + stage.uid()
                + ", kernelFunction=gaussian, bandwidth="
                + stage.getBandwidth()
                + ", k=24, seed=0");
  }

  @Test
  void badRowsStopAreDroppedOrKept() {
    Dataset<Row> rows =
        Samples.vectors(
            Vectors.dense(1, 2), null, Vectors.dense(Double.NaN, 1), Vectors.dense(1e30, 0));
    RandomFeaturesModel model = stage().setD(2).fit(rows);
    assertThat(Samples.failure(() -> model.transform(rows).collectAsList()))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining("a row has no features (");
    model.setHandleInvalid("skip");
    assertThat(Samples.bits(model.transform(rows), "y")).containsOnlyKeys(0L);
    model.setHandleInvalid("keep");
    assertThat(Samples.bits(model.transform(rows), "y").values().stream().filter(v -> v == null))
        .hasSize(3);
    model.setHandleInvalid("error");
    assertThat(Samples.failure(() -> model.transform(rows.filter("id = 3")).collectAsList()))
        .hasMessageContaining(
            "a row's values are finite, but its random features are not in float; scale the data"
                + " down, raise the bandwidth, or set precision = double");
  }

  @Test
  void mistakesAreToldBeforeAnyRowIsRead() {
    Dataset<Row> dense = Samples.dense(VALUES);
    assertThatThrownBy(() -> stage().setInputCol("z").fit(dense))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining("inputCol: no such column: found z, expected one of id, x");
    assertThatThrownBy(() -> stage().setOutputCol("id").fit(dense))
        .hasMessageContaining("outputCol: the column is there already");
    assertThatThrownBy(() -> stage().fit(Samples.texts(3)))
        .hasMessageContaining("expected a vector or an array of numbers");
    assertThatThrownBy(() -> stage().setK(5).fit(dense))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k must be even");
    assertThatThrownBy(
            () -> stage().setKernelFunction("laplacian").setNorms("quantiles").fit(dense))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Laplacian");
    Dataset<Row> same = Samples.dense(new double[20][3]);
    assertThatThrownBy(() -> stage().setBandwidth(0).fit(same))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining(
            "bandwidth: the median rule found no two different rows: found 10 sampled pairs, none of"
                + " different rows");
  }

  private static RandomFeaturesModel frozen(String name) throws Exception {
    Path folder = Path.of(RandomFeaturesTest.class.getResource("/models/" + name).toURI());
    return RandomFeaturesModel.load(folder.toString());
  }

  /** Models of version 1 of the format must load and give the same for as long as it is read. */
  @Test
  void frozenModelsGiveTheirBits() throws Exception {
    Dataset<Row> rows =
        Samples.vectors(
            Vectors.dense(1, -2, 0.5, 0, 3),
            Vectors.sparse(5, new int[] {1, 4}, new double[] {-1.5, 4}));
    RandomFeaturesModel model = frozen("fourier-1");
    assertThat(model.uid()).isEqualTo("randomFeatures_fourier");
    assertThat(hex(model.transform(rows)))
        .isEqualTo(
            "[0x1.ca679ap-2 0x1.dfefbp-2 0x1.811994p-2 0x1.90de06p-2 "
                + "-0x1.c81c3cp-3 -0x1.64ae14p-3 0x1.5167a8p-2 -0x1.3e82e2p-2, "
                + "0x1.ed5dbap-2 0x1.f5aec4p-2 0x1.f2bc1ep-2 0x1.45e49cp-3 "
                + "0x1.11be54p-3 -0x1.99112p-4 -0x1.cf2a08p-4 -0x1.e560fp-2]");
    assertThat(model.specification().hash()).isEqualTo("4c631b172f1ae09f");
    assertThat(hex(frozen("softmax-1").transform(rows)))
        .isEqualTo(
            "[0x1.f403aa3c51e02p-7 0x1.d3e2e8f19301dp-1 0x1.368a52bcebde2p-11 0x1.3dd6464304eacp-6 "
                + "0x1.53a961d8cdc14p-12 0x1.ffc355639f4cbp-2, "
                + "0x1.1e5b1e3e53e3ep-5 0x1.53214d0acd8f1p-1 0x1.433568ec53f4ap-11 0x1.7732ef9e30449p-10 "
                + "0x1.3ccfd97b51558p-14 0x1.4c6b12cc72ca7p-4]");
    assertThat(hex(frozen("matern-1").transform(rows)))
        .isEqualTo(
            "[-0x1.da73a652b8cf8p-4 0x1.67bf18b1490c3p-1 -0x1.6525e7cd47018p-1 0x1.4566efc9e1c83p-4, "
                + "-0x1.395ba6dbccf38p-2 0x1.5ab9bf94e2b35p-1 -0x1.46613204957aep-1 0x1.a0b7d43641782p-3]");
  }

  private static String hex(Dataset<Row> rows) {
    return Samples.bits(rows, "y").values().stream()
        .map(
            bits ->
                String.join(
                    " ",
                    bits.stream()
                        .map(b -> Double.toHexString(Double.longBitsToDouble(b)))
                        .toList()))
        .toList()
        .toString();
  }

  @Test
  void strangeModelFilesAreRefused() {
    assertThatThrownBy(() -> FeatureSpecification.parse("{}", "FILE"))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining("FILE: is no specification of random features");
    FeatureSpecification known = stage().fit(Samples.dense(VALUES)).specification();
    assertThat(FeatureSpecification.parse(known.json(), "FILE")).isEqualTo(known);
    assertThatThrownBy(
            () ->
                FeatureSpecification.parse(
                    known.json().replace("\"version\" : 1", "\"version\" : 2"), "FILE"))
        .hasMessageContaining("was written by another version of Lemma");
    assertThatThrownBy(
            () -> FeatureSpecification.parse(known.json().replace("\"k\"", "\"kk\""), "FILE"))
        .hasMessageContaining("cannot be read as a specification");
  }
}
