// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Precision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * The rows of an input as a regression sees them: features, label, weight and key. Says which
 * columns take part; reads nothing by itself, except one row where nothing else tells d.
 */
final class ModelRows {
  static final int WEIGHT = 0;
  static final int LABEL = 1;
  static final int VALUE = 2;
  static final int KEY = 3;

  /** Behind the columns above, once rows lie in leaves. */
  static final int LEAF = 4;

  private static final String ROW_KEY = "_lemma_row_key";

  private final Dataset<Row> rows;
  private final Features features;
  private final StructField label;
  private final ColumnsConfig columns;

  private ModelRows(
      Dataset<Row> rows, Features features, StructField label, ColumnsConfig columns) {
    this.rows = rows;
    this.features = features;
    this.label = label;
    this.columns = columns;
  }

  /**
   * Finds the columns.
   *
   * @param columns which column plays which part; {@code label} must be set
   * @param d number of features if the caller knows it
   * @throws LemmaException with {@link ExitCode#INPUT} and the problems
   */
  static ModelRows of(Dataset<Row> rows, ColumnsConfig columns, OptionalLong d) {
    Features features = FeatureColumns.resolve(rows, columns, d, Optional.empty());
    List<Problem> problems = new ArrayList<>();
    String wanted = columns.label().orElseThrow();
    StructField label = new ColumnNames(rows).find("columns.label", wanted, problems).orElseThrow();
    if (!(label.dataType() instanceof NumericType || label.dataType() instanceof BooleanType)) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "columns.label = " + wanted,
              "this type makes no label",
              label.dataType().simpleString(),
              "a number or boolean",
              "choose another column, or number the classes where the input is written"));
    }
    return new ModelRows(rows, features, label, columns);
  }

  /** Number of features. */
  int d() {
    return Math.toIntExact(features.dimension().orElseThrow());
  }

  Features features() {
    return features;
  }

  /** The label's key and column, for messages. */
  String labelKey() {
    return "columns.label = " + label.name();
  }

  /** The columns that a row can be bad in, for messages. */
  String used() {
    return String.join(", ", usedColumns());
  }

  boolean isVector() {
    return features instanceof Features.VectorColumn;
  }

  boolean hasWeight() {
    return columns.weight().isPresent();
  }

  RowReader reader() {
    return RowReader.of(features, Precision.DOUBLE);
  }

  /**
   * The names of the features: of numeric columns theirs; of a vector those that ML stages left;
   * else {@code column[0]}, {@code column[1]}, ...
   */
  List<String> featureNames() {
    if (features instanceof Features.NumericColumns numeric) {
      return numeric.columns();
    }
    String column = features.columns().get(0);
    Attribute[] named =
        features instanceof Features.VectorColumn
            ? attributes(rows.schema().apply(column))
            : new Attribute[0];
    return IntStream.range(0, d())
        .mapToObj(
            j ->
                named.length == d() && named[j].name().isDefined()
                    ? named[j].name().get()
                    : column + "[" + j + "]")
        .toList();
  }

  private static Attribute[] attributes(StructField column) {
    AttributeGroup group = AttributeGroup.fromStructField(column);
    return group.attributes().isDefined() ? group.attributes().get() : new Attribute[0];
  }

  /** A screen that names and keeps the bad rows: by features, label or weight. */
  RowScreen screen() {
    Column reason =
        coalesce(
            RowScreen.reason(features, reader()),
            when(isNoNumber(labelColumn()), lit(BadRow.NO_LABEL.reason())));
    if (hasWeight()) {
      reason =
          coalesce(
              reason,
              when(isNoNumber(weightColumn()), lit(BadRow.NO_WEIGHT.reason())),
              when(weightColumn().lt(0), lit(BadRow.NEGATIVE_WEIGHT.reason())));
    }
    return RowScreen.of(rows, features, usedColumns(), reason, columns.id());
  }

  private List<String> usedColumns() {
    Set<String> used = new LinkedHashSet<>(features.columns());
    used.add(label.name());
    columns.weight().ifPresent(used::add);
    return List.copyOf(used);
  }

  private static Column isNoNumber(Column column) {
    // Spark orders NaN above all numbers.
    return column.isNull().or(abs(column).gt(Double.MAX_VALUE));
  }

  /** What a pass reads, in the order of {@link #WEIGHT} and the numbers behind it. */
  Dataset<Row> stored() {
    Column weight = hasWeight() ? weightColumn() : lit(null).cast(DataTypes.DoubleType);
    return rows.select(
        weight.as("weight"),
        labelColumn().as("label"),
        features.value().as("value"),
        RowKeys.column(rows, columns.id(), usedColumns()).as(ROW_KEY));
  }

  /** The key column of {@link #stored}. */
  static Column rowKey() {
    return col(ROW_KEY);
  }

  private Column labelColumn() {
    return ColumnNames.column(label.name()).cast(DataTypes.DoubleType);
  }

  private Column weightColumn() {
    return ColumnNames.column(columns.weight().orElseThrow()).cast(DataTypes.DoubleType);
  }
}
