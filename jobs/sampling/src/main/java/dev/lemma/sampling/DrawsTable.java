// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Draws as this project stores them: a wide table with {@code chain} (INT, from 1), {@code
 * iteration} (BIGINT, from 1) and a DOUBLE column for each parameter, in the order given, by chain
 * and iteration. The logarithm of the density is called {@code lp__} and that of an importance
 * weight {@code log_weight__}, where there are such. The job {@code diagnose} and, through Parquet,
 * most other tools read it as it is.
 */
final class DrawsTable {
  static final String CHAIN = "chain";
  static final String ITERATION = "iteration";

  /** Rows that travel to an executor in one piece, and numbers: Spark warns of tasks above 1 MB. */
  private static final int BLOCK_ROWS = 4096;

  private static final int BLOCK_VALUES = 1 << 16;

  private DrawsTable() {}

  @DefaultSerializer(JavaSerializer.class)
  private record Block(int chain, int firstDraw, int columns, double[] values)
      implements Serializable {
    Iterator<Row> rows() {
      int count = columns == 0 ? 0 : values.length / columns;
      return IntStream.range(0, count).mapToObj(this::row).iterator();
    }

    private Row row(int r) {
      Object[] cells = new Object[2 + columns];
      cells[0] = chain;
      cells[1] = (long) firstDraw + r;
      for (int j = 0; j < columns; j++) {
        cells[2 + j] = values[r * columns + j];
      }
      return RowFactory.create(cells);
    }
  }

  /** The columns of a table of these parameters. */
  static StructType schema(List<String> names) {
    StructType schema =
        new StructType()
            .add(CHAIN, DataTypes.IntegerType, false)
            .add(ITERATION, DataTypes.LongType, false);
    for (String name : names) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    return schema;
  }

  /**
   * A table of draws that the driver holds.
   *
   * @param names the d parameters, no two alike and none called chain or iteration
   * @param chains C
   * @param draws n of each chain
   * @param values C x n x d: parameter j of draw i of chain c at (c n + i) d + j
   * @throws IllegalArgumentException if the number of values is another, or names collide
   */
  static Dataset<Row> of(
      SparkSession spark, List<String> names, int chains, int draws, double[] values) {
    int columns = names.size();
    if (values.length != (long) chains * draws * columns) {
      throw new IllegalArgumentException(
          chains + " x " + draws + " x " + columns + " draws expected, found " + values.length);
    }
    List<String> all = new ArrayList<>(List.of(CHAIN, ITERATION));
    all.addAll(names);
    if (all.stream().distinct().count() < all.size()) {
      throw new IllegalArgumentException("a column has two meanings among " + all);
    }
    int most = Math.min(BLOCK_ROWS, Math.max(1, BLOCK_VALUES / Math.max(1, columns)));
    List<Block> blocks = new ArrayList<>();
    for (int c = 0; c < chains; c++) {
      for (int from = 0; from < draws; from += most) {
        int rows = Math.min(most, draws - from);
        int at = (c * draws + from) * columns;
        blocks.add(
            new Block(
                c + 1, from + 1, columns, Arrays.copyOfRange(values, at, at + rows * columns)));
      }
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    JavaRDD<Row> rows =
        context.parallelize(blocks, Math.max(1, blocks.size())).flatMap(Block::rows);
    return spark.createDataFrame(rows, schema(names));
  }
}
