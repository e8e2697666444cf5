// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.lowrank.PowerSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The sketch of one read on disk: A'(A W) with W the Gaussians of a seed, the Gram matrix of A W,
 * and the sums of the columns. It adds up over rows, so the sketches of days are that of all days.
 *
 * <p>Row -1 holds what is not of one feature: {@code product} the column sums of A W, then its
 * packed Gram matrix; {@code state} the number of rows, the seed, n, l, then the exact sum of
 * squares. Row j holds row j of A'(A W), the sum of column j and that of its squares.
 *
 * @param dimension n
 * @param width l
 * @param seed of W
 */
record SketchTable(int dimension, int width, long seed) {
  private static final StructType SCHEMA =
      new StructType()
          .add("feature", DataTypes.IntegerType, false)
          .add("product", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("sum", DataTypes.DoubleType, false)
          .add("squares", DataTypes.DoubleType, false)
          .add("state", DataTypes.createArrayType(DataTypes.LongType, false), false);

  private static final int HEADER = 4;
  private static final long[] NO_STATE = {};

  Dataset<Row> of(SparkSession spark, PowerSums sums) {
    List<Row> rows = new ArrayList<>();
    long[] squares = sums.squares();
    long[] state = new long[HEADER + squares.length];
    state[0] = sums.rows();
    state[1] = seed;
    state[2] = dimension;
    state[3] = width;
    System.arraycopy(squares, 0, state, HEADER, squares.length);
    double[] head =
        DoubleStream.concat(DoubleStream.of(sums.sums()), DoubleStream.of(sums.gram())).toArray();
    rows.add(RowFactory.create(-1, head, 0.0, 0.0, state));
    for (int j = 0; j < dimension; j++) {
      double[] product = sums.product()[j];
      rows.add(
          RowFactory.create(
              j,
              product == null ? new double[width] : product,
              sums.columnSums()[j],
              sums.columnSquares()[j],
              NO_STATE));
    }
    return SlicedTable.of(spark, rows, SCHEMA);
  }

  /**
   * The sum of stored sketches, in the order of the paths.
   *
   * @throws LemmaException (code 3) if one is none, or of another matrix W
   */
  Optional<PowerSums> read(SparkSession spark, List<String> outputs) {
    PowerSums sum = null;
    for (String output : outputs) {
      PowerSums next = read(spark, output);
      sum = sum == null ? next : sum.add(next);
    }
    return Optional.ofNullable(sum);
  }

  private PowerSums read(SparkSession spark, String output) {
    List<Row> rows;
    try {
      rows =
          spark
              .read()
              .schema(SCHEMA)
              .parquet(new Path(output, "_lemma/tables/sketch").toString())
              .collectAsList();
    } catch (Exception e) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "statistics",
              "no sketch can be read there",
              output,
              "the output.path of an earlier run of svd with reads = 1",
              "check the path"),
          e);
    }
    double[][] product = new double[dimension][];
    double[] columnSums = new double[dimension];
    double[] columnSquares = new double[dimension];
    Row head = null;
    for (Row row : rows) {
      int j = row.getInt(0);
      if (j < 0) {
        head = row;
      } else if (j < dimension) {
        product[j] = doubles(row, 1);
        columnSums[j] = row.getDouble(2);
        columnSquares[j] = row.getDouble(3);
      }
    }
    long[] state =
        head == null
            ? NO_STATE
            : head.<Long>getList(4).stream().mapToLong(Long::longValue).toArray();
    if (state.length <= HEADER) {
      throw refused(output, "a table without its header", "a sketch");
    }
    check(output, "seed", state[1], seed);
    check(output, "d", state[2], dimension);
    check(output, "rank + oversampling", state[3], width);
    double[] all = doubles(head, 1);
    if (rows.size() != dimension + 1 || all.length != width + PackedSymmetric.length(width)) {
      throw refused(output, rows.size() + " rows", (dimension + 1) + " rows");
    }
    long[] squares = Arrays.copyOfRange(state, HEADER, state.length);
    return new PowerSums(
        state[0],
        product,
        Arrays.copyOfRange(all, width, all.length),
        Arrays.copyOf(all, width),
        squares,
        columnSums,
        columnSquares);
  }

  private static double[] doubles(Row row, int at) {
    return row.<Double>getList(at).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void check(String output, String what, long found, long expected) {
    if (found != expected) {
      throw refused(output, what + " = " + found, what + " = " + expected);
    }
  }

  private static LemmaException refused(String output, String found, String expected) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "statistics",
            "the sketch at " + output + " does not add to this run's",
            found,
            expected,
            "use the keys of the earlier run"));
  }
}
