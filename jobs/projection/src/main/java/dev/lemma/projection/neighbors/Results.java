// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Puts what was found of points back to rows: equal rows share their point's neighbours. Rows are
 * formed where the points that ask lie; the ids of others are asked for, once for each tile.
 */
final class Results {
  static final String ID = "id";
  static final String NEIGHBOR = "neighbor";
  static final String DISTANCE = "distance";
  static final String RANK = "rank";
  static final String GROUP = "group";
  static final String GROUP_SIZE = "group_size";

  private static final String ROOT = "root";

  private final SparkSession spark;
  private final Search search;
  private final PointSet queries;
  private final PointSet data;

  /**
   * Results of a search.
   *
   * @param queries the points that ask; in a self join the data
   */
  Results(SparkSession spark, Search search, PointSet queries, PointSet data) {
    this.spark = spark;
    this.search = search;
    this.queries = queries;
    this.data = data;
  }

  /** The main table. */
  Dataset<Row> of(Found found, Components components) {
    return switch (search.task()) {
      case TOP_K -> nearest(found);
      case RADIUS -> within(found);
      case GROUPS -> groups(components.of(found.pairs()));
    };
  }

  /** A tile's own names with all others that its pairs lead to. */
  private record Named(long first, Names own, NameBook book) {}

  /** Columns id, neighbor, rank from 1, distance: at most k rows for each row that asks. */
  private Dataset<Row> nearest(Found found) {
    Search search = this.search;
    JavaRDD<Row> rows =
        named(found, search.k())
            .zipPartitions(
                found.pairs(),
                (part, chunks) -> {
                  Named named = part.next();
                  return new NearestRows(search, named.first(), named.own(), named.book(), chunks);
                });
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(ID, queries.idType(), true)
            .add(NEIGHBOR, data.idType(), true)
            .add(RANK, DataTypes.IntegerType, false)
            .add(DISTANCE, DataTypes.DoubleType, false));
  }

  /**
   * Columns id, neighbor, distance. In a self join each pair of rows once, the smaller id first,
   * equal rows among them.
   */
  private Dataset<Row> within(Found found) {
    boolean self = search.isSelf();
    JavaRDD<Row> rows =
        named(found, Integer.MAX_VALUE)
            .zipPartitions(
                found.pairs(),
                (part, chunks) -> {
                  Named named = part.next();
                  return new PairRows(self, named.first(), named.own(), named.book(), chunks);
                });
    Dataset<Row> pairs =
        spark.createDataFrame(
            rows,
            new StructType()
                .add(ID, queries.idType(), true)
                .add(NEIGHBOR, data.idType(), true)
                .add(DISTANCE, DataTypes.DoubleType, false));
    return self
        ? pairs.select(
            least(col(ID), col(NEIGHBOR)).as(ID),
            greatest(col(ID), col(NEIGHBOR)).as(NEIGHBOR),
            col(DISTANCE))
        : pairs;
  }

  /** The names that each tile of queries needs, at most so many of one point of another tile. */
  private JavaRDD<Named> named(Found found, int most) {
    boolean self = search.isSelf();
    PointSet.Starts starts = queries.starts();
    PointSet.Starts others = data.starts();
    JavaRDD<long[]> wanted =
        found
            .pairs()
            .mapPartitionsWithIndex(
                (tile, part) -> {
                  long from = starts.first()[tile];
                  long to = starts.first()[tile + 1];
                  List<long[]> points = new ArrayList<>();
                  part.forEachRemaining(chunk -> points.add(others(chunk, self, from, to)));
                  return points.iterator();
                },
                true);
    return queries
        .indexed()
        .zipPartitions(
            TileRequests.answers(wanted, data, self, (tile, chosen) -> tile.names(chosen, most)),
            (tile, answers) ->
                List.of(named(tile.next(), answers, starts, others, self)).iterator());
  }

  private static Named named(
      Tuple2<Integer, Tile> tile,
      Iterator<TileRequests.Answer<Names>> answers,
      PointSet.Starts starts,
      PointSet.Starts others,
      boolean self) {
    Names own = tile._2().names();
    NameBook book = NameBook.of(others, answers);
    return new Named(starts.first()[tile._1()], own, self ? book.with(tile._1(), own) : book);
  }

  /** The points of pairs that are not the tile's own; of two own ones the second. */
  private static long[] others(PairChunk chunk, boolean self, long from, long to) {
    long[] others = new long[chunk.size()];
    for (int i = 0; i < others.length; i++) {
      long left = chunk.left()[i];
      others[i] = !self || (left >= from && left < to) ? chunk.right()[i] : left;
    }
    return others;
  }

  /** Columns id, group, group_size: every row, a row without company in a group of its own. */
  private Dataset<Row> groups(JavaRDD<long[]> components) {
    PointSet.Starts starts = data.starts();
    JavaRDD<long[]> edges =
        components
            .mapPartitions(part -> byTile(part, starts))
            .mapToPair(chunk -> chunk)
            .partitionBy(new ByIndex(starts.tiles()))
            .values();
    JavaRDD<Row> rows =
        data.indexed()
            .zipPartitions(edges, (tile, part) -> rooted(tile.next(), part, starts).iterator());
    return spark
        .createDataFrame(
            rows,
            new StructType().add(ID, data.idType(), true).add(ROOT, DataTypes.LongType, false))
        .withColumn(GROUP, min(col(ID)).over(Window.partitionBy(ROOT)))
        .withColumn(GROUP_SIZE, count(lit(1)).over(Window.partitionBy(ROOT)))
        .select(ID, GROUP, GROUP_SIZE);
  }

  private static Iterator<Tuple2<Integer, long[]>> byTile(
      Iterator<long[]> edges, PointSet.Starts starts) {
    LongList[] lists = new LongList[starts.tiles()];
    while (edges.hasNext()) {
      long[] edge = edges.next();
      int tile = starts.tileOf(edge[0]);
      lists[tile] = lists[tile] == null ? new LongList() : lists[tile];
      lists[tile].add(edge[0], edge[1]);
    }
    return LongList.byPlace(lists);
  }

  /** The rows of a tile with the smallest point of their component. */
  private static List<Row> rooted(
      Tuple2<Integer, Tile> indexed, Iterator<long[]> edges, PointSet.Starts starts) {
    Tile tile = indexed._2();
    long[] roots = starts.numbers(indexed._1());
    long first = starts.first()[indexed._1()];
    while (edges.hasNext()) {
      long[] chunk = edges.next();
      for (int e = 0; e < chunk.length; e += 2) {
        roots[(int) (chunk[e] - first)] = chunk[e + 1];
      }
    }
    List<Row> rows = new ArrayList<>(tile.ids().length);
    for (int r = 0; r < tile.ids().length; r++) {
      rows.add(RowFactory.create(tile.ids()[r], roots[tile.pointOf()[r]]));
    }
    return rows;
  }
}
