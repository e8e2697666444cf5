// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unwrap_udt;

import dev.lemma.kit.data.RowKeyFunction.Kind;
import dev.lemma.kit.data.RowKeyFunction.Part;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.random.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Row keys as columns: a struct of two longs, {@code first} and {@code second}, see {@link RowKey}.
 * A key depends on values alone, never on partitions, types of equal width or sparse and dense
 * encoding.
 */
public final class RowKeys {
  /** The type of a key column. */
  public static final StructType TYPE =
      new StructType()
          .add("first", DataTypes.LongType, false)
          .add("second", DataTypes.LongType, false);

  private RowKeys() {}

  /**
   * The key of each row: of its id where there is one, else of the columns used, in their order.
   * Both kinds may be null; null is a value of its own.
   *
   * @param rows the input
   * @param id the id column, or empty
   * @param used the columns that make a row what it is when it has no id
   * @throws LemmaException with {@link ExitCode#INPUT} and every problem: no such column, or a type
   *     that has no canonical bytes (maps, structs, arrays of anything but numbers)
   */
  public static Column column(Dataset<Row> rows, Optional<String> id, List<String> used) {
    List<String> columns = id.map(List::of).orElse(used);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a row key needs an id or at least one column");
    }
    ColumnNames names = new ColumnNames(rows);
    List<Problem> problems = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    String key = id.isPresent() ? "columns.id" : "columns";
    for (String name : columns) {
      names
          .find(key, name, problems)
          .ifPresent(
              field ->
                  part(field.dataType())
                      .ifPresentOrElse(
                          part -> {
                            parts.add(part);
                            values.add(value(field, part));
                          },
                          () -> problems.add(noKey(key, field))));
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return PlanCall.of(new RowKeyFunction(parts), "key", TYPE)
        .neverNull()
        .on(struct(values.toArray(Column[]::new)));
  }

  /** The key of a row of a key column. */
  public static RowKey of(Row key) {
    return new RowKey(key.getLong(0), key.getLong(1));
  }

  /** The key as messages show it: 32 hexadecimal digits. */
  public static String hex(RowKey key) {
    return String.format("%016x%016x", key.first(), key.second());
  }

  /**
   * Number of rows whose key another row has already: 0 when all keys differ. One pass over the
   * rows and a shuffle of 24 bytes a row.
   */
  public static long repeats(Dataset<Row> rows, Column key) {
    return counts(rows, key).repeats();
  }

  /**
   * Number of rows, and of those whose key another row has already.
   *
   * @param rows all rows
   * @param repeats rows less their different keys
   */
  public record Counts(long rows, long repeats) {}

  /** Counts rows and repeated keys: one pass over the rows and a shuffle of 24 bytes a row. */
  public static Counts counts(Dataset<Row> rows, Column key) {
    Row total =
        rows.select(key.as("key"))
            .groupBy(col("key"))
            .agg(count(lit(1)).as("rows"))
            .agg(sum(col("rows")), sum(col("rows").minus(lit(1))))
            .first();
    return total.isNullAt(0) ? new Counts(0, 0) : new Counts(total.getLong(0), total.getLong(1));
  }

  private static Column value(StructField field, Part part) {
    Column column = ColumnNames.column(field.name());
    return switch (part.kind()) {
      case LONG -> column.cast(DataTypes.LongType);
      case DOUBLE -> column.cast(DataTypes.DoubleType);
      case ARRAY -> column.cast(DataTypes.createArrayType(part.elements().sqlType(), true));
      case VECTOR -> unwrap_udt(column);
      case TEXT, BINARY, BOOLEAN, DECIMAL, DATE, TIMESTAMP -> column;
    };
  }

  private static Optional<Part> part(DataType type) {
    if (type instanceof DecimalType decimal) {
      return Optional.of(
          new Part(Kind.DECIMAL, NumberType.DOUBLE, decimal.precision(), decimal.scale()));
    }
    if (type instanceof ArrayType array) {
      return array.elementType() instanceof NumericType element
          ? Optional.of(new Part(Kind.ARRAY, NumberType.of(element), 0, 0))
          : Optional.empty();
    }
    return kind(type).map(kind -> new Part(kind, NumberType.DOUBLE, 0, 0));
  }

  private static Optional<Kind> kind(DataType type) {
    if (type instanceof DoubleType || type instanceof FloatType) {
      return Optional.of(Kind.DOUBLE);
    }
    if (type instanceof NumericType) {
      return Optional.of(Kind.LONG);
    }
    if (type instanceof StringType) {
      return Optional.of(Kind.TEXT);
    }
    if (type instanceof BinaryType) {
      return Optional.of(Kind.BINARY);
    }
    if (type instanceof BooleanType) {
      return Optional.of(Kind.BOOLEAN);
    }
    if (type instanceof DateType) {
      return Optional.of(Kind.DATE);
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return Optional.of(Kind.TIMESTAMP);
    }
    return type.equals(SQLDataTypes.VectorType()) ? Optional.of(Kind.VECTOR) : Optional.empty();
  }

  private static Problem noKey(String key, StructField field) {
    return new Problem(
        key + " = " + field.name(),
        "no row key can be made of this type",
        field.dataType().simpleString(),
        "a number, text, binary, boolean, date, timestamp, vector or array of numbers",
        "set columns.id to a column that names the rows");
  }
}
