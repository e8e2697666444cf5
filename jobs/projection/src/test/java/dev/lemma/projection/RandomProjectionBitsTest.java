// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextVectorizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row's values depend on the row and the specification alone. */
class RandomProjectionBitsTest {
  private static final int ROWS = 150;
  private static final int D = 70;
  private static final int K = 24;
  private static final double[][] VALUES = Samples.values(ROWS, D);

  private static Map<Long, List<Long>> direct(Specification specification, String precision) {
    Projection projection = Projection.of(specification.matrix());
    Map<Long, List<Long>> bits = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      if (precision.equals("float")) {
        float[] row = new float[D];
        for (int j = 0; j < D; j++) {
          row[j] = (float) VALUES[i][j];
        }
        float[] out = new float[K];
        projection.project(row, out);
        bits.put((long) i, Samples.bits(out));
      } else {
        double[] out = new double[K];
        projection.project(VALUES[i], out);
        bits.put((long) i, Samples.bits(out));
      }
    }
    return bits;
  }

  @ParameterizedTest
  @CsvSource({
    "sign, double, 1", "sparse-sign, float, 2", "hadamard, float, 7",
    "gaussian, float, 64", "orthonormal, double, 7", "very-sparse, float, 2"
  })
  void everyFamilyAgreesWithItsBareKernel(String family, String precision, int partitions) {
    Dataset<Row> dense = Samples.dense(VALUES);
    RandomProjection stage = stage().setK(K).setFamily(family).setPrecision(precision).setSeed(11);
    RandomProjectionModel model = stage.fit(dense);
    Map<Long, List<Long>> expected = direct(model.specification(), precision);
    for (Dataset<Row> encoding :
        List.of(dense.repartition(partitions), Samples.sparse(VALUES), Samples.floats(VALUES))) {
      assertThat(Samples.bits(model.transform(encoding), "y")).isEqualTo(expected);
      assertThat(stage.fit(encoding).specification()).isEqualTo(model.specification());
    }
  }

  @Test
  void everyPartitioningEncodingAndOutputTypeAgrees() {
    Dataset<Row> dense = Samples.dense(VALUES);
    RandomProjectionModel model = stage().setK(K).fit(dense);
    Map<Long, List<Long>> expected = direct(model.specification(), "float");
    for (Dataset<Row> layout : Layouts.of(dense)) {
      assertThat(Samples.bits(model.transform(layout), "y")).isEqualTo(expected);
    }
    for (Dataset<Row> layout : Layouts.of(Samples.sparse(VALUES))) {
      assertThat(Samples.bits(model.transform(layout), "y")).isEqualTo(expected);
    }
    model.setOutputType("array");
    for (Dataset<Row> encoding : List.of(dense, Samples.floats(VALUES), Samples.doubles(VALUES))) {
      assertThat(Samples.bits(model.transform(encoding), "y")).isEqualTo(expected);
    }
  }

  @Test
  void anotherSeedIsAnotherSpace() {
    Dataset<Row> dense = Samples.dense(VALUES);
    Map<Long, List<Long>> zero = Samples.bits(stage().setK(K).fit(dense).transform(dense), "y");
    Map<Long, List<Long>> one =
        Samples.bits(stage().setK(K).setSeed(1).fit(dense).transform(dense), "y");
    assertThat(one).isNotEqualTo(zero);
  }

  @ParameterizedTest
  @CsvSource({
    "words, 1, 1, count, none",
    "words, 1, 2, log, l2",
    "characters, 2, 3, count, none",
    "words, 1, 1, tf-idf, l2"
  })
  void textsAgreeWithTheBareKernelInEveryLayout(
      String unit, int min, int max, String weighting, String norm) {
    Dataset<Row> texts = Samples.texts(ROWS);
    RandomProjectionModel model =
        stage()
            .setK(K)
            .setTextUnit(unit)
            .setMinGram(min)
            .setMaxGram(max)
            .setWeighting(weighting)
            .setRowNorm(norm)
            .fit(texts);
    TextSpec spec = model.specification().text().orElseThrow();
    TextVectorizer vectorizer =
        model
            .frequencies()
            .map(counts -> new TextVectorizer(spec, counts))
            .orElseGet(() -> new TextVectorizer(spec));
    Projection projection = Projection.of(model.specification().matrix());
    Map<Long, List<Long>> expected = new TreeMap<>();
    SparseRow row = new SparseRow();
    float[] out = new float[K];
    for (Row text : texts.collectAsList()) {
      byte[] utf8 = text.getString(1).getBytes(StandardCharsets.UTF_8);
      vectorizer.vectorize(utf8, 0, utf8.length, row);
      projection.project(row, out);
      expected.put(text.getLong(0), Samples.bits(out));
    }
    for (Dataset<Row> layout : Layouts.of(texts)) {
      assertThat(Samples.bits(model.transform(layout), "y")).isEqualTo(expected);
    }
  }

  @Test
  void documentFrequenciesDoNotDependOnTheLayout() {
    RandomProjection stage = stage().setK(K).setWeighting("tf-idf");
    Dataset<Row> texts = Samples.texts(ROWS);
    Specification first = stage.fit(texts).specification();
    for (Dataset<Row> layout : List.of(texts.repartition(1), texts.repartition(7))) {
      assertThat(stage.fit(layout).specification()).isEqualTo(first);
    }
  }

  @Test
  void aStreamGivesTheSameBits(@TempDir Path folder) throws Exception {
    Dataset<Row> texts = Samples.texts(ROWS);
    Dataset<Row> vectors = Samples.sparse(VALUES);
    requireSameInStream(
        stage().setK(K).setWeighting("tf-idf").setHandleInvalid("skip").fit(texts),
        texts,
        folder.resolve("texts"),
        "texts");
    requireSameInStream(
        stage().setK(K).fit(vectors), vectors, folder.resolve("vectors"), "vectors");
  }

  private static void requireSameInStream(
      RandomProjectionModel model, Dataset<Row> rows, Path folder, String name) throws Exception {
    rows.repartition(3).write().parquet(folder.toString());
    Dataset<Row> stream =
        Samples.SPARK
            .readStream()
            .schema(rows.schema())
            .option("maxFilesPerTrigger", 1)
            .parquet(folder.toString());
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {model}).fit(rows);
    Dataset<Row> projected = pipeline.transform(stream);
    assertThat(projected.isStreaming()).isTrue();
    StreamingQuery query = projected.writeStream().format("memory").queryName(name).start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }
    assertThat(Samples.bits(Samples.SPARK.table(name), "y"))
        .hasSize(ROWS)
        .isEqualTo(Samples.bits(model.transform(rows), "y"));
  }

  @Test
  void aColumnUsedTwiceIsProjectedOnce() {
    // Sorting and filtering by a projected value must see the value that is put out.
    Dataset<Row> rows = Samples.dense(VALUES);
    RandomProjectionModel model = stage().setK(K).setOutputType("array").fit(rows);
    Dataset<Row> out = model.transform(rows);
    Map<Long, List<Long>> all = Samples.bits(out, "y");
    Map<Long, List<Long>> some = Samples.bits(out.filter("y[0] > 0").orderBy("y"), "y");
    assertThat(some).isNotEmpty().hasSizeLessThan(ROWS);
    assertThat(all).containsAllEntriesOf(some);
  }
}
