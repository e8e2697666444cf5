// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredLengthTest {
  private static final String NUMBERS = "transform(sequence(1, 100), j -> sin(id * 1000 + j))";

  @TempDir Path folder;

  /** A file of rows with this array, as an array and as a vector. */
  private Dataset<Row> file(String name, int rows, String array) {
    String path = folder.resolve(name).toString();
    Column vector = functions.array_to_vector(org.apache.spark.sql.functions.col("a"));
    SharedSpark.session()
        .range(0, rows, 1, 1)
        .selectExpr(array + " as a")
        .withColumn("v", vector)
        .write()
        .parquet(path);
    return SharedSpark.session().read().parquet(path);
  }

  private static OptionalInt length(Dataset<Row> rows, String column) {
    return StoredLength.of(rows, rows.schema().apply(column));
  }

  @Test
  void footersOfLargeFilesTellIt() {
    Dataset<Row> rows = file("large", 1500, NUMBERS);
    assertThat(length(rows, "a")).hasValue(100);
    assertThat(length(rows, "v")).hasValue(100);
    // Whatever else is done to the rows may have changed them.
    assertThat(length(rows.limit(7), "a")).isEmpty();
  }

  /** Estimators of Spark ML cast the label before they hand the rows on. */
  @Test
  void columnsThatPassUnchangedAreStoredThere() {
    Dataset<Row> rows = file("passed", 1500, NUMBERS).selectExpr("1 as label", "v", "a");
    Dataset<Row> cast = rows.withColumn("label", rows.col("label").cast("double"));
    assertThat(length(cast, "a")).hasValue(100);
    assertThat(length(cast, "v")).hasValue(100);
    assertThat(length(cast.selectExpr("slice(a, 1, 3) as a"), "a")).isEmpty();
    assertThat(length(cast.selectExpr("a as b"), "b")).isEmpty();
  }

  @Test
  void footersOfSmallFilesAreNotAsked() {
    assertThat(length(file("small", 9, NUMBERS), "a")).isEmpty();
  }

  @Test
  void rowsThatAreNotAlikeAreRead() {
    String shorter = "transform(sequence(1, if(id = 7, 99, 100)), j -> sin(id * 1000 + j))";
    assertThat(length(file("shorter", 1500, shorter), "v")).isEmpty();
    String nulls = "transform(sequence(1, 100), j -> if(j = 5, null, sin(id * 1000 + j)))";
    String path = folder.resolve("nulls").toString();
    SharedSpark.session().range(0, 1500, 1, 1).selectExpr(nulls + " as a").write().parquet(path);
    assertThat(length(SharedSpark.session().read().parquet(path), "a")).isEmpty();
  }
}
