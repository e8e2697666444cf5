// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.math.linalg.Precision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of an input as a matrix.
 *
 * @param rows the input
 * @param features where its features are; no text
 * @param id column that names a row, or empty
 */
record MatrixRows(Dataset<Row> rows, Features features, Optional<String> id) {
  /** Column of the row key. */
  static final String KEY = "_lemma_row_key";

  /**
   * Finds the columns; reads one row where nothing else tells n.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) with every problem
   */
  static MatrixRows of(Dataset<Row> rows, ColumnsConfig columns, OptionalLong d) {
    return new MatrixRows(
        rows, FeatureColumns.resolve(rows, columns, d, Optional.empty()), columns.id());
  }

  /** The features of one column of a stage. */
  static MatrixRows of(Dataset<Row> rows, String column) {
    return of(rows, column, OptionalLong.empty());
  }

  /** The same where the number of features is known. */
  static MatrixRows of(Dataset<Row> rows, String column, OptionalLong d) {
    ColumnsConfig columns =
        new ColumnsConfig(
            Optional.empty(),
            List.of(column),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return of(rows, columns, d);
  }

  /** Number of columns of the matrix, n. */
  int dimension() {
    return Math.toIntExact(features.dimension().orElseThrow());
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
  }

  RowReader reader() {
    return RowReader.of(features, Precision.DOUBLE);
  }

  boolean isVector() {
    return features instanceof Features.VectorColumn;
  }

  /** How tasks read {@link #values} and {@link #keyedValues}. */
  MatrixShape shape() {
    return new MatrixShape(reader(), isVector() ? StoredValue.VECTOR : StoredValue.ARRAY);
  }

  RowScreen screen() {
    return RowScreen.of(rows, features, reader(), id);
  }

  /** What a scan reads: the features, and the row key where it is wanted. */
  Dataset<Row> values() {
    return rows.select(features.value().as("value"));
  }

  /** The features and the key of each row. */
  Dataset<Row> keyedValues() {
    Column key = RowKeys.column(rows, id, features.columns());
    return rows.select(features.value().as("value"), key.as(KEY));
  }

  /** What the features are called. */
  FeatureNames featureNames() {
    String column = features.columns().get(0);
    if (features instanceof Features.NumericColumns columns) {
      return new FeatureNames(column, columns.columns().toArray(String[]::new));
    }
    Attribute[] attributes =
        isVector() ? attributes(AttributeGroup.fromStructField(rows.schema().apply(column))) : null;
    String[] given = new String[attributes == null ? 0 : attributes.length];
    for (int j = 0; j < given.length; j++) {
      given[j] = attributes[j].name().isDefined() ? attributes[j].name().get() : null;
    }
    return new FeatureNames(column, given);
  }

  private Attribute[] attributes(AttributeGroup group) {
    return group.attributes().isDefined() && group.attributes().get().length == dimension()
        ? group.attributes().get()
        : null;
  }
}
