// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.data.ColumnNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * A table with a row for each draw and a column for each parameter.
 *
 * @param table the table
 * @param names its numeric columns but those that number draws
 * @param logWeight the one of logarithms of weights
 */
record WideDraws(TableDraws table, List<String> names, Optional<String> logWeight)
    implements DrawsSource {
  /** A number over all chains, as R writes it. */
  private static final String DRAW = ".draw";

  private static final int ROLES = 2;

  static WideDraws of(TableDraws table, DrawsConfig draws) {
    draws
        .logWeight()
        .ifPresent(
            name -> {
              TableDraws.requireColumn(table.rows(), "draws.log-weight", name);
              table.requireNumber("draws.log-weight", name);
            });
    Set<String> roles = new HashSet<>(List.of(table.iteration(), DRAW));
    table.chain().ifPresent(roles::add);
    List<String> names =
        Arrays.stream(table.rows().schema().fields())
            .filter(field -> field.dataType() instanceof NumericType)
            .map(field -> field.name())
            .filter(name -> !roles.contains(name))
            .toList();
    Optional<String> weight =
        draws.logWeight().or(() -> names.stream().filter(LOG_WEIGHT::equals).findFirst());
    return new WideDraws(table, names, weight);
  }

  @Override
  public String description() {
    return "wide: "
        + names.size()
        + " numeric columns, chain "
        + table.chain().map(name -> "by column " + name).orElse("one")
        + ", iteration by column "
        + table.iteration();
  }

  @Override
  public ChainCounts counts() {
    return table.counts(table.rows());
  }

  @Override
  public JavaPairRDD<Integer, DrawBlock> blocks(ColumnGroups groups) {
    int[] readings = groups.readings();
    JavaPairRDD<Integer, DrawBlock> all = null;
    for (int r = 0; r + 1 < readings.length; r++) {
      JavaPairRDD<Integer, DrawBlock> some = blocks(groups, readings[r], readings[r + 1]);
      all = all == null ? some : all.union(some);
    }
    return all;
  }

  private JavaPairRDD<Integer, DrawBlock> blocks(ColumnGroups groups, int from, int to) {
    List<Column> columns = new ArrayList<>();
    columns.add(table.chainColumn());
    columns.add(table.iterationColumn());
    for (String name : groups.names().subList(groups.from(from), groups.from(to))) {
      columns.add(ColumnNames.column(name).cast(DataTypes.DoubleType));
    }
    Dataset<Row> chosen = table.rows().select(columns.toArray(Column[]::new));
    return chosen
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsToPair(rows -> new BlockIterator(new StoredRows(rows), groups, from, to));
  }

  /** Rows as Spark has them: each is valid until the next. */
  private static final class StoredRows implements RowFeed {
    private final Iterator<InternalRow> rows;
    private InternalRow row;

    StoredRows(Iterator<InternalRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      if (!rows.hasNext()) {
        return false;
      }
      row = rows.next();
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw TableDraws.nameless();
      }
      return true;
    }

    @Override
    public long chain() {
      return row.getLong(0);
    }

    @Override
    public long iteration() {
      return row.getLong(1);
    }

    @Override
    public double value(int column) {
      int at = ROLES + column;
      return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
    }
  }
}
