// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.apache.spark.sql.functions.col;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowSampler;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The distinct rows of a table, numbered from 0 in the order of their regions and hashes: the same
 * numbers however many tiles there are. Kept on executors until {@link #close}.
 *
 * @param tiles the points, tile i in partition i
 * @param starts number of the first point of each tile, and behind it the number of all
 * @param regions by which they are ordered
 * @param rows number of rows
 * @param bytes of all points
 * @param idType type of the ids
 */
record PointSet(
    JavaRDD<Tile> tiles, Starts starts, Regions regions, long rows, long bytes, DataType idType)
    implements AutoCloseable {
  /** Bytes of points that a tile has at most, about. */
  static final long TILE_BYTES = 8L << 20;

  /** Points that a tile has at most, about: their best lists are held in memory. */
  static final int TILE_ROWS = 16_384;

  /** Points below which a tile is not worth its task. */
  private static final int LEAST_TILE_ROWS = 1024;

  private static final String POINT = "point";

  /** Where each tile begins. */
  record Starts(long[] first) implements Serializable {
    private static final long serialVersionUID = 1L;

    int tiles() {
      return first.length - 1;
    }

    long points() {
      return first[first.length - 1];
    }

    int tileOf(long point) {
      int place = Arrays.binarySearch(first, point);
      if (place < 0) {
        return -place - 2;
      }
      // Empty tiles begin where the next one does.
      while (place + 1 < first.length && first[place + 1] == point) {
        place++;
      }
      return place;
    }

    /** The numbers of a tile's points. */
    long[] numbers(int tile) {
      long[] numbers = new long[(int) (first[tile + 1] - first[tile])];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = first[tile] + i;
      }
      return numbers;
    }
  }

  /** How many tiles so many rows of so many bytes make. */
  static int tiles(long rows, long bytes, int parallelism) {
    long forMemory = Math.max(bytes / TILE_BYTES, rows / TILE_ROWS) + 1;
    long forTasks = Math.min(2L * parallelism, rows / LEAST_TILE_ROWS);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(forMemory, Math.max(1, forTasks)));
  }

  /**
   * Collects the points: one shuffle of the packed rows.
   *
   * @param packed column 0 the id, column 1 the packed row
   * @param dimension d, or 0 where rows are packed sparse
   * @param rows number of rows
   * @param bytes of the packed rows
   */
  static PointSet of(Dataset<Row> packed, int dimension, long rows, long bytes) {
    int parallelism = packed.sparkSession().sparkContext().defaultParallelism();
    return of(packed, dimension, rows, bytes, Regions.whole(), tiles(rows, bytes, parallelism));
  }

  /** As {@link #of(Dataset, int, long, long)} of rows packed by regions, in so many tiles. */
  static PointSet of(
      Dataset<Row> packed, int dimension, long rows, long bytes, Regions regions, int tiles) {
    SparkSession spark = packed.sparkSession();
    String[] names = packed.columns();
    var tileOf =
        PlanCall.of(new PackedPoint.TileOf(regions, tiles), "tile", DataTypes.IntegerType)
            .neverNull();
    JavaRDD<Tile> built =
        rows == 0
            // Spark makes no partition of a plan that it knows to be empty.
            ? JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(TileBuilder.of(dimension, Collections.emptyIterator())), 1)
            : packed
                .repartitionById(tiles, tileOf.on(ColumnNames.column(names[1])))
                .sortWithinPartitions(ColumnNames.column(names[1]), ColumnNames.column(names[0]))
                .toJavaRDD()
                .mapPartitions(part -> List.of(TileBuilder.of(dimension, part)).iterator(), true);
    built = built.persist(StorageLevel.MEMORY_AND_DISK());
    List<Integer> sizes = built.map(Tile::size).collect();
    long[] first = new long[tiles + 1];
    for (int t = 0; t < tiles; t++) {
      first[t + 1] = first[t] + sizes.get(t);
    }
    return new PointSet(
        built, new Starts(first), regions, rows, bytes, packed.schema().fields()[0].dataType());
  }

  /** Number of points. */
  long points() {
    return starts.points();
  }

  /** Each tile with its index. */
  JavaRDD<Tuple2<Integer, Tile>> indexed() {
    return tiles.mapPartitionsWithIndex(
        (index, part) -> List.of(new Tuple2<>(index, part.next())).iterator(), true);
  }

  /**
   * A uniform sample of the points for one purpose, by their hashes: numbers ascending.
   *
   * @param purpose what one selects says nothing about what another does
   */
  long[] sample(SparkSession spark, String purpose, long seed, int count) {
    if (points() == 0) {
      return new long[0];
    }
    Starts starts = this.starts;
    JavaRDD<Row> rows =
        tiles.mapPartitionsWithIndex(
            (index, part) -> {
              Tile tile = part.next();
              return IntStream.range(0, tile.size())
                  .mapToObj(
                      i ->
                          RowFactory.create(
                              starts.first()[index] + i,
                              tile.hashes()[2 * i],
                              tile.hashes()[2 * i + 1]))
                  .iterator();
            },
            true);
    Dataset<Row> points =
        spark.createDataFrame(
            rows,
            new StructType()
                .add(POINT, DataTypes.LongType, false)
                .add("first", DataTypes.LongType, false)
                .add("second", DataTypes.LongType, false));
    return RowSampler.of(purpose, seed)
        .sample(points, functions.struct(col("first"), col("second")), points(), count)
        .stream()
        .mapToLong(row -> row.getLong(0))
        .sorted()
        .toArray();
  }

  /**
   * What is wrong with the ids.
   *
   * @param missing rows without one
   * @param repeated rows whose id another row has already
   */
  record Ids(long missing, long repeated) {}

  /** Counts missing and repeated ids: one shuffle of ids. */
  Ids ids(SparkSession spark) {
    Row counted =
        spark
            .createDataFrame(
                tiles.flatMap(
                    tile -> Arrays.stream(tile.ids()).map(id -> RowFactory.create(id)).iterator()),
                new StructType().add("id", idType, true))
            .groupBy("id")
            .count()
            .agg(
                functions.sum(functions.when(col("id").isNull(), col("count")).otherwise(0)),
                functions.sum(col("count").minus(1)))
            .head();
    return counted.isNullAt(0) ? new Ids(0, 0) : new Ids(counted.getLong(0), counted.getLong(1));
  }

  /** Some points, in the order of their numbers. */
  Tile fetch(long[] numbers) {
    Starts starts = this.starts;
    List<Tile> parts =
        tiles
            .mapPartitionsWithIndex(
                (index, part) -> {
                  Tile tile = part.next();
                  int[] chosen =
                      Arrays.stream(numbers)
                          .filter(p -> p >= starts.first()[index] && p < starts.first()[index + 1])
                          .mapToInt(p -> (int) (p - starts.first()[index]))
                          .toArray();
                  return List.of(tile.points(chosen)).iterator();
                },
                true)
            .collect();
    return join(parts);
  }

  private static Tile join(List<Tile> parts) {
    int size = parts.stream().mapToInt(Tile::size).sum();
    int entries = parts.stream().mapToInt(part -> part.values().length).sum();
    boolean dense = parts.get(0).dimension() > 0;
    float[] values = new float[entries];
    long[] features = dense ? null : new long[entries];
    int[] places = dense ? null : new int[size + 1];
    int at = 0;
    int row = 0;
    for (Tile part : parts) {
      System.arraycopy(part.values(), 0, values, at, part.values().length);
      if (!dense) {
        System.arraycopy(part.features(), 0, features, at, part.values().length);
        for (int i = 0; i < part.size(); i++) {
          places[++row] = at + part.starts()[i + 1];
        }
      }
      at += part.values().length;
    }
    return new Tile(
        parts.get(0).dimension(),
        size,
        values,
        places,
        features,
        new long[0],
        new int[0],
        new Object[0]);
  }

  @Override
  public void close() {
    tiles.unpersist(false);
  }
}
