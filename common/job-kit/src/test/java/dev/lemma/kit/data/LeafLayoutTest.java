// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.random.RowKeyHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class LeafLayoutTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @Test
  void ordersRowsAlikeWhateverTheLayout() {
    int n = 3_000;
    Dataset<Row> rows = SPARK.range(n).selectExpr("id % 2900 as id", "id as content");
    // As if there were many more rows, so that a small test has several leaves.
    long claimed = 5L * Leaves.ROWS_PER_LEAF;
    List<Row> expected = null;
    for (Dataset<Row> layout : Layouts.of(rows)) {
      Dataset<Row> arranged =
          LeafLayout.arrange(layout, RowKeys.column(layout, Optional.of("id"), List.of()), claimed);
      assertThat(arranged.columns()).containsExactly("id", "content", LeafLayout.LEAF);
      assertThat(arranged.javaRDD().getNumPartitions()).isEqualTo(4);
      List<Row> found = arranged.collectAsList();
      assertThat(found).hasSize(n);
      expected = expected == null ? found : expected;
      assertThat(found).isEqualTo(expected);
    }
    assertThat(expected).extracting(row -> row.getInt(2)).isSorted().contains(0, 1, 2, 3, 4);
    List<Long> order = new ArrayList<>();
    for (Row row : expected) {
      long first = new RowKeyHasher().addLong(row.getLong(0)).key().first();
      assertThat(row.getInt(2)).isEqualTo(new Leaves(5).leafOf(first));
      order.add(first ^ Long.MIN_VALUE);
    }
    assertThat(order).isSorted();
  }

  @Test
  void keepsALeafWholeInOnePartition() {
    Dataset<Row> rows = SPARK.range(2_000).toDF("id");
    Dataset<Row> places =
        LeafLayout.arrange(
                rows, RowKeys.column(rows, Optional.of("id"), List.of()), 9L * Leaves.ROWS_PER_LEAF)
            .withColumn("place", functions.spark_partition_id());
    assertThat(places.select(LeafLayout.LEAF, "place").distinct().count()).isEqualTo(9);
    assertThat(places.select("place").distinct().count()).isEqualTo(4);
  }
}
