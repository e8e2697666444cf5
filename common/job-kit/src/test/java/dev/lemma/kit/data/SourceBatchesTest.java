// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.linalg.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows read out of batches are those that Spark gives out, good and bad. */
class SourceBatchesTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final String MOST_FIELDS = "spark.sql.codegen.maxFields";

  @TempDir private Path folder;

  @Test
  void readsDenseAndSparseVectors() {
    List<Row> rows = new ArrayList<>();
    Vector[] vectors = {
      Vectors.dense(1, -0.0, 3),
      Vectors.sparse(3, new int[] {0, 2}, new double[] {5, 0}),
      null,
      Vectors.dense(1, 2),
      Vectors.sparse(4, new int[] {3}, new double[] {1}),
      Vectors.dense(1, Double.NaN, Double.POSITIVE_INFINITY),
      Vectors.dense(Double.NEGATIVE_INFINITY, 1, 1),
      Vectors.sparse(3, new int[] {1}, new double[] {Double.NaN})
    };
    for (int i = 0; i < 200; i++) {
      rows.add(RowFactory.create((long) i, vectors[i % vectors.length]));
    }
    StructType schema = new StructType().add("id", "long").add("v", SQLDataTypes.VectorType());
    Features features = new Features.VectorColumn("v", 3);
    Dataset<Row> file = written(SPARK.createDataFrame(rows, schema).repartition(2));
    assertThat(batches(file, features))
        .hasSize(200)
        .containsExactlyInAnyOrderElementsOf(rows(file, features))
        .contains("0 NONE [1.0, -0.0, 3.0]", "2 NULL", "3 WRONG_LENGTH", "5 NAN", "6 INFINITE")
        .contains("1 NONE [5.0, 0.0, 0.0]", "4 WRONG_LENGTH", "7 NAN");
  }

  @Test
  void readsArrays() {
    Dataset<Row> file =
        written(
            SPARK
                .range(100)
                .selectExpr(
                    "id",
                    "case id % 4 when 1 then null when 2 then array(1.5f, null)"
                        + " else array(float(id), 2f) end as v"));
    Features features = new Features.ArrayColumn("v", NumberType.FLOAT, 2);
    assertThat(batches(file, features))
        .hasSize(100)
        .containsExactlyInAnyOrderElementsOf(rows(file, features))
        .contains("1 NULL", "2 NULL_ELEMENT", "3 NONE [3.0, 2.0]");
  }

  /** More columns than Spark gives out batches of, too; in another order than they are stored. */
  @ParameterizedTest
  @ValueSource(ints = {3, 150})
  void readsNumericColumnsWhateverTheirNumber(int d) {
    String before = SPARK.conf().get(MOST_FIELDS);
    Column[] columns =
        Stream.concat(
                Stream.of(col("id")),
                IntStream.range(0, d)
                    .mapToObj(
                        j ->
                            org.apache
                                .spark
                                .sql
                                .functions
                                .expr("if(id % 5 = 1 and " + j + " = 2, null, id + " + j + "D)")
                                .as("x" + j)))
            .toArray(Column[]::new);
    Dataset<Row> file = written(SPARK.range(0, 300, 1, 2).select(columns));
    List<String> names = new ArrayList<>(IntStream.range(0, d).mapToObj(j -> "x" + j).toList());
    Collections.reverse(names);
    Features features = new Features.NumericColumns(names, NumberType.DOUBLE);
    List<String> found = batches(file, features);
    assertThat(found)
        .hasSize(300)
        .containsExactlyInAnyOrderElementsOf(rows(file, features))
        .contains("1 NULL_ELEMENT");
    assertThat(found.stream().filter(row -> row.startsWith("70 ")))
        .singleElement()
        .asString()
        .startsWith("70 NONE [" + (70.0 + d - 1) + ", " + (70.0 + d - 2));
    assertThat(SPARK.conf().get(MOST_FIELDS)).isEqualTo(before);
  }

  /** Batches of 4,096 rows of a kilobyte would be read from the memory. */
  @Test
  void batchesOfWideRowsFitACache() {
    assertThat(BatchSize.rows(800)).isEqualTo(512);
    assertThat(BatchSize.rows(1 << 20)).isEqualTo(256);
    assertThat(BatchSize.rows(0)).isEqualTo(1 << 19);
    Dataset<Row> file = written(SPARK.range(0, 3000, 1, 1).selectExpr("id", "array(id, 2D) as v"));
    String setting = "spark.sql.parquet.columnarReaderBatchSize";
    String before = SPARK.conf().get(setting);
    for (long bytes : new long[] {0, 800}) {
      SourceBatches source =
          SourceBatches.of(file.selectExpr("-id as head", "v"), 1, bytes).orElseThrow();
      List<Integer> sizes = source.batches().map(ColumnarBatch::numRows).collect();
      assertThat(sizes.get(0)).isEqualTo(bytes == 0 ? 3000 : 512);
      assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3000);
    }
    assertThat(SPARK.conf().get(setting)).isEqualTo(before);
  }

  @Test
  void leavesOtherPlansToSpark() {
    Dataset<Row> file =
        written(SPARK.range(10).selectExpr("id", "int(id) as x", "double(id) as y"));
    Features whole = new Features.NumericColumns(List.of("x"), NumberType.DOUBLE);
    Features plain = new Features.NumericColumns(List.of("y"), NumberType.DOUBLE);
    assertThat(source(file, plain)).isPresent();
    // A cast is Spark's work, and so are rows that are chosen, sorted or in memory.
    assertThat(source(file, whole)).isEmpty();
    assertThat(source(file.filter("id > 3"), plain)).isEmpty();
    assertThat(source(file.orderBy("id"), plain)).isEmpty();
    assertThat(source(SPARK.range(3).selectExpr("id", "double(id) as y"), plain)).isEmpty();
  }

  private Dataset<Row> written(Dataset<Row> rows) {
    String path = folder.resolve("rows").toString();
    rows.write().parquet(path);
    return SPARK.read().parquet(path);
  }

  private static Optional<SourceBatches> source(Dataset<Row> file, Features features) {
    List<Column> columns = new ArrayList<>(List.of(lit(true).as("computed"), col("id")));
    columns.addAll(features.stored());
    return SourceBatches.of(file.select(columns.toArray(Column[]::new)), 2, 0);
  }

  private static List<String> batches(Dataset<Row> file, Features features) {
    SourceBatches source = source(file, features).orElseThrow();
    SourceBatches.Layout layout = source.layout();
    RowReader reader = RowReader.of(features, Precision.DOUBLE);
    Optional<ColumnsReader> columns =
        features instanceof Features.NumericColumns numeric
            ? Optional.of(ColumnsReader.of(numeric))
            : Optional.empty();
    int d = Math.toIntExact(features.dimension().orElseThrow());
    ColumnsReader side = columns.orElse(null);
    return source
        .batches()
        .mapPartitions(
            batches -> {
              BatchFeatures read =
                  BatchFeatures.of(reader, Optional.ofNullable(side), layout.stored());
              UnsafeProjection heads = layout.heads(0);
              FeatureBuffer buffer = new FeatureBuffer();
              List<String> found = new ArrayList<>();
              while (batches.hasNext()) {
                ColumnarBatch batch = batches.next();
                read.open(batch);
                for (int r = 0; r < batch.numRows(); r++) {
                  long id = heads.apply(batch.getRow(r)).getLong(1);
                  found.add(shown(id, read.read(r, buffer), buffer, d));
                }
              }
              return found.iterator();
            })
        .collect();
  }

  private static List<String> rows(Dataset<Row> file, Features features) {
    RowReader reader = RowReader.of(features, Precision.DOUBLE);
    boolean isVector = features instanceof Features.VectorColumn;
    int d = Math.toIntExact(features.dimension().orElseThrow());
    return file.select(col("id"), features.value().as("v"))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(
            row -> {
              FeatureBuffer buffer = new FeatureBuffer();
              Object value =
                  row.isNullAt(1) ? null : isVector ? row.getStruct(1, 4) : row.getArray(1);
              return shown(row.getLong(0), reader.read(value, buffer), buffer, d);
            })
        .collect();
  }

  private static String shown(long id, BadRow reason, FeatureBuffer buffer, int d) {
    return id
        + " "
        + reason
        + (reason == BadRow.NONE ? " " + Arrays.toString(buffer.denseDoubles(d)) : "");
  }
}
