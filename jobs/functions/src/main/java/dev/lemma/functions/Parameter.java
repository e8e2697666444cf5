// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/**
 * A parameter of a function.
 *
 * @param name as usage and documentation have it
 * @param kind what may be given
 * @param meaning for the reader, without a full stop
 * @param otherwise the value where the argument is left out, if it may be
 * @param range of values; one outside it that is the same for all rows fails the analysis
 */
record Parameter(String name, Kind kind, String meaning, OptionalDouble otherwise, Range range) {
  private static final ArrayType DOUBLES = new ArrayType(DataTypes.DoubleType, true);

  /** What may be given for a parameter. */
  enum Kind {
    /** Any number. */
    NUMBER("\"NUMERIC\""),
    /** A whole number. */
    INTEGER("\"INT\""),
    /** A whole number of 64 bits. */
    LONG("\"BIGINT\""),
    /** An array of numbers or a vector of Spark ML. */
    NUMBERS("(\"ARRAY<NUMERIC>\" or \"VECTOR\")"),
    /** The same, read as the jobs read a row of features: by itself, sparse or dense. */
    FEATURES("(\"ARRAY<NUMERIC>\" or \"VECTOR\")"),
    /** A text. */
    TEXT("\"STRING\"");

    private final String expected;

    Kind(String expected) {
      this.expected = expected;
    }

    /** As Spark's messages write types. */
    String expected() {
      return expected;
    }

    boolean accepts(DataType type) {
      if (type instanceof NullType) {
        return true;
      }
      return switch (this) {
        case NUMBER -> type instanceof NumericType;
        case INTEGER -> isWhole(type) && !(type instanceof LongType);
        case LONG -> isWhole(type);
        case NUMBERS, FEATURES ->
            type instanceof VectorUDT
                || type instanceof ArrayType array
                    && (array.elementType() instanceof NumericType
                        || array.elementType() instanceof NullType);
        case TEXT -> type instanceof StringType;
      };
    }

    /** The type that the static methods take. */
    DataType taken() {
      return switch (this) {
        case NUMBER -> DataTypes.DoubleType;
        case INTEGER -> DataTypes.IntegerType;
        case LONG -> DataTypes.LongType;
        case NUMBERS, FEATURES -> DOUBLES;
        case TEXT -> DataTypes.StringType;
      };
    }

    private static boolean isWhole(DataType type) {
      return type instanceof ByteType
          || type instanceof ShortType
          || type instanceof IntegerType
          || type instanceof LongType;
    }
  }

  /** This one, of values in a range. */
  Parameter in(Range range) {
    return new Parameter(name, kind, meaning, otherwise, range);
  }

  static Parameter number(String name, String meaning) {
    return new Parameter(name, Kind.NUMBER, meaning, OptionalDouble.empty(), Range.ANY);
  }

  static Parameter number(String name, String meaning, double otherwise) {
    return new Parameter(name, Kind.NUMBER, meaning, OptionalDouble.of(otherwise), Range.ANY);
  }

  static Parameter of(String name, Kind kind, String meaning, int otherwise) {
    return new Parameter(name, kind, meaning, OptionalDouble.of(otherwise), Range.ANY);
  }

  static Parameter of(String name, Kind kind, String meaning) {
    return new Parameter(name, kind, meaning, OptionalDouble.empty(), Range.ANY);
  }
}
