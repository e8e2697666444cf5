// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/** The projected column of a plan, its type and its metadata. */
final class ProjectionColumn {
  private ProjectionColumn() {}

  /**
   * The column that projects (or, for {@code back}, takes back) what the features' value holds.
   *
   * @param onBadRow whether rows that cannot be projected give null or stop the task
   */
  static Column of(
      Specification specification,
      Features features,
      RowReader reader,
      OutputType type,
      boolean back,
      ProjectionKernel.OnBadRow onBadRow) {
    ProjectionKernel kernel =
        new ProjectionKernel(specification, reader, type == OutputType.VECTOR, back, onBadRow);
    PlanCall call = PlanCall.of(kernel, "project", type.sqlType(specification.precision())).once();
    return (onBadRow == ProjectionKernel.OnBadRow.THROW ? call.neverNull() : call)
        .on(features.value());
  }

  /** The column of this very name, dots and all. */
  static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** Size of the vectors for Spark ML, and under {@code lemma} the specification they came from. */
  static Metadata metadata(Specification specification, String name, OutputType type, int size) {
    Metadata lemma =
        new MetadataBuilder()
            .putString("specification", specification.hash())
            .putString("family", specification.matrix().family().key())
            .putLong("k", specification.matrix().k())
            .putLong("seed", specification.matrix().seed())
            .build();
    MetadataBuilder builder = new MetadataBuilder();
    if (type == OutputType.VECTOR) {
      builder.withMetadata(new AttributeGroup(name, size).toMetadata());
    }
    return builder.putMetadata("lemma", lemma).build();
  }

  /** Form of the output column. */
  enum OutputType {
    /** A vector of Spark ML. */
    VECTOR,
    /** An array of float or double. */
    ARRAY;

    static OutputType parse(String param) {
      return param.equals("vector") ? VECTOR : ARRAY;
    }

    DataType sqlType(Precision precision) {
      if (this == VECTOR) {
        return new VectorUDT();
      }
      return new ArrayType(
          precision == Precision.FLOAT ? DataTypes.FloatType : DataTypes.DoubleType, false);
    }
  }
}
