// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.lattice.LatticeSize;
import dev.lemma.math.sampling.lattice.LatticeStrip;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Configurations of spins as tables and as a picture, made on the executors. */
final class SpinTables {
  private static final String REPLICA = DrawsTable.CHAIN;

  private SpinTables() {}

  /** A row of the table for each row of each lattice: its spins from left to right. */
  static Dataset<Row> ofLattice(
      SparkSession spark, JavaRDD<SpinPart> parts, LatticeKernel kernel, SpinValues values) {
    StructType schema =
        new StructType()
            .add(REPLICA, DataTypes.IntegerType, false)
            .add("row", DataTypes.IntegerType, false)
            .add("spins", DataTypes.createArrayType(DataTypes.ByteType, false), false);
    JavaRDD<Row> rows =
        parts.flatMap(
            part ->
                IntStream.range(0, part.states().length / kernel.size().columns())
                    .mapToObj(row -> latticeRow(part, row, kernel, values))
                    .iterator());
    return spark.createDataFrame(rows, schema);
  }

  private static Row latticeRow(SpinPart part, int row, LatticeKernel kernel, SpinValues values) {
    LatticeSize size = kernel.size();
    int number = kernel.firstRow(part.strip()) + row;
    List<Byte> spins = new ArrayList<>(size.columns());
    for (int column = 0; column < size.columns(); column++) {
      int at = row * size.columns() + LatticeStrip.index(size, number, column);
      spins.add(values.of(part.states()[at]));
    }
    return RowFactory.create(
        part.replica() + 1, number, CollectionConverters.asScala(spins).toSeq());
  }

  /** A row of the table for each site of each graph. */
  static Dataset<Row> ofGraph(
      SparkSession spark, JavaRDD<SpinPart> parts, Broadcast<long[]> names, SpinValues values) {
    StructType schema =
        new StructType()
            .add(REPLICA, DataTypes.IntegerType, false)
            .add("site", DataTypes.LongType, false)
            .add("spin", DataTypes.ByteType, false);
    JavaRDD<Row> rows =
        parts.flatMap(
            part ->
                IntStream.range(0, part.states().length)
                    .mapToObj(
                        site ->
                            RowFactory.create(
                                part.replica() + 1,
                                names.value()[site],
                                values.of(part.states()[site])))
                    .iterator());
    return spark.createDataFrame(rows, schema);
  }

  /** Every n-th site of every n-th row of the first replica, at most {@code most} of either. */
  static int[][] picture(JavaRDD<SpinPart> parts, LatticeKernel kernel, int most) {
    LatticeSize size = kernel.size();
    int step = (Math.max(size.rows(), size.columns()) + most - 1) / most;
    int[][] tiles = new int[(size.rows() + step - 1) / step][];
    for (Tuple2<Integer, int[]> row :
        parts
            .filter(part -> part.replica() == 0)
            .flatMap(part -> tiles(part, kernel, step).iterator())
            .collect()) {
      tiles[row._1() / step] = row._2();
    }
    return tiles;
  }

  private static List<Tuple2<Integer, int[]>> tiles(SpinPart part, LatticeKernel kernel, int step) {
    LatticeSize size = kernel.size();
    int first = kernel.firstRow(part.strip());
    int rows = part.states().length / size.columns();
    List<Tuple2<Integer, int[]>> tiles = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int number = first + row;
      if (number % step == 0) {
        int offset = row * size.columns();
        int[] states =
            IntStream.iterate(0, column -> column < size.columns(), column -> column + step)
                .map(column -> part.states()[offset + LatticeStrip.index(size, number, column)])
                .toArray();
        tiles.add(new Tuple2<>(number, states));
      }
    }
    return tiles;
  }
}
