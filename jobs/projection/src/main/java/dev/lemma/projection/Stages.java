// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.text.TextSpec;
import dev.lemma.projection.RowProjection.OutputType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema rules that stages share. */
public final class Stages {
  /** Columns that a stage reads. */
  public record Input(Predicate<DataType> accepts, String expected) {}

  static final Input TEXT_INPUT = new Input(DataTypes.StringType::equals, "text");

  /** Vectors and arrays of numbers. */
  public static final Input NUMBERS_INPUT =
      new Input(Stages::isNumbers, "a vector or an array of numbers");

  static final Input ANY_INPUT =
      new Input(
          TEXT_INPUT.accepts().or(NUMBERS_INPUT.accepts()),
          "a vector, an array of numbers, or text");

  private Stages() {}

  private static boolean isNumbers(DataType type) {
    return type instanceof VectorUDT
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  /**
   * The schema with the output column added.
   *
   * @param size length of the output's rows, or empty while it is not known
   * @throws LemmaException (code 3) if the input column is missing or of another type, or the
   *     output column exists
   */
  static StructType outputSchema(
      ProjectionParams stage, StructType schema, OptionalInt size, Input input) {
    String out = stage.getOutputCol();
    requireColumns(schema, stage.getInputCol(), input, out);
    OutputType type = OutputType.parse(stage.getOutputType());
    Metadata metadata = Metadata.empty();
    Precision precision = Specification.constant(Precision.class, stage.getPrecision());
    if (stage instanceof RandomProjectionModel model) {
      // What fitting settled holds, whatever has been set since.
      metadata = RowProjection.metadata(model.specification(), out, type, size.orElseThrow());
      precision = model.specification().precision();
    }
    boolean nullable = !stage.getHandleInvalid().equals("error");
    return schema.add(new StructField(out, type.sqlType(precision), nullable, metadata));
  }

  /**
   * Checks the columns of a stage against the schema that it is to work on.
   *
   * @throws LemmaException (code 3) if the input column is missing or of another type, or the
   *     output column exists
   */
  public static void requireColumns(StructType schema, String in, Input input, String out) {
    if (!Arrays.asList(schema.fieldNames()).contains(in)) {
      throw refused(
          "inputCol", "no such column", in, "one of " + String.join(", ", schema.fieldNames()));
    }
    StructField field = schema.apply(in);
    if (!input.accepts().test(field.dataType())) {
      throw refused(
          "inputCol",
          "column " + in + " has another type",
          field.dataType().sql(),
          input.expected());
    }
    if (Arrays.asList(schema.fieldNames()).contains(out)) {
      throw refused("outputCol", "the column is there already", out, "a new name");
    }
  }

  /** The features of a stage's input column. */
  public static Features features(
      Dataset<Row> rows, String column, OptionalLong d, Optional<TextSpec> text) {
    ColumnsConfig columns =
        new ColumnsConfig(
            Optional.empty(),
            List.of(column),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return FeatureColumns.resolve(rows, columns, d, text);
  }

  /** A parameter for which 0 means: not set. */
  public static OptionalLong optional(long value) {
    return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static LemmaException refused(String where, String what, String found, String expected) {
    return new LemmaException(
        ExitCode.INPUT, new Problem(where, what, found, expected, "set " + where + " accordingly"));
  }
}
