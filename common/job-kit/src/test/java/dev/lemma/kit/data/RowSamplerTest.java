// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.random.RowKeyHasher;
import dev.lemma.math.random.RowSampling;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowSamplerTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final int N = 20_000;

  @Test
  void drawsTheLowestPrioritiesWhateverTheLayout() {
    RowSampling sampling = RowSampling.of("pairs", 5);
    List<Long> expected =
        LongStream.range(0, N)
            .boxed()
            .sorted(
                Comparator.comparing(id -> new RowKeyHasher().addLong(id).key(), sampling.order()))
            .limit(100)
            .toList();
    Dataset<Row> rows = SPARK.range(N).toDF("id").selectExpr("id", "'x' || id as name");
    for (Dataset<Row> layout : Layouts.of(rows)) {
      assertThat(ids(RowSampler.of("pairs", 5).sample(layout, key(layout), N, 100)))
          .isEqualTo(expected);
    }
    assertThat(ids(RowSampler.of("pairs", 6).sample(rows, key(rows), N, 100)))
        .isNotEqualTo(expected);
    assertThat(ids(RowSampler.of("recall", 5).sample(rows, key(rows), N, 100)))
        .isNotEqualTo(expected);
  }

  @Test
  void orderIsThatOfUnsignedPriorities() {
    Dataset<Row> rows = SPARK.range(50).toDF("id");
    RowSampling sampling = RowSampling.of("p", 0);
    List<Row> found =
        rows.select(rows.col("id"), RowSampler.of("p", 0).priority(key(rows))).collectAsList();
    for (Row row : found) {
      long priority = sampling.priority(new RowKeyHasher().addLong(row.getLong(0)).key());
      assertThat(row.getLong(1)).isEqualTo(priority + Long.MIN_VALUE);
    }
  }

  @Test
  void takesAllRowsWhereThereAreFewer() {
    Dataset<Row> rows = SPARK.range(7).toDF("id");
    assertThat(ids(RowSampler.of("p", 1).sample(rows, key(rows), 7, 100)))
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    Dataset<Row> none = rows.limit(0);
    assertThat(RowSampler.of("p", 1).sample(none, key(none), 0, 3)).isEmpty();
  }

  @Test
  void fillsTheSampleWhenEqualKeysStandAboveTheThreshold() {
    // All rows have one key; with most seeds its priority lies above the threshold.
    Dataset<Row> rows = SPARK.range(N).selectExpr("1 as id", "id as content");
    for (long seed = 0; seed < 3; seed++) {
      for (Dataset<Row> layout : Layouts.of(rows).subList(1, 3)) {
        List<Row> drawn = RowSampler.of("p", seed).sample(layout, key(layout), N, 4);
        assertThat(drawn).extracting(row -> row.getLong(1)).containsExactly(0L, 1L, 2L, 3L);
      }
    }
  }

  @Test
  void ordersEqualKeysByVectorsToo() {
    StructType schema =
        new StructType()
            .add("id", "int")
            .add("m", "map<int,int>")
            .add("v", SQLDataTypes.VectorType());
    List<Row> content =
        List.of(
            RowFactory.create(1, null, Vectors.dense(3)),
            RowFactory.create(1, null, Vectors.dense(1)),
            RowFactory.create(1, null, Vectors.dense(2)));
    Dataset<Row> rows = SPARK.createDataFrame(content, schema);
    assertThat(RowSampler.of("p", 0).sample(rows, key(rows), 3, 2))
        .containsExactly(content.get(1), content.get(2));
  }

  @Test
  void thresholdLeavesLittleToTheDriver() {
    // m + L + sqrt(L² + 2Lm) with L = ln 1e12 = 27.63: 1,264.3 of 1e9 for m = 1,000.
    double share = (RowSampler.threshold(1_000_000_000L, 1_000) + 0x1p63) / 0x1p64;
    assertThat(share * 1e9).isBetween(1_264.0, 1_265.0);
    assertThat(RowSampler.threshold(10, 1_000)).isEqualTo(Long.MAX_VALUE);
    assertThat(RowSampler.threshold(0, 1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pairsAreDisjoint() {
    List<Row> rows = SPARK.range(5).toDF("id").collectAsList();
    assertThat(RowSampler.disjointPairs(rows))
        .containsExactly(
            new RowPair(rows.get(0), rows.get(2)), new RowPair(rows.get(1), rows.get(3)));
    assertThat(RowSampler.disjointPairs(rows.subList(0, 1))).isEmpty();
  }

  @Test
  void copiesOfARowAreNotPairedWithEachOther() {
    Dataset<Row> once = SPARK.range(1000).toDF("id");
    Dataset<Row> twice = once.union(once);
    List<Row> drawn = RowSampler.of("pairs", 0).sample(twice, key(twice), 2000, 400);
    assertThat(RowSampler.disjointPairs(drawn))
        .hasSize(200)
        .noneMatch(pair -> pair.first().equals(pair.second()));
  }

  @Test
  void refusesAnEmptySample() {
    Dataset<Row> rows = SPARK.range(5).toDF("id");
    assertThatThrownBy(() -> RowSampler.of("p", 0).sample(rows, key(rows), 5, 0))
        .hasMessage("a sample needs m >= 1 of n >= 0 rows, found m = 0 and n = 5");
  }

  private static Column key(Dataset<Row> rows) {
    return RowKeys.column(rows, Optional.of("id"), List.of());
  }

  private static List<Long> ids(List<Row> rows) {
    return rows.stream().map(row -> row.getLong(0)).toList();
  }
}
