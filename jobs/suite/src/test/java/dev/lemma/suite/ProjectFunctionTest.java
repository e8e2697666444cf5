// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.functions.Columns;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.projection.Family;
import dev.lemma.projection.RandomProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The SQL function {@code jl_project} gives the bits of the stage behind the job, family by family,
 * for vectors dense and sparse and for arrays, and rejects what the stage rejects.
 */
class ProjectFunctionTest {
  private static final int D = 37;
  private static final int K = 9;

  /** Good rows, dense and sparse in turn, then one of each kind that the stage rejects. */
  private static Dataset<Row> rows() {
    Random random = new Random(1);
    List<Vector> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double[] x = random.doubles(D, -3, 3).map(v -> Math.abs(v) < 1 ? 0 : v).toArray();
      rows.add(i % 2 == 0 ? Vectors.dense(x) : Vectors.dense(x).toSparse());
    }
    rows.add(null);
    rows.add(Vectors.dense(new double[D - 1]));
    rows.add(Vectors.sparse(D + 1, new int[] {D}, new double[] {1}));
    rows.add(Vectors.sparse(D, new int[] {3}, new double[] {Double.NaN}));
    rows.add(Vectors.sparse(D, new int[] {3}, new double[] {1e39}));
    return SharedSpark.session()
        .createDataFrame(
            rows.stream().map(RowFactory::create).toList(),
            new StructType().add("features", SQLDataTypes.VectorType()));
  }

  private static RandomProjection stage(String input, String family) {
    return new RandomProjection()
        .setInputCol(input)
        .setOutputCol("stage")
        .setFamily(family)
        .setOutputType("array")
        .setHandleInvalid("keep")
        .setK(K)
        .setD(D)
        .setSeed(5);
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void hasTheBitsOfTheStage(Family family) {
    Column told = col("features").as("told", new AttributeGroup("told", D).toMetadata());
    Dataset<Row> data =
        rows()
            .select(
                col("features"),
                told,
                when(
                        col("features").isNotNull(),
                        functions.vector_to_array(col("features"), "float32"))
                    .as("floats"));
    Dataset<Row> both =
        stage("features", family.key())
            .fit(data)
            .transform(data)
            .select(
                col("stage"),
                Columns.jlProject(col("features"), K, 5, family.key(), D),
                Columns.jlProject(col("told"), K, 5, family.key()),
                Columns.jlProject(col("floats"), K, 5, family.key(), D));
    List<Row> found = both.collectAsList();
    for (int i = 0; i < found.size(); i++) {
      List<Float> expected = found.get(i).getList(0);
      assertThat(expected == null).as("row %d", i).isEqualTo(i >= 12);
      for (int way = 1; way < 4; way++) {
        assertThat(found.get(i).<Float>getList(way)).as("row %d, %d", i, way).isEqualTo(expected);
      }
    }
    // Without d and metadata a row's own length stands for it.
    assertThat(
            data.limit(12)
                .select(Columns.jlProject(col("features"), K, 5, family.key()))
                .collectAsList())
        .allSatisfy(row -> assertThat(row.getList(0)).hasSize(K))
        .extracting(row -> row.<Float>getList(0))
        .containsExactlyElementsOf(
            found.subList(0, 12).stream().map(row -> row.<Float>getList(0)).toList());
  }

  @Test
  void refusesWhatTheStageRefuses() {
    Dataset<Row> data = rows().limit(1);
    for (String family : List.of("sign", "sparse-sign", "gaussian", "hadamard")) {
      assertThatThrownBy(() -> stage("features", family).setK(D).fit(data))
          .isInstanceOf(LemmaException.class)
          .hasMessageContaining("would not reduce the dimension");
      assertThatThrownBy(
              () -> data.select(Columns.jlProject(col("features"), D, 5, family)).collectAsList())
          .hasStackTraceContaining("k of jl_project: expected less than the d = 37 features");
    }
    Column told = col("features").as("told", new AttributeGroup("told", D).toMetadata());
    assertThatThrownBy(
            () ->
                data.select(told)
                    .select(Columns.jlProject(col("told"), K, 5, "sign", D + 1))
                    .collectAsList())
        .hasStackTraceContaining("the length that the column's metadata tell, 37");
    assertThatThrownBy(
            () ->
                data.select(Columns.jlProject(array(lit(1), lit(2)), 3, 5, "orthonormal"))
                    .collectAsList())
        .hasStackTraceContaining("k = 3 orthonormal rows do not fit in d = 2");
  }
}
