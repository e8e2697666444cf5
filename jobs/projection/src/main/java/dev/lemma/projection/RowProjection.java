// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.io.FewValues;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.Weighting;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * The projection of a data set's rows as a narrow step of Spark's plan.
 *
 * @param specification where rows land
 * @param features where a row's features are
 * @param reader reads them
 * @param type form of the output column
 * @param way forth to k dimensions or back to d
 * @param onBadRow what becomes of a row that cannot be projected
 */
public record RowProjection(
    Specification specification,
    Features features,
    RowReader reader,
    OutputType type,
    Way way,
    OnBadRow onBadRow) {
  /** Which way rows go. */
  public enum Way {
    /** x to Rx. */
    FORTH,
    /** y to R'y. */
    BACK
  }

  /** What becomes of a row that cannot be projected. */
  public enum OnBadRow {
    /** The task fails. */
    THROW,
    /** The result is null. */
    NULL
  }

  /** Some columns of the rows, then the projected one. */
  Dataset<Row> append(
      Dataset<Row> rows, Column[] columns, String name, Metadata metadata, Kernel kernel) {
    if (effective(kernel) == Kernel.FAST) {
      return new BlockProjection(this).append(rows, columns, name, metadata);
    }
    Column[] all = Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = column().as(name, metadata);
    return rows.select(all);
  }

  /** The kernel that is used where this one is asked for: not every family has a matrix product. */
  Kernel effective(Kernel asked) {
    return asked == Kernel.FAST && way == Way.FORTH && hasMatrix(specification)
        ? Kernel.FAST
        : Kernel.EXACT;
  }

  /** Whether the family multiplies by a dense matrix. */
  static boolean hasMatrix(Specification specification) {
    return switch (specification.matrix().family()) {
      case SIGN, GAUSSIAN, ORTHONORMAL -> specification.matrix().d().isPresent();
      case SPARSE_SIGN, HADAMARD, VERY_SPARSE -> false;
    };
  }

  private Column column() {
    ProjectionKernel kernel = new ProjectionKernel(specification, reader, type, way, onBadRow);
    PlanCall call = PlanCall.of(kernel, "project", type.sqlType(specification.precision())).once();
    return (onBadRow == OnBadRow.THROW ? call.neverNull() : call).on(features.value());
  }

  /**
   * Size of the vectors for Spark ML, under {@code lemma} the specification they came from, and
   * whether {@linkplain FewValues few values} make them up.
   */
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
    if (hasFewValues(specification)) {
      FewValues.mark(builder);
    }
    return builder.putMetadata("lemma", lemma).build();
  }

  /** Sums of signed counts, or of the few logarithms of small counts, are few; scaled rows not. */
  private static boolean hasFewValues(Specification specification) {
    boolean fewWeights =
        specification
            .text()
            .filter(text -> text.norm() == RowNorm.NONE && text.weighting() != Weighting.TF_IDF)
            .isPresent();
    return fewWeights
        && switch (specification.matrix().family()) {
          case SIGN, SPARSE_SIGN, VERY_SPARSE -> true;
          case HADAMARD, GAUSSIAN, ORTHONORMAL -> false;
        };
  }

  /** Form of the output column. */
  public enum OutputType {
    /** A vector of Spark ML. */
    VECTOR,
    /** An array of float or double. */
    ARRAY;

    /** The type that a stage's parameter names. */
    public static OutputType parse(String param) {
      return param.equals("vector") ? VECTOR : ARRAY;
    }

    /** The column's type for this arithmetic. */
    public DataType sqlType(Precision precision) {
      if (this == VECTOR) {
        return new VectorUDT();
      }
      return new ArrayType(
          precision == Precision.FLOAT ? DataTypes.FloatType : DataTypes.DoubleType, false);
    }
  }
}
