// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema rules that the estimator and its model share. */
final class PcaSchema {
  private PcaSchema() {}

  /**
   * The schema with the output column added.
   *
   * @throws LemmaException (code 3) if the input column is missing or of another type, or the
   *     output column exists
   */
  static StructType of(PcaParams stage, StructType schema) {
    String in = stage.getInputCol();
    String out = stage.getOutputCol();
    if (!Arrays.asList(schema.fieldNames()).contains(in)) {
      throw refused(
          "inputCol", "no such column", in, "one of " + String.join(", ", schema.fieldNames()));
    }
    DataType type = schema.apply(in).dataType();
    boolean isNumbers =
        type instanceof VectorUDT
            || type instanceof ArrayType array && array.elementType() instanceof NumericType;
    if (!isNumbers) {
      throw refused(
          "inputCol",
          "column " + in + " has another type",
          type.sql(),
          "a vector or an array of numbers");
    }
    if (Arrays.asList(schema.fieldNames()).contains(out)) {
      throw refused("outputCol", "the column is there already", out, "a new name");
    }
    boolean nullable = !stage.getHandleInvalid().equals("error");
    return schema.add(new StructField(out, outputType(stage), nullable, metadata(stage)));
  }

  static DataType outputType(PcaParams stage) {
    return stage.getOutputType().equals("vector")
        ? new VectorUDT()
        : DataTypes.createArrayType(DataTypes.DoubleType, false);
  }

  /** The number of components, once it is known. */
  static Metadata metadata(PcaParams stage) {
    return stage instanceof RandomizedPcaModel model && stage.getOutputType().equals("vector")
        ? new AttributeGroup(stage.getOutputCol(), model.data().k()).toMetadata()
        : Metadata.empty();
  }

  private static LemmaException refused(String where, String what, String found, String expected) {
    return new LemmaException(
        ExitCode.INPUT, new Problem(where, what, found, expected, "set " + where + " accordingly"));
  }
}
