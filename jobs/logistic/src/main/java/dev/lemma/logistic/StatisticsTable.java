// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.apache.spark.sql.functions.col;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.io.LargeCells;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.ScatterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The statistics table. For each value of the key columns, each fold, and additions and deletions
 * apart, it has one row of the fold itself ({@code class} null; feature names, and the scatter
 * where it is pooled) and one for each class with rows in the fold. Numbers are those of {@code
 * ClassMoments}; {@code scatter} is packed upper, column-major. A scatter of more than {@link
 * ScatterTiles#LENGTH} numbers goes on in further rows, which hold nothing else ({@code tile} 1, 2,
 * ...).
 */
final class StatisticsTable {
  static final String VERSION = "schema_version";
  static final String FOLD = "fold";
  static final String FOLDS = "folds";
  static final String CLASS = "class";
  static final String TILE = "tile";
  static final String REMOVED = "removed";
  static final String ROWS = "rows";
  static final String WEIGHT = "weight";
  static final String SQUARED_WEIGHT = "squared_weight";
  static final String MEAN = "mean";
  static final String MEAN_REMAINDER = "mean_remainder";
  static final String SCATTER = "scatter";
  static final String THIRD = "third";
  static final String FOURTH = "fourth";
  static final String LAYOUT = "layout";
  static final String WEIGHTS = "weights";
  static final String FEATURES = "features";
  static final String FEATURE_HASH = "feature_hash";

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /** All columns but those of the keys, in their order. */
  static final StructType SCHEMA =
      new StructType()
          .add(VERSION, DataTypes.IntegerType)
          .add(FOLD, DataTypes.IntegerType)
          .add(FOLDS, DataTypes.IntegerType)
          .add(REMOVED, DataTypes.BooleanType)
          .add(CLASS, DataTypes.StringType)
          .add(TILE, DataTypes.IntegerType)
          .add(ROWS, DataTypes.LongType)
          .add(WEIGHT, DataTypes.DoubleType)
          .add(SQUARED_WEIGHT, DataTypes.DoubleType)
          .add(MEAN, DOUBLES)
          .add(MEAN_REMAINDER, DOUBLES)
          .add(SCATTER, DOUBLES, true, LargeCells.mark(new MetadataBuilder()).build())
          .add(THIRD, DOUBLES)
          .add(FOURTH, DataTypes.DoubleType)
          .add(LAYOUT, DataTypes.StringType)
          .add(WEIGHTS, DataTypes.StringType)
          .add(FEATURE_HASH, DataTypes.StringType)
          .add(FEATURES, DataTypes.createArrayType(DataTypes.StringType, false));

  private static final int FILES = 8;

  private static final Set<String> NAMES = Set.of(SCHEMA.fieldNames());

  private final String where;
  private final Dataset<Row> rows;
  private final StructType keys;
  private final StatisticsHeader header;

  private StatisticsTable(
      String where, Dataset<Row> rows, StructType keys, StatisticsHeader header) {
    this.where = where;
    this.rows = rows;
    this.keys = keys;
    this.header = header;
  }

  /** Why a column cannot be a key, when it has the name of one of the table's own. */
  static Optional<Problem> taken(List<String> keys) {
    List<String> clash =
        keys.stream().filter(key -> NAMES.stream().anyMatch(key::equalsIgnoreCase)).toList();
    return clash.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                "keys",
                "the statistics table has columns of its own called " + String.join(", ", clash),
                "rename them in the input"));
  }

  /** The table of these parts; the counts of rows among them are left out. */
  static Dataset<Row> of(
      SparkSession spark, JavaRDD<Part<Group>> parts, StructType keys, StatisticsHeader header) {
    List<StructField> fields = new ArrayList<>(List.of(keys.fields()));
    fields.addAll(List.of(SCHEMA.fields()));
    int keyCount = keys.size();
    StatisticsRows maker = new StatisticsRows(keyCount, header);
    JavaRDD<Row> made = parts.filter(part -> !part.group().isTally()).flatMap(maker::of);
    return spark.createDataFrame(
        made, new StructType(fields.toArray(StructField[]::new)).asNullable());
  }

  /**
   * A table in few files, as it is small beside what it came from: those of a folder in one; as the
   * configuration has it where it tells their number.
   */
  static Dataset<Row> arranged(Dataset<Row> table, OutputConfig output) {
    if (output.partitions().isPresent()) {
      return table;
    }
    return output.partitionBy().isEmpty()
        ? table.coalesce(FILES)
        : table.repartition(
            FILES, output.partitionBy().stream().map(ColumnNames::column).toArray(Column[]::new));
  }

  /**
   * Opens a table. Reads its small columns to check that all of it was made alike.
   *
   * @param where the key and path it came from, for messages
   * @throws LemmaException with {@link ExitCode#INPUT} if it is no statistics table, is empty, has
   *     another schema version, or was made in several ways
   */
  static StatisticsTable open(Dataset<Row> rows, String where) {
    List<String> missing =
        Arrays.stream(SCHEMA.fields())
            .filter(field -> !isThere(rows.schema(), field))
            .map(StructField::name)
            .toList();
    // A later version may have other columns: its number is told first.
    if (missing.contains(VERSION)) {
      throw noTable(where, missing);
    }
    List<Row> versions = rows.select(col(VERSION)).distinct().limit(5).collectAsList();
    for (Row version : versions) {
      if (version.isNullAt(0) || version.getInt(0) != StatisticsHeader.VERSION) {
        throw refused(
            where,
            "statistics of another schema version",
            VERSION + " = " + version.get(0),
            VERSION + " = " + StatisticsHeader.VERSION,
            "make them again with this release");
      }
    }
    if (!missing.isEmpty()) {
      throw noTable(where, missing);
    }
    if (versions.isEmpty()) {
      throw new LemmaException(
          ExitCode.INPUT, Problem.of(where, "the statistics table has no rows", "check the path"));
    }
    StructType keys =
        new StructType(
            Arrays.stream(rows.schema().fields())
                .filter(field -> !NAMES.contains(field.name()))
                .toArray(StructField[]::new));
    return new StatisticsTable(where, rows, keys, header(rows, where));
  }

  private static boolean isThere(StructType schema, StructField field) {
    return Arrays.stream(schema.fields())
        .anyMatch(
            found ->
                found.name().equals(field.name())
                    && found.dataType().asNullable().equals(field.dataType().asNullable()));
  }

  private static StatisticsHeader header(Dataset<Row> rows, String where) {
    List<Row> made =
        rows.filter(col(CLASS).isNull().and(col(TILE).equalTo(0)))
            .select(col(FOLDS), col(WEIGHTS), col(FEATURE_HASH), col(FEATURES))
            .dropDuplicates(new String[] {FOLDS, WEIGHTS, FEATURE_HASH})
            .orderBy(FOLDS, WEIGHTS, FEATURE_HASH)
            .limit(2)
            .collectAsList();
    if (made.isEmpty()) {
      throw noTable(where, List.of("rows of folds (class null)"));
    }
    StatisticsHeader header = header(made.get(0), where);
    if (made.size() > 1) {
      throw new LemmaException(
          ExitCode.INPUT, header.differences(header(made.get(1), where), where));
    }
    return header;
  }

  private static StatisticsHeader header(Row row, String where) {
    WeightMeaning weights =
        Arrays.stream(WeightMeaning.values())
            .filter(meaning -> meaning.key().equals(row.getString(1)))
            .findFirst()
            .orElseThrow(() -> noTable(where, List.of(WEIGHTS)));
    StatisticsHeader header =
        new StatisticsHeader(StatisticsHeader.VERSION, row.getInt(0), row.getList(3), weights);
    if (!header.featureHash().equals(row.getString(2))) {
      throw refused(
          where,
          "the feature names do not belong to the statistics",
          "hash " + header.featureHash() + " of the names",
          FEATURE_HASH + " = " + row.getString(2),
          "make the statistics again");
    }
    return header;
  }

  /** Where it came from. */
  String where() {
    return where;
  }

  /** What all of it is of. */
  StatisticsHeader header() {
    return header;
  }

  /** The key columns. */
  StructType keys() {
    return keys;
  }

  /** The rows as stored. */
  Dataset<Row> rows() {
    return rows;
  }

  /** The same table with some of its rows. */
  StatisticsTable where(Column condition) {
    return new StatisticsTable(where, rows.filter(condition), keys, header);
  }

  /** The values of the key columns that occur, in their order; one null where there are none. */
  List<Row> keyValues() {
    Column[] columns =
        Arrays.stream(keys.fieldNames()).map(ColumnNames::column).toArray(Column[]::new);
    return columns.length == 0
        ? Collections.singletonList(null)
        : rows.select(columns).distinct().orderBy(columns).collectAsList();
  }

  /** The parts of the table, under index 0, each in a task of its own with its whole scatter. */
  JavaRDD<Part<Group>> parts() {
    List<Column> grouping = new ArrayList<>();
    Arrays.stream(keys.fieldNames()).map(ColumnNames::column).forEach(grouping::add);
    grouping.add(col(REMOVED));
    grouping.add(col(FOLD));
    List<Column> all = new ArrayList<>();
    Arrays.stream(keys.fieldNames()).map(ColumnNames::column).forEach(all::add);
    Arrays.stream(SCHEMA.fieldNames())
        .filter(name -> !name.equals(FEATURES))
        .forEach(name -> all.add(col(name)));
    StatisticsReader reader = new StatisticsReader(keys, header.folds(), header.features(), where);
    return rows.select(all.toArray(Column[]::new))
        .repartition(grouping.toArray(Column[]::new))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(reader::read);
  }

  /** The layouts in use, as the table spells them. */
  static String layoutKey(ScatterLayout layout) {
    return layout.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static LemmaException noTable(String where, List<String> missing) {
    return refused(
        where,
        "this is no statistics table",
        "no " + String.join(", ", missing),
        "the output.path of logistic-stats or logistic-merge",
        "check the path");
  }

  private static LemmaException refused(
      String where, String what, String found, String expected, String remedy) {
    return new LemmaException(ExitCode.INPUT, new Problem(where, what, found, expected, remedy));
  }
}
