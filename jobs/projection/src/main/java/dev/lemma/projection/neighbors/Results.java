// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Puts what was found of points back to rows: equal rows share their point's neighbours. */
final class Results {
  static final String NEIGHBOR = "neighbor";
  static final String DISTANCE = "distance";
  static final String RANK = "rank";
  static final String GROUP = "group";
  static final String GROUP_SIZE = "group_size";

  private static final String POINT = PointSet.POINT;
  private static final String COPY = PointSet.COPY;
  private static final String ID = PointSet.ID;
  private static final String LEFT = "left";
  private static final String RIGHT = "right";

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
      case TOP_K -> nearest(pairs(found));
      case RADIUS -> within(pairs(found));
      case GROUPS -> groups(components.of(found.pairs()));
    };
  }

  private Dataset<Row> pairs(Found found) {
    JavaRDD<Row> rows =
        found
            .pairs()
            .flatMap(
                chunk ->
                    IntStream.range(0, chunk.size())
                        .mapToObj(
                            i ->
                                RowFactory.create(
                                    chunk.left()[i], chunk.right()[i], chunk.distance()[i]))
                        .iterator());
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(LEFT, DataTypes.LongType, false)
            .add(RIGHT, DataTypes.LongType, false)
            .add(DISTANCE, DataTypes.DoubleType, false));
  }

  /** Columns id, neighbor, rank from 1, distance: at most k rows for each row that asks. */
  private Dataset<Row> nearest(Dataset<Row> pairs) {
    int most = search.isSelf() ? search.k() + 1 : search.k();
    // More copies of a point than this no list can hold.
    Dataset<Row> first =
        data.members(spark)
            .filter(col(COPY).lt(most))
            .select(col(POINT).as(RIGHT), col(COPY).as("other_copy"), col(ID).as(NEIGHBOR));
    Dataset<Row> candidates = pairs.join(first, RIGHT);
    if (search.isSelf()) {
      candidates =
          candidates.unionByName(
              first
                  .withColumn(LEFT, col(RIGHT))
                  .withColumn(DISTANCE, lit(0.0))
                  .select(candidates.columns()[0], tail(candidates.columns())));
    }
    Dataset<Row> lists =
        candidates
            .groupBy(col(LEFT))
            .agg(
                slice(
                        sort_array(
                            collect_list(
                                struct(
                                    col(DISTANCE), col(RIGHT), col("other_copy"), col(NEIGHBOR)))),
                        1,
                        most)
                    .as("list"));
    String own = "filter(list, e -> not (e.right = point and e.other_copy = copy))";
    Dataset<Row> asking = queries.members(spark);
    return asking
        .join(lists, asking.col(POINT).equalTo(lists.col(LEFT)))
        .withColumn(
            "list", expr("slice(" + (search.isSelf() ? own : "list") + ", 1, " + search.k() + ")"))
        .select(col(ID), expr("posexplode(list) as (position, entry)"))
        .select(
            col(ID),
            col("entry.neighbor").as(NEIGHBOR),
            col("position").plus(1).as(RANK),
            col("entry.distance").as(DISTANCE));
  }

  private static String[] tail(String[] names) {
    return java.util.Arrays.copyOfRange(names, 1, names.length);
  }

  /**
   * Columns id, neighbor, distance. In a self join each pair of rows once, the smaller id first,
   * equal rows among them.
   */
  private Dataset<Row> within(Dataset<Row> pairs) {
    Dataset<Row> asking = queries.members(spark);
    Dataset<Row> others =
        data.members(spark)
            .select(col(POINT).as(RIGHT), col(COPY).as("other_copy"), col(ID).as(NEIGHBOR));
    Dataset<Row> named =
        pairs
            .join(others, RIGHT)
            .join(asking.withColumnRenamed(POINT, LEFT), LEFT)
            .select(col(ID), col(NEIGHBOR), col(DISTANCE));
    if (!search.isSelf()) {
      return named;
    }
    Dataset<Row> equal =
        asking
            .join(others, col(POINT).equalTo(col(RIGHT)).and(col(COPY).lt(col("other_copy"))))
            .select(col(ID), col(NEIGHBOR), lit(0.0).as(DISTANCE));
    return named
        .unionByName(equal)
        .select(
            least(col(ID), col(NEIGHBOR)).as(ID),
            greatest(col(ID), col(NEIGHBOR)).as(NEIGHBOR),
            col(DISTANCE));
  }

  /** Columns id, group, group_size: every row, a row without company in a group of its own. */
  private Dataset<Row> groups(JavaRDD<long[]> components) {
    Dataset<Row> named =
        spark.createDataFrame(
            components.map(edge -> RowFactory.create(edge[0], edge[1])),
            new StructType()
                .add("node", DataTypes.LongType, false)
                .add("root", DataTypes.LongType, false));
    Dataset<Row> rooted =
        data.members(spark)
            .join(named, col(POINT).equalTo(col("node")), "left")
            .select(col(ID), coalesce(col("root"), col(POINT)).as("root"));
    return rooted
        .withColumn(GROUP, min(col(ID)).over(Window.partitionBy("root")))
        .withColumn(GROUP_SIZE, count(lit(1)).over(Window.partitionBy("root")))
        .select(ID, GROUP, GROUP_SIZE);
  }
}
