// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.col;

import dev.lemma.math.linalg.Leaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Puts rows into the leaves of an exact sum, in the order in which they are summed. One shuffle of
 * the data; the result depends on the rows alone, the number of partitions aside.
 */
public final class LeafLayout {
  /** Name of the column with the index of the leaf, an int. */
  public static final String LEAF = "_lemma_leaf";

  private static final String KEY = "_lemma_key";

  private LeafLayout() {}

  /**
   * The rows with their leaf in column {@value #LEAF}. Each leaf lies whole in one partition;
   * inside a partition rows ascend by leaf, then row key, then content. Rows that agree in all that
   * are the same row to any sum.
   *
   * @param rows the rows
   * @param key their row key, see {@link RowKeys#column}
   * @param n number of rows, which alone decides the number of leaves ({@link Leaves#forRows})
   */
  public static Dataset<Row> arrange(Dataset<Row> rows, Column key, long n) {
    int leaves = Leaves.forRows(n).count();
    int wanted = Integer.parseInt(rows.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    int partitions = Math.min(leaves, wanted);
    LeafFunction function = new LeafFunction(leaves, partitions);
    Column leaf =
        PlanCall.of(function, "leaf", DataTypes.IntegerType)
            .neverNull()
            .on(col(KEY).getField("first"));
    Column partition =
        PlanCall.of(function, "partition", DataTypes.IntegerType).neverNull().on(col(LEAF));
    List<Column> order = new ArrayList<>();
    order.add(col(LEAF));
    order.addAll(Arrays.asList(RowOrder.byKey(col(KEY), RowOrder.content(rows.schema()))));
    return rows.withColumn(KEY, key)
        .withColumn(LEAF, leaf)
        .repartitionById(partitions, partition)
        .sortWithinPartitions(order.toArray(Column[]::new))
        .drop(KEY);
  }
}
