// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.functions.Columns;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.projection.Family;
import dev.lemma.projection.RandomProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The SQL function {@code jl_project} gives the bits of the stage behind the job, family by family.
 */
class ProjectFunctionTest {
  private static final int D = 37;
  private static final int K = 9;

  private static Dataset<Row> rows() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double[] x = random.doubles(D, -3, 3).map(v -> Math.abs(v) < 1 ? 0 : v).toArray();
      rows.add(RowFactory.create(i % 2 == 0 ? Vectors.dense(x) : Vectors.dense(x).toSparse()));
    }
    return SharedSpark.session()
        .createDataFrame(rows, new StructType().add("features", SQLDataTypes.VectorType()));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void hasTheBitsOfTheStage(Family family) {
    Dataset<Row> data = rows();
    Dataset<Row> both =
        new RandomProjection()
            .setInputCol("features")
            .setOutputCol("stage")
            .setFamily(family.key())
            .setOutputType("array")
            .setK(K)
            .setSeed(5)
            .fit(data)
            .transform(data)
            .select(col("stage"), Columns.jlProject(col("features"), K, 5, family.key()));
    for (Row row : both.collectAsList()) {
      assertThat(row.getList(1)).hasSize(K).isEqualTo(row.getList(0));
    }
  }
}
