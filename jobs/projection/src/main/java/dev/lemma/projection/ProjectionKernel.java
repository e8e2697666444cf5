// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import dev.lemma.projection.RowProjection.Way;
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

  private final MatrixForm matrix;
  private final Precision precision;
  private final RowReader reader;
  private final boolean asVector;
  private final boolean back;
  private final OnBadRow onBadRow;
  private transient Work work;

  ProjectionKernel(
      Specification specification, RowReader reader, OutputType type, Way way, OnBadRow onBadRow) {
    this.matrix = MatrixForm.of(specification.matrix());
    this.precision = specification.precision();
    this.reader = reader;
    this.asVector = type == OutputType.VECTOR;
    this.back = way == Way.BACK;
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
      throw cannot(bad);
    }
    return precision == Precision.FLOAT ? floats(mine) : doubles(mine);
  }

  /** What the task fails with at a row that cannot be projected. */
  static IllegalArgumentException cannot(BadRow bad) {
    return new IllegalArgumentException(
        "a row cannot be projected ("
            + bad.reason()
            + "); set handleInvalid to skip or keep, or repair the data");
  }

  private Object floats(Work mine) {
    if (back) {
      mine.projection.backProject(mine.row.denseFloats(matrix.k()), mine.floats);
    } else if (mine.row.isSparse()) {
      mine.projection.project(mine.row.sparse(), mine.floats);
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
    if (back) {
      mine.projection.backProject(mine.row.denseDoubles(matrix.k()), mine.doubles);
    } else if (mine.row.isSparse()) {
      mine.projection.project(mine.row.sparse(), mine.doubles);
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
