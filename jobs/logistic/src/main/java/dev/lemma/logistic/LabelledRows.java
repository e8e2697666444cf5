// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.ColumnsReader;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.data.SourceBatches;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of an input as logistic regression sees them: features, class, weight, key and fold.
 * Says which columns take part; reads nothing by itself, except one row where nothing else tells d.
 */
public final class LabelledRows {
  // The weight stands before the features: rows of one key are ordered by their content, and equal
  // features may be stored dense in one row and sparse in another.
  static final int WEIGHT = 0;
  static final int LABEL = 1;
  static final int GROUP = 2;
  static final int VALUE = 3;
  static final int KEY = 4;
  static final int LEAF = 5;

  /** Where features that are columns of their own begin, in rows that are not in leaves. */
  static final int SIDE_BY_SIDE = 5;

  private static final String LABEL_KEY = "_lemma_label";
  private static final String ROW_KEY = "_lemma_row_key";

  private final Dataset<Row> rows;
  private final Features features;
  private final StructField label;
  private final LabelKind kind;
  private final ColumnsConfig columns;
  private final WeightMeaning weights;
  private final List<StructField> keys;

  private LabelledRows(
      Dataset<Row> rows,
      Features features,
      StructField label,
      LabelKind kind,
      ColumnsConfig columns,
      WeightMeaning weights,
      List<StructField> keys) {
    this.rows = rows;
    this.features = features;
    this.label = label;
    this.kind = kind;
    this.columns = columns;
    this.weights = weights;
    this.keys = keys;
  }

  /**
   * Finds the columns.
   *
   * @param rows the input
   * @param columns which column plays which part; {@code label} must be set
   * @param d number of features if the caller knows it
   * @param weights what weights mean; without a weight column every row has weight 1
   * @param keys columns whose values get results of their own; empty for one result
   * @throws LemmaException with {@link ExitCode#INPUT} and the problems: columns that are not there
   *     or have a type that cannot be used, texts among the features
   */
  public static LabelledRows of(
      Dataset<Row> rows,
      ColumnsConfig columns,
      OptionalLong d,
      WeightMeaning weights,
      List<String> keys) {
    Features features = FeatureColumns.resolve(rows, columns, d, Optional.empty());
    ColumnNames names = new ColumnNames(rows);
    List<Problem> problems = new ArrayList<>();
    String wanted = columns.label().orElseThrow();
    StructField label = names.find("columns.label", wanted, problems).orElseThrow();
    Optional<LabelKind> kind = LabelKind.of(label.dataType());
    if (kind.isEmpty()) {
      problems.add(
          new Problem(
              "columns.label = " + wanted,
              "this type makes no class",
              label.dataType().simpleString(),
              "a number, text, boolean, date or timestamp",
              "choose another column, or make a text of it where the input is written"));
    }
    List<StructField> found =
        keys.stream().flatMap(key -> names.find("keys", key, problems).stream()).toList();
    for (StructField key : found) {
      if (LabelKind.of(key.dataType()).isEmpty()) {
        problems.add(
            new Problem(
                "keys = " + key.name(),
                "this type makes no key",
                key.dataType().simpleString(),
                "a number, text, boolean, date or timestamp",
                "choose another column, or make a text of it where the input is written"));
      }
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return new LabelledRows(
        rows, features, label, kind.orElseThrow(), columns, weights, List.copyOf(found));
  }

  /** Number of features. */
  public int d() {
    return Math.toIntExact(features.dimension().orElseThrow());
  }

  /** What the features are called, d names. */
  public List<String> featureNames() {
    return FeatureNames.of(features, rows.schema());
  }

  /** Where the features are. */
  public Features features() {
    return features;
  }

  /** The input as it came. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** What weights mean. */
  public WeightMeaning weights() {
    return weights;
  }

  /** The columns whose values get results of their own. */
  public StructType keys() {
    return new StructType(keys.toArray(StructField[]::new));
  }

  /** The label's key and column, for messages. */
  String labelKey() {
    return "columns.label = " + label.name();
  }

  LabelKind kind() {
    return kind;
  }

  RowReader reader() {
    return RowReader.of(features, Precision.DOUBLE);
  }

  boolean isVector() {
    return features instanceof Features.VectorColumn;
  }

  /**
   * A screen that names and keeps the bad rows: by their features, without a class ({@link
   * BadRow#NO_LABEL}), without a finite weight ({@link BadRow#NO_WEIGHT}), or with a negative one
   * that means nothing ({@link BadRow#NEGATIVE_WEIGHT}).
   */
  public RowScreen screen() {
    Column reason =
        coalesce(
            RowScreen.reason(features, reader()),
            when(kind.isMissing(labelColumn()), lit(BadRow.NO_LABEL.reason())));
    if (columns.weight().isPresent()) {
      Column weight = weightColumn();
      reason =
          coalesce(
              reason,
              when(
                  weight.isNull().or(abs(weight).gt(Double.MAX_VALUE)),
                  lit(BadRow.NO_WEIGHT.reason())));
      if (!weights.takesNegative()) {
        reason = coalesce(reason, when(weight.lt(0), lit(BadRow.NEGATIVE_WEIGHT.reason())));
      }
    }
    List<String> used = new ArrayList<>(features.columns());
    used.add(label.name());
    columns.weight().ifPresent(used::add);
    return RowScreen.of(rows, features, used, reason, columns.id());
  }

  /**
   * What a scan reads, in the order of {@link #WEIGHT} and the numbers behind it; a column that is
   * not needed is null.
   *
   * @param keyed whether the row key is needed
   */
  Dataset<Row> columns(boolean keyed) {
    Dataset<Row> all = labelled();
    return all.select(common(all, features.value(), keyed).toArray(Column[]::new));
  }

  /**
   * The same with the features as columns of their own from {@link #SIDE_BY_SIDE} on, and no value;
   * for numeric columns.
   */
  Dataset<Row> columnsSideBySide(boolean keyed) {
    Dataset<Row> all = labelled();
    List<Column> columns = new ArrayList<>(common(all, nothing(), keyed));
    columns.addAll(((Features.NumericColumns) features).values());
    return all.select(columns.toArray(Column[]::new));
  }

  /**
   * The same rows in the batches of their source, if it has any: heads in the order of {@link
   * #WEIGHT} without a value, and the features where they are stored.
   */
  Optional<SourceBatches> batches(boolean keyed) {
    Dataset<Row> all = labelled();
    List<Column> columns = new ArrayList<>(common(all, nothing(), keyed));
    int head = columns.size();
    columns.addAll(features.stored());
    // The more columns there are, the more a batch costs by itself.
    long rowBytes = features instanceof Features.NumericColumns ? 0 : (long) Double.BYTES * d();
    return SourceBatches.of(all.select(columns.toArray(Column[]::new)), head, rowBytes);
  }

  /** A reader of features that are columns of their own; empty for one column of all features. */
  Optional<ColumnsReader> columnsReader() {
    return features instanceof Features.NumericColumns columns
        ? Optional.of(ColumnsReader.of(columns))
        : Optional.empty();
  }

  private Dataset<Row> labelled() {
    return rows.withColumn(LABEL_KEY, kind.keyed(labelColumn()));
  }

  private List<Column> common(Dataset<Row> all, Column value, boolean keyed) {
    Column weight =
        columns.weight().isPresent() ? weightColumn() : lit(null).cast(DataTypes.DoubleType);
    Column group =
        keys.isEmpty()
            ? nothing()
            : struct(keys.stream().map(LabelledRows::keyColumn).toArray(Column[]::new));
    return List.of(
        weight.as("weight"),
        kind.value(labelColumn()).as("label"),
        group.as("group"),
        value.as("value"),
        (keyed ? key(all) : nothing()).as(ROW_KEY));
  }

  /** The key with one zero and one NaN: groups are told apart by their bits. */
  private static Column keyColumn(StructField key) {
    Column column = ColumnNames.column(key.name());
    DataType type = key.dataType();
    return type instanceof DoubleType || type instanceof FloatType
        ? when(isnan(column), lit(Double.NaN)).otherwise(column.plus(lit(0.0))).cast(type)
        : column;
  }

  private static Column nothing() {
    return lit(null).cast(DataTypes.ByteType);
  }

  /**
   * The key of each row: of its id, else of features and class, so that a row's deletion by a
   * negative weight falls into its fold.
   */
  private Column key(Dataset<Row> all) {
    List<String> used = new ArrayList<>(features.columns());
    used.add(LABEL_KEY);
    return RowKeys.column(all, columns.id(), used);
  }

  static Column rowKey() {
    return col(ROW_KEY);
  }

  boolean hasWeight() {
    return columns.weight().isPresent();
  }

  boolean hasKeys() {
    return !keys.isEmpty();
  }

  private Column labelColumn() {
    return ColumnNames.column(label.name());
  }

  private Column weightColumn() {
    return ColumnNames.column(columns.weight().orElseThrow()).cast(DataTypes.DoubleType);
  }
}
