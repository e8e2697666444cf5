// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * How a label is read and what its class is called: its canonical string. Numbers of any type share
 * theirs (1, 1.0 and 1.00 are the class {@code 1}), texts are themselves.
 */
enum LabelKind {
  /** Integers of any width, read as long. */
  WHOLE,
  /** Single precision. */
  FLOAT,
  /** Double precision. */
  DOUBLE,
  /** Decimals, read as text. */
  DECIMAL,
  /** Texts, and what has a text form: booleans, dates, timestamps. */
  TEXT;

  /** Integers up to here have the same string as double and as long. */
  private static final double WHOLE_UP_TO = 0x1p53;

  /** The kind of this type of Spark; empty for types that make no class. */
  static Optional<LabelKind> of(DataType type) {
    if (type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType) {
      return Optional.of(WHOLE);
    }
    if (type instanceof FloatType) {
      return Optional.of(FLOAT);
    }
    if (type instanceof DoubleType) {
      return Optional.of(DOUBLE);
    }
    if (type instanceof DecimalType) {
      return Optional.of(DECIMAL);
    }
    boolean text =
        type instanceof StringType
            || type instanceof BooleanType
            || type instanceof DateType
            || type instanceof TimestampType
            || type instanceof TimestampNTZType;
    return text ? Optional.of(TEXT) : Optional.empty();
  }

  /** The label as a scan reads it. */
  Column value(Column label) {
    return switch (this) {
      case WHOLE -> label.cast(DataTypes.LongType);
      case FLOAT, DOUBLE -> label.cast(DataTypes.DoubleType);
      case DECIMAL, TEXT -> label.cast(DataTypes.StringType);
    };
  }

  /** The label as part of a row key: equal for equal classes of any number type. */
  Column keyed(Column label) {
    return switch (this) {
      case WHOLE, FLOAT, DOUBLE, DECIMAL -> label.cast(DataTypes.DoubleType);
      case TEXT -> label.cast(DataTypes.StringType);
    };
  }

  /** Whether a row has no class. */
  Column isMissing(Column label) {
    return switch (this) {
      case WHOLE, DECIMAL, TEXT -> label.isNull();
      case FLOAT, DOUBLE ->
          // The negation also catches NaN, which Spark orders above all numbers.
          label.isNull().or(functions.abs(label.cast(DataTypes.DoubleType)).gt(Double.MAX_VALUE));
    };
  }

  /** Whether values may be NaN or infinite. */
  boolean isFractional() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The class of a finite number; of a WHOLE, its long. */
  String className(double value) {
    if (value == Math.rint(value) && Math.abs(value) <= WHOLE_UP_TO) {
      return Long.toString((long) value);
    }
    String shortest = this == FLOAT ? Float.toString((float) value) : Double.toString(value);
    return plain(shortest);
  }

  /** The class of a text as it was read. */
  String className(String text) {
    return this == DECIMAL ? plain(text) : text;
  }

  private static String plain(String number) {
    BigDecimal value = new BigDecimal(number);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
