// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowKeyHasher;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowKeysTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @Test
  void hashesTheCanonicalBytesOfEachType() {
    Dataset<Row> rows =
        SPARK.sql(
            "select 7 as i, cast(7 as smallint) as s, cast(7 as bigint) as l, 1.5f as f,"
                + " 1.5d as d, 'Äpfel' as t, X'0102' as b, true as o, 12.50 as c,"
                + " date'1970-01-03' as day, timestamp'1970-01-01 00:00:01' as at,"
                + " timestamp_ntz'1970-01-01 00:00:01' as local, array(1f, 0f) as fs,"
                + " array(1, 0) as is, cast(null as int) as n");
    List<String> names =
        List.of("i", "s", "l", "f", "d", "t", "b", "o", "c", "day", "at", "local", "fs", "is", "n");
    // One query for all, since each costs a compilation.
    Row keys =
        rows.select(
                names.stream()
                    .map(name -> RowKeys.column(rows, Optional.empty(), List.of(name)))
                    .toArray(Column[]::new))
            .first();
    assertThat(names.stream().map(name -> RowKeys.of(keys.getStruct(names.indexOf(name)))))
        .containsExactly(
            hasher().addLong(7).key(),
            hasher().addLong(7).key(),
            hasher().addLong(7).key(),
            hasher().addDouble(1.5).key(),
            hasher().addDouble(1.5).key(),
            hasher().addText("Äpfel").key(),
            hasher().addBinary(new byte[] {1, 2}, 0, 2).key(),
            hasher().addBoolean(true).key(),
            hasher().addDecimal(new BigDecimal("12.5")).key(),
            hasher().addDate(2).key(),
            hasher().addTimestamp(1_000_000).key(),
            hasher().addTimestamp(1_000_000).key(),
            hasher().addVector(new double[] {1, 0}).key(),
            hasher().addVector(new double[] {1, 0}).key(),
            hasher().addNull().key());
    assertThat(key(rows, "t", "n", "i"))
        .isEqualTo(hasher().addText("Äpfel").addNull().addLong(7).key());
  }

  @Test
  void takesTheIdAloneWhereThereIsOne() {
    Dataset<Row> rows = SPARK.sql("select 'a' as id, 1 as x");
    Row key =
        rows.select(RowKeys.column(rows, Optional.of("id"), List.of("x"))).first().getStruct(0);
    assertThat(RowKeys.of(key)).isEqualTo(hasher().addText("a").key());
    assertThat(RowKeys.hex(new RowKey(-1, 15))).isEqualTo("ffffffffffffffff000000000000000f");
  }

  @Test
  void givesSparseAndDenseVectorsOneKey() {
    StructType schema = new StructType().add("v", SQLDataTypes.VectorType());
    Dataset<Row> rows =
        SPARK.createDataFrame(
            List.of(
                RowFactory.create(Vectors.dense(0, 2.5, -0.0, 1)),
                RowFactory.create(Vectors.sparse(4, new int[] {1, 3}, new double[] {2.5, 1})),
                RowFactory.create(
                    Vectors.sparse(4, new int[] {0, 1, 3}, new double[] {0, 2.5, 1}))),
            schema);
    assertThat(rows.select(RowKeys.column(rows, Optional.empty(), List.of("v"))).distinct().count())
        .isEqualTo(1);
    assertThat(key(rows, "v")).isEqualTo(hasher().addVector(new double[] {0, 2.5, 0, 1}).key());
    assertThat(RowKeys.repeats(rows, RowKeys.column(rows, Optional.empty(), List.of("v"))))
        .isEqualTo(2);
  }

  @Test
  void givesBrokenRowsAKeyToo() {
    Dataset<Row> rows =
        SPARK.sql(
            "select array(1d, null) as a, named_struct('type', 0Y, 'size', 3,"
                + " 'indices', array(2, 1), 'values', array(1d, 2d)) as v");
    assertThat(key(rows, "a")).isEqualTo(hasher().addVector(new double[] {1, Double.NaN}).key());
    RowKeyFunction function =
        new RowKeyFunction(
            List.of(new RowKeyFunction.Part(RowKeyFunction.Kind.VECTOR, NumberType.DOUBLE, 0, 0)));
    Column vector =
        PlanCall.of(function, "key", RowKeys.TYPE)
            .on(org.apache.spark.sql.functions.struct(col("v")));
    assertThat(RowKeys.of(rows.select(vector).first().getStruct(0)))
        .isEqualTo(
            hasher()
                .addLong(3)
                .addVector(new double[] {2, 1})
                .addVector(new double[] {1, 2})
                .key());
  }

  @Test
  void dependsOnNoLayoutAndNoCodeGeneration() {
    Dataset<Row> rows =
        SPARK
            .range(2_000)
            .selectExpr("id", "sqrt(id) as x", "array(id / 3d, id * 7d) as v", "'t' || id as t");
    long expected = checksum(rows.repartition(1));
    for (Dataset<Row> layout : Layouts.of(rows)) {
      assertThat(checksum(layout)).isEqualTo(expected);
    }
    SPARK.conf().set("spark.sql.codegen.wholeStage", "false");
    SPARK.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    try {
      assertThat(checksum(rows.repartition(3))).isEqualTo(expected);
    } finally {
      SPARK.conf().unset("spark.sql.codegen.wholeStage");
      SPARK.conf().unset("spark.sql.codegen.factoryMode");
    }
  }

  @Test
  void countsRepeatedKeys() {
    Dataset<Row> rows = SPARK.range(1_000).selectExpr("id % 990 as id");
    assertThat(RowKeys.repeats(rows, RowKeys.column(rows, Optional.of("id"), List.of())))
        .isEqualTo(10);
    Dataset<Row> none = rows.limit(0);
    assertThat(RowKeys.repeats(none, RowKeys.column(none, Optional.of("id"), List.of()))).isZero();
  }

  @Test
  void saysWhichColumnsHaveNoKey() {
    Dataset<Row> rows = SPARK.sql("select map(1, 2) as m, 1 as x");
    assertThatThrownBy(() -> RowKeys.column(rows, Optional.empty(), List.of("m", "x", "y")))
        .isInstanceOf(LemmaException.class)
        .hasMessage(
            "columns = m: no row key can be made of this type: found map<int,int>, expected a"
                + " number, text, binary, boolean, date, timestamp, vector or array of numbers;"
                + " set columns.id to a column that names the rows\n"
                + "columns: no such column in the input: found y, expected one of m, x; did you"
                + " mean m?");
  }

  private static RowKeyHasher hasher() {
    return new RowKeyHasher();
  }

  private static RowKey key(Dataset<Row> rows, String... used) {
    return RowKeys.of(
        rows.select(RowKeys.column(rows, Optional.empty(), List.of(used))).first().getStruct(0));
  }

  /** Ties each key to its row; order does not matter. */
  private static long checksum(Dataset<Row> rows) {
    RowKeyHasher hasher = new RowKeyHasher();
    long sum = 0;
    Column key = RowKeys.column(rows, Optional.empty(), List.of("x", "v", "t"));
    for (Row row : rows.select(col("id"), key).collectAsList()) {
      hasher.reset().addLong(row.getLong(0)).addText(RowKeys.hex(RowKeys.of(row.getStruct(1))));
      sum += hasher.first();
    }
    return sum;
  }
}
