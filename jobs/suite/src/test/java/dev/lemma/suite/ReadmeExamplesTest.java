// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.projection.RandomProjection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README, statement by statement; {@link DocsTest} compares the texts. */
class ReadmeExamplesTest {
  static final String SOURCE = "jobs/suite/src/test/java/dev/lemma/suite/ReadmeExamplesTest.java";

  private static final int D = 400;

  @TempDir Path folder;

  private static Dataset<Row> points() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double[] x = new double[D];
      for (int j = 0; j < D; j++) {
        x[j] = (i * 31 + j * 17) % 23;
      }
      rows.add(RowFactory.create(Vectors.dense(x)));
    }
    return SharedSpark.session()
        .createDataFrame(rows, new StructType().add("features", SQLDataTypes.VectorType()));
  }

  @Test
  void oneLine() {
    Dataset<Row> data = points();
    Dataset<Row> projected =
        new RandomProjection()
            .setInputCol("features")
            .setOutputCol("projected")
            .fit(data)
            .transform(data);
    assertThat(projected.columns()).containsExactly("features", "projected");
    assertThat(projected.count()).isEqualTo(40);
  }

  @Test
  void pipeline() throws IOException {
    Dataset<Row> data = points();
    String path = folder.resolve("model").toString();
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new RandomProjection().setInputCol("features").setOutputCol("projected").setK(64),
                  new KMeans().setFeaturesCol("projected").setK(8).setSeed(1)
                })
            .fit(data);
    model.write().overwrite().save(path);
    Dataset<Row> clustered = PipelineModel.load(path).transform(data);
    assertThat(clustered.select("prediction").collectAsList())
        .isEqualTo(model.transform(data).select("prediction").collectAsList());
  }
}
