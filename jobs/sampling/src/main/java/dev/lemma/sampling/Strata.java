// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the lowest rank that a sample of fixed size leaves out, in each stratum, by a radix
 * selection: one pass counts rows by the leading bits of their ranks, a second orders the few rows
 * of the one bin that holds the threshold. No row travels but those.
 *
 * <p>Memory: a task holds the bins of its rows, at most some thousands a stratum, and in the second
 * pass one bin of a stratum, about 1/4096 of its rows; the driver holds a line for each stratum.
 */
final class Strata {
  /** Most strata whose thresholds are sent to every executor. */
  static final int MOST = 100_000;

  // Priorities are uniform: 13 bits make 8,192 bins. Ranks are exponential variates over weights of
  // any size, as bits of a double: all 12 of sign and exponent, and 8 more to divide a binade.
  private static final int PRIORITY_SHIFT = 51;
  private static final int RANK_SHIFT = 44;

  private static final String BIN = "_lemma_bin";
  private static final String ROWS = "_lemma_rows";
  private static final String BEFORE = "_lemma_before";
  private static final String SIZE = "_lemma_size";
  private static final String PLACE = "_lemma_place";
  private static final String NAME = "_lemma_name";
  private static final String LEFT = "_lemma_left_out";

  private final SampleConfig config;
  private final Dataset<Row> ranked;
  private final List<String> names;

  Strata(SampleConfig config, Dataset<Row> ranked) {
    this.config = config;
    this.ranked = withStrata(ranked, config.strata());
    this.names = IntStream.range(0, config.strata().size()).mapToObj(Strata::name).toList();
  }

  private static String name(int i) {
    return "_lemma_stratum_" + i;
  }

  private static Dataset<Row> withStrata(Dataset<Row> rows, List<String> strata) {
    Dataset<Row> named = rows;
    for (int i = 0; i < strata.size(); i++) {
      named = named.withColumn(name(i), ColumnNames.column(strata.get(i)));
    }
    return named;
  }

  /** The strata with their thresholds, by name; runs two passes. */
  List<Stratum> find() {
    Dataset<Row> cumulated = cumulated().persist();
    try {
      List<Row> sizes = sizes(cumulated);
      Dataset<Row> thresholds = thresholds(cumulated);
      return join(sizes, thresholds.collectAsList(), thresholds.schema());
    } finally {
      cumulated.unpersist(true);
    }
  }

  /** Rows by stratum and bin, with those of the bins before and the size wanted. */
  private Dataset<Row> cumulated() {
    Column[] by = with(keys(), col(BIN));
    Dataset<Row> bins = ranked.withColumn(BIN, bin()).groupBy(by).agg(count(lit(1)).as(ROWS));
    WindowSpec all = Window.partitionBy(keys());
    WindowSpec before =
        all.orderBy(BIN).rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return bins.withColumn(BEFORE, sum(ROWS).over(before).minus(col(ROWS)))
        .withColumn(NAME, joined())
        .withColumn(SIZE, wanted());
  }

  private Column bin() {
    boolean weighted = config.columns().weight().isPresent();
    return shiftright(col(SampleInput.RANK), weighted ? RANK_SHIFT : PRIORITY_SHIFT);
  }

  private Column joined() {
    Column[] texts =
        names.stream()
            .map(name -> coalesce(col(name).cast(DataTypes.StringType), lit("null")))
            .toArray(Column[]::new);
    return texts.length == 0 ? lit("") : array_join(array(texts), ",");
  }

  private Column wanted() {
    Column size = lit(config.rows().orElse(0));
    List<String> named = config.quotas().keySet().stream().sorted().toList();
    for (String stratum : named) {
      size = when(col(NAME).equalTo(stratum), lit(config.quotas().get(stratum))).otherwise(size);
    }
    return size;
  }

  private List<Row> sizes(Dataset<Row> cumulated) {
    Column[] by = with(keys(), col(NAME), col(SIZE));
    List<Row> sizes =
        cumulated
            .groupBy(by)
            .agg(sum(ROWS).as(ROWS))
            .orderBy(with(new Column[] {col(NAME)}, keys()))
            .limit(MOST + 1)
            .collectAsList();
    if (sizes.size() > MOST) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "strata = " + String.join(", ", config.strata()),
              "too many different values",
              "more than " + MOST,
              "at most " + MOST,
              "choose columns with fewer values"));
    }
    return sizes;
  }

  /** The first row that is left out, for each stratum that leaves any out. */
  private Dataset<Row> thresholds(Dataset<Row> cumulated) {
    Column last = col(BEFORE).plus(col(ROWS));
    Dataset<Row> boundary =
        cumulated
            .filter(col(BEFORE).leq(col(SIZE)).and(last.gt(col(SIZE))))
            .select(with(renamed("_of"), col(BIN).as(BIN + "_of"), col(BEFORE), col(SIZE)));
    Dataset<Row> candidates =
        ranked
            .select(with(keys(), col(SampleInput.RANK), col(SampleInput.KEY)))
            .withColumn(BIN, bin())
            .join(broadcast(boundary), sameStratum("_of").and(col(BIN).equalTo(col(BIN + "_of"))));
    WindowSpec order =
        Window.partitionBy(keys()).orderBy(col(SampleInput.RANK), unsignedKey(0), unsignedKey(1));
    return candidates
        .withColumn(PLACE, row_number().over(order).plus(col(BEFORE)))
        .filter(col(PLACE).equalTo(col(SIZE).plus(1)))
        .select(
            with(
                keys(),
                col(SampleInput.RANK).as(LEFT),
                col(SampleInput.KEY + ".first").as(LEFT + "_first"),
                col(SampleInput.KEY + ".second").as(LEFT + "_second")));
  }

  private static Column unsignedKey(int half) {
    return col(SampleInput.KEY + (half == 0 ? ".first" : ".second"))
        .bitwiseXOR(lit(Long.MIN_VALUE));
  }

  private List<Stratum> join(List<Row> sizes, List<Row> thresholds, StructType schema) {
    int k = names.size();
    java.util.Map<Row, Row> found = new java.util.HashMap<>();
    thresholds.forEach(row -> found.put(values(row), row));
    List<Stratum> strata = new ArrayList<>();
    for (Row size : sizes) {
      Row values = values(size);
      Row at = found.get(values);
      long rows = size.getLong(k + 2);
      strata.add(
          new Stratum(
              size.getString(k),
              values,
              rows,
              Math.min(rows, size.getLong(k + 1)),
              at == null
                  ? null
                  : new Stratum.Threshold(at.getLong(k), at.getLong(k + 1), at.getLong(k + 2))));
    }
    return strata;
  }

  private Row values(Row row) {
    return RowFactory.create(IntStream.range(0, names.size()).mapToObj(row::get).toArray());
  }

  /**
   * The rows that the sample takes, each with the lowest rank left out in its stratum as column
   * {@link #threshold}, null where the whole stratum is taken.
   */
  Dataset<Row> taken(List<Stratum> strata) {
    StructType schema = new StructType();
    for (String name : names) {
      StructField field = ranked.schema().apply(name);
      schema = schema.add(name + "_of", field.dataType(), true);
    }
    schema =
        schema
            .add(SIZE, DataTypes.LongType, false)
            .add(LEFT, DataTypes.LongType, true)
            .add(LEFT + "_first", DataTypes.LongType, true)
            .add(LEFT + "_second", DataTypes.LongType, true);
    Dataset<Row> table =
        ranked
            .sparkSession()
            .createDataFrame(strata.stream().map(this::line).toList(), schema)
            .coalesce(1);
    Dataset<Row> matched = ranked.join(broadcast(table), sameStratum("_of"));
    Column first = unsignedKey(0);
    Column leftFirst = col(LEFT + "_first").bitwiseXOR(lit(Long.MIN_VALUE));
    Column leftSecond = col(LEFT + "_second").bitwiseXOR(lit(Long.MIN_VALUE));
    Column rank = col(SampleInput.RANK);
    Column below =
        rank.lt(col(LEFT))
            .or(
                rank.equalTo(col(LEFT))
                    .and(
                        first
                            .lt(leftFirst)
                            .or(first.equalTo(leftFirst).and(unsignedKey(1).lt(leftSecond)))));
    return matched.filter(col(LEFT).isNull().or(below));
  }

  /** Column of {@link #taken}: the lowest rank left out. */
  static Column threshold() {
    return col(LEFT);
  }

  private Row line(Stratum stratum) {
    Object[] cells = new Object[names.size() + 4];
    for (int i = 0; i < names.size(); i++) {
      cells[i] = stratum.values().get(i);
    }
    Stratum.Threshold threshold = stratum.threshold();
    cells[names.size()] = stratum.size();
    if (threshold != null) {
      cells[names.size() + 1] = threshold.rank();
      cells[names.size() + 2] = threshold.first();
      cells[names.size() + 3] = threshold.second();
    }
    return RowFactory.create(cells);
  }

  private Column sameStratum(String suffix) {
    Column same = lit(true);
    for (String name : names) {
      same = same.and(col(name).eqNullSafe(col(name + suffix)));
    }
    return same;
  }

  private Column[] keys() {
    return names.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
  }

  private Column[] renamed(String suffix) {
    return names.stream().map(name -> col(name).as(name + suffix)).toArray(Column[]::new);
  }

  private static Column[] with(Column[] columns, Column... more) {
    Column[] all = java.util.Arrays.copyOf(columns, columns.length + more.length);
    System.arraycopy(more, 0, all, columns.length, more.length);
    return all;
  }
}
