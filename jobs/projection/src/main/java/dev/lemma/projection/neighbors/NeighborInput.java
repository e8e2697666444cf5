// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.FrequencyCount;
import dev.lemma.kit.data.FrequencyTable;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.text.Weighting;
import java.util.EnumMap;
import java.util.Map;
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

  private static final String REASON = "reason";
  private static final String BYTES = "bytes";

  /** What one pass over a table counts. */
  record Checked(RowCounts counts, long bytes) {}

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
  Checked check(RowReader reader) {
    Map<BadRow, Long> bad = new EnumMap<>(BadRow.class);
    long total = 0;
    long bytes = 0;
    for (Row row :
        rows.select(
                RowScreen.reason(features, reader).as(REASON),
                octet_length(pack(reader)).cast(DataTypes.LongType).as(BYTES))
            .groupBy(REASON)
            .agg(count(lit(1)), sum(col(BYTES)))
            .collectAsList()) {
      total += row.getLong(1);
      if (row.isNullAt(0)) {
        bytes = row.isNullAt(2) ? 0 : row.getLong(2);
      } else {
        bad.put(BadRow.ofReason(row.getString(0)), row.getLong(1));
      }
    }
    return new Checked(new RowCounts(total, bad), bytes);
  }

  /** Ids and packed features of the good rows. */
  Dataset<Row> packed(RowReader reader) {
    return rows.filter(RowScreen.reason(features, reader).isNull())
        .select(ColumnNames.column(id).as("_lemma_id"), pack(reader).as("_lemma_packed"));
  }

  /** The points of the good rows. */
  PointSet points(RowReader reader, Checked checked) {
    return PointSet.of(packed(reader), dimension(), checked.counts().accepted(), checked.bytes());
  }

  private Column pack(RowReader reader) {
    return PlanCall.of(new PackedPoint(reader, dimension()), "pack", DataTypes.BinaryType)
        .on(features.value());
  }
}
