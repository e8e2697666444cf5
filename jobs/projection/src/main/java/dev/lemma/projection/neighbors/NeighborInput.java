// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.FrequencyCount;
import dev.lemma.kit.data.FrequencyTable;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.text.Weighting;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * One table of rows before they become points.
 *
 * @param rows the table
 * @param features where its features are
 * @param id the column that names rows
 */
record NeighborInput(Dataset<Row> rows, Features features, String id) {
  /** Up to so many features rows are kept dense. */
  static final int DENSE_UP_TO = 4096;

  private static final String PACKED = "_lemma_packed";

  /** The rows that are searched, or with {@code queries} those that ask. */
  static NeighborInput open(NeighborsConfig config, InputConfig input, Run run) {
    Dataset<Row> rows = Source.read(run.spark(), input);
    return of(
        rows,
        FeatureColumns.resolve(
            rows, config.columns(), config.d(), Optional.of(config.text().spec())),
        config.columns().id().orElseThrow());
  }

  static NeighborInput of(Dataset<Row> rows, Features features, String id) {
    DataType type = rows.select(ColumnNames.column(id)).schema().fields()[0].dataType();
    if (!RowOrdering.isOrderable(type)) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "columns.id = " + id,
              "ids of this type have no order",
              type.simpleString(),
              "a number, text, date or another type with an order",
              "name another column, or make a text of it"));
    }
    return new NeighborInput(rows, features, id);
  }

  /** d where rows are kept dense, otherwise 0. */
  int dimension() {
    OptionalLong d = features.dimension();
    return d.isPresent() && d.getAsLong() <= DENSE_UP_TO ? (int) d.getAsLong() : 0;
  }

  /** Reads the features; of texts weighted by tf-idf, document frequencies are counted first. */
  RowReader reader() {
    if (features instanceof Features.TextColumn text
        && text.spec().weighting() == Weighting.TF_IDF) {
      Broadcast<FrequencyTable> shared =
          JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
              .broadcast(new FrequencyTable(FrequencyCount.of(rows, text)));
      return RowReader.of(features, Precision.FLOAT, Optional.of(shared));
    }
    return RowReader.of(features, Precision.FLOAT);
  }

  /** Counts good and bad rows and the bytes of the good ones: one pass. */
  RowCheck check(RowReader reader) {
    return check(reader, RowCheck.counting());
  }

  /** As {@link #check(RowReader)}; of dense rows it draws those that regions are made of. */
  RowCheck draw(RowReader reader) {
    return check(reader, dimension() > 0 ? RowCheck.drawing() : RowCheck.counting());
  }

  private RowCheck check(RowReader reader, RowCheck empty) {
    return rows.withColumn(PACKED, pack(reader, Regions.whole()))
        .select(
            col(PACKED),
            when(col(PACKED).isNull(), RowScreen.reason(features, reader)).as("reason"))
        .toJavaRDD()
        .treeAggregate(empty, RowCheck::add, RowCheck::merge);
  }

  /** Ids and packed features of the good rows. */
  Dataset<Row> packed(RowReader reader, Regions regions) {
    return rows.select(ColumnNames.column(id).as("_lemma_id"), pack(reader, regions).as(PACKED))
        .filter(col(PACKED).isNotNull());
  }

  /** The points of the good rows of a table that is searched by the points of another. */
  PointSet points(RowReader reader, RowCheck check) {
    return points(reader, check, Regions.whole());
  }

  /** The points of the good rows of a table that is searched by itself: near ones together. */
  PointSet points(RowReader reader, RowCheck check, Metric metric) {
    return points(
        reader, check, Regions.of(metric, dimension(), check.sample(), check.counts().accepted()));
  }

  private PointSet points(RowReader reader, RowCheck check, Regions regions) {
    long good = check.counts().accepted();
    int parallelism = rows.sparkSession().sparkContext().defaultParallelism();
    return PointSet.of(
        packed(reader, regions),
        dimension(),
        good,
        check.bytes(),
        regions,
        PointSet.tiles(good, check.bytes(), parallelism));
  }

  /** Once for each row: not again for a filter. */
  private Column pack(RowReader reader, Regions regions) {
    return PlanCall.of(new PackedPoint(reader, dimension(), regions), "pack", DataTypes.BinaryType)
        .once()
        .on(features.value());
  }
}
