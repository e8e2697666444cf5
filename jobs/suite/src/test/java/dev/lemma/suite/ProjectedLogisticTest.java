// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.logistic.AnalyticLogisticRegression;
import dev.lemma.logistic.AnalyticLogisticRegressionModel;
import dev.lemma.projection.RandomProjection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** Very wide rows, projected and then classified: the way out that a refusal of a width names. */
class ProjectedLogisticTest {
  private static final int D = 100_000;
  private static final int K = 32;

  @TempDir Path folder;

  /** Sparse rows; those of class 1 have two of the first ten features besides. */
  private static Dataset<Row> rows() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      double label = i % 2;
      int[] indices = random.ints(10, D).distinct().limit(5).sorted().toArray();
      double[] values = random.doubles(5, 0.5, 1.5).toArray();
      int[] all = new int[indices.length + 2];
      double[] cells = new double[all.length];
      all[0] = random.nextInt(5);
      all[1] = 5 + random.nextInt(5);
      cells[0] = 3 * label;
      cells[1] = 3 * label;
      System.arraycopy(indices, 0, all, 2, indices.length);
      System.arraycopy(values, 0, cells, 2, indices.length);
      rows.add(RowFactory.create(Vectors.sparse(D, all, cells), label));
    }
    return SharedSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType));
  }

  @Test
  void aSavedPipelineProjectsAndClassifies() throws IOException {
    Dataset<Row> data = rows();
    String path = folder.resolve("model").toString();
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new RandomProjection().setInputCol("features").setOutputCol("projected").setK(K),
                  new AnalyticLogisticRegression().setFeaturesCol("projected")
                })
            .fit(data);
    model.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    Dataset<Row> scored = loaded.transform(data);
    assertThat(scored.select("probability", "prediction").collectAsList())
        .isEqualTo(model.transform(data).select("probability", "prediction").collectAsList());
    assertThat(((AnalyticLogisticRegressionModel) loaded.stages()[1]).numFeatures()).isEqualTo(K);
    // By chance half of the 600 would be wrong.
    assertThat(scored.filter("prediction <> label").count()).isLessThan(120);
  }
}
