// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import java.io.Serializable;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * Projects one row inside Spark's plan. Ships a specification and a reader; the matrix is made
 * where it is needed. One object serves one task.
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

  private final MatrixForm matrix;
  private final Precision precision;
  private final RowReader reader;
  private final boolean asVector;
  private final boolean back;
  private final OnBadRow onBadRow;
  private transient Work work;

  ProjectionKernel(
      Specification specification,
      RowReader reader,
      boolean asVector,
      boolean back,
      OnBadRow onBadRow) {
    this.matrix = MatrixForm.of(specification.matrix());
    this.precision = specification.precision();
    this.reader = reader;
    this.asVector = asVector;
    this.back = back;
    this.onBadRow = onBadRow;
  }

  /** Buffers and matrix, made at the first row. */
  private record Work(Projection projection, FeatureBuffer row, float[] floats, double[] doubles) {}

  /**
   * The projected row in Spark's internal form, or null for a row that cannot be projected.
   *
   * @param value internal form of the features: an unwrapped vector, an array or a text
   */
  public synchronized Object project(Object value) {
    // Tasks have an object each; the lock is for Spark's planner, which may evaluate on several
    // threads.
    if (work == null) {
      work = prepare();
    }
    Work mine = work;
    BadRow bad = reader.read(value, mine.row);
    if (bad != BadRow.NONE) {
      if (onBadRow == OnBadRow.NULL) {
        return null;
      }
      throw new IllegalArgumentException(
          "a row cannot be projected ("
              + bad.reason()
              + "); set handleInvalid to skip or keep, or repair the data");
    }
    return precision == Precision.FLOAT ? floats(mine) : doubles(mine);
  }

  private Object floats(Work mine) {
    if (mine.row.isSparse()) {
      mine.projection.project(mine.row.sparse(), mine.floats);
    } else if (back) {
      mine.projection.backProject(mine.row.floats(), mine.floats);
    } else {
      mine.projection.project(mine.row.floats(), mine.floats);
    }
    if (!asVector) {
      return UnsafeArrayData.fromPrimitiveArray(mine.floats);
    }
    for (int c = 0; c < mine.floats.length; c++) {
      mine.doubles[c] = mine.floats[c];
    }
    return VECTOR.serialize(new DenseVector(mine.doubles.clone()));
  }

  private Object doubles(Work mine) {
    if (mine.row.isSparse()) {
      mine.projection.project(mine.row.sparse(), mine.doubles);
    } else if (back) {
      mine.projection.backProject(mine.row.doubles(), mine.doubles);
    } else {
      mine.projection.project(mine.row.doubles(), mine.doubles);
    }
    return asVector
        ? VECTOR.serialize(new DenseVector(mine.doubles.clone()))
        : UnsafeArrayData.fromPrimitiveArray(mine.doubles);
  }

  private Work prepare() {
    ProjectionSpec spec = matrix.spec();
    int length = back ? Math.toIntExact(spec.d().getAsLong()) : spec.k();
    return new Work(
        Projection.of(spec), new FeatureBuffer(), new float[length], new double[length]);
  }
}
