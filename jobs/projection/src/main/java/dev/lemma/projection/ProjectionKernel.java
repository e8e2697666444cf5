// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * Projects one row inside Spark's plan. Ships a specification and a reader; the matrix is made where it is needed. One
 * object serves one task.
 */
public final class ProjectionKernel implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final VectorUDT VECTOR = new VectorUDT();

  /** What becomes of a row that cannot be projected. */
  enum OnBadRow {
    /** The task fails. */
    THROW,
    /** The result is null. */
    NULL
  }

  private final ProjectionSpec matrix;
  private final Precision precision;
  private final RowReader reader;
  private final boolean asVector;
  private final boolean back;
  private final OnBadRow onBadRow;
  private transient Projection projection;
  private transient FeatureBuffer row;
  private transient float[] floats;
  private transient double[] doubles;

  ProjectionKernel(
      Specification specification,
      RowReader reader,
      boolean asVector,
      boolean back,
      OnBadRow onBadRow) {
    this.matrix = specification.matrix();
    this.precision = specification.precision();
    this.reader = reader;
    this.asVector = asVector;
    this.back = back;
    this.onBadRow = onBadRow;
  }

  /**
   * The projected row in Spark's internal form, or null for a row that cannot be projected.
   *
   * @param value internal form of the features: an unwrapped vector, an array or a text
   */
  public Object project(Object value) {
    if (projection == null) {
      prepare();
    }
    Optional<BadRow> bad = reader.read(value, row);
    if (bad.isPresent()) {
      if (onBadRow == OnBadRow.NULL) {
        return null;
      }
      throw new IllegalArgumentException(
          "a row cannot be projected: " + bad.get().meaning()
              + "; set handleInvalid to skip or keep, or repair the data");
    }
    return precision == Precision.FLOAT ? projectFloats() : projectDoubles();
  }

  private void prepare() {
    int length = back ? Math.toIntExact(matrix.d().getAsLong()) : matrix.k();
    row = reader.buffer();
    if (precision == Precision.FLOAT) {
      floats = new float[length];
    }
    if (precision == Precision.DOUBLE || asVector) {
      doubles = new double[length];
    }
    projection = Projection.of(matrix);
  }
}
