// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.unwrap_udt;
import static org.apache.spark.sql.functions.when;

import dev.lemma.math.text.TextSpec;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Where a row's features are found; made by {@link FeatureColumns#resolve}. */
public sealed interface Features {
  /** Number of features d, or empty for a text: its feature ids are 64-bit hashes. */
  OptionalLong dimension();

  /** Names of the columns that the features are made of. */
  List<String> columns();

  /** The one value, as Spark keeps it, that a {@link RowReader} reads. */
  Column value();

  /** The columns that hold the features, as an input stores them where no cast is needed. */
  default List<Column> stored() {
    return List.of(value());
  }

  /** Number of values that the row has, right or wrong, as an integer; null where it has none. */
  Column length();

  /**
   * A column of Spark ML vectors.
   *
   * @param name the column
   * @param d number of features, at least 1
   */
  record VectorColumn(String name, int d) implements Features {
    /** Checks d. */
    public VectorColumn {
      Objects.requireNonNull(name, "name");
      requirePositive(d);
    }

    @Override
    public OptionalLong dimension() {
      return OptionalLong.of(d);
    }

    @Override
    public List<String> columns() {
      return List.of(name);
    }

    @Override
    public Column value() {
      return unwrap_udt(ColumnNames.column(name));
    }

    @Override
    public List<Column> stored() {
      return List.of(ColumnNames.column(name));
    }

    @Override
    public Column length() {
      // A dense vector stores no size.
      return when(value().getField("type").equalTo(0), value().getField("size"))
          .otherwise(size(value().getField("values")));
    }
  }

  /**
   * A column of arrays of numbers.
   *
   * @param name the column
   * @param elements type of an element as it is read; stored elements of other types are cast
   * @param d number of features, at least 1
   */
  record ArrayColumn(String name, NumberType elements, int d) implements Features {
    /** Checks d. */
    public ArrayColumn {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(elements, "elements");
      requirePositive(d);
    }

    @Override
    public OptionalLong dimension() {
      return OptionalLong.of(d);
    }

    @Override
    public List<String> columns() {
      return List.of(name);
    }

    @Override
    public Column value() {
      // No work where the elements have that type already: Spark drops such a cast.
      return ColumnNames.column(name).cast(DataTypes.createArrayType(elements.sqlType(), true));
    }

    @Override
    public Column length() {
      return size(ColumnNames.column(name));
    }
  }

  /**
   * Columns of one number each, in the order of the features.
   *
   * @param columns the columns, at least one
   * @param elements type in which all are read
   */
  record NumericColumns(List<String> columns, NumberType elements) implements Features {
    /** Takes a copy. */
    public NumericColumns {
      columns = List.copyOf(columns);
      Objects.requireNonNull(elements, "elements");
      requirePositive(columns.size());
    }

    @Override
    public OptionalLong dimension() {
      return OptionalLong.of(columns.size());
    }

    @Override
    public Column value() {
      return array(values().toArray(Column[]::new));
    }

    @Override
    public List<Column> stored() {
      return values();
    }

    /** The columns in their common type, one by one, as a {@link ColumnsReader} reads them. */
    public List<Column> values() {
      return columns.stream()
          .map(name -> ColumnNames.column(name).cast(elements.sqlType()))
          .toList();
    }

    @Override
    public Column length() {
      return lit(columns.size());
    }
  }

  /**
   * A column of texts.
   *
   * @param name the column
   * @param spec how a text becomes features
   */
  record TextColumn(String name, TextSpec spec) implements Features {
    /** Refuses null. */
    public TextColumn {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(spec, "spec");
    }

    @Override
    public OptionalLong dimension() {
      return OptionalLong.empty();
    }

    @Override
    public List<String> columns() {
      return List.of(name);
    }

    @Override
    public Column value() {
      return ColumnNames.column(name);
    }

    @Override
    public Column length() {
      // A text has no fixed number of features, and so no wrong one.
      return lit(null).cast(DataTypes.IntegerType);
    }
  }

  private static void requirePositive(int d) {
    if (d < 1) {
      throw new IllegalArgumentException("d must be at least 1, found " + d);
    }
  }
}
