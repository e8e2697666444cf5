// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
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

  /**
   * The projected row in Spark's internal form, or null for a row that cannot be projected.
   *
   * @param value internal form of the features: an unwrapped vector, an array or a text
   * @throws LemmaException (code 3) for a row that cannot be projected, if such rows are to stop
   *     the task
   */
  public synchronized Object project(Object value) {
    // Tasks have an object each; the lock is for Spark's planner, which may evaluate on several
    // threads.
    if (work == null) {
      work = new Work(matrix.spec(), back);
    }
    BadRow bad = reader.read(value, work.row);
    if (bad != BadRow.NONE) {
      return refuse(onBadRow, bad);
    }
    boolean finite = precision == Precision.FLOAT ? work.projectFloats() : work.projectDoubles();
    if (!finite) {
      return refuseInfinite(onBadRow, precision);
    }
    if (asVector) {
      return VECTOR.serialize(new DenseVector(work.vector(precision)));
    }
    return precision == Precision.FLOAT
        ? UnsafeArrayData.fromPrimitiveArray(work.floats)
        : UnsafeArrayData.fromPrimitiveArray(work.doubles);
  }

  /** Null, or the end of the task, for a row that cannot be read. */
  static Object refuse(OnBadRow onBadRow, BadRow bad) {
    return refuse(
        onBadRow,
        "a row cannot be projected (" + bad.reason() + ")",
        "set handleInvalid to skip or keep, or repair the data");
  }

  /** Null, or the end of the task, for a row whose projection overflows. */
  static Object refuseInfinite(OnBadRow onBadRow, Precision precision) {
    return refuse(
        onBadRow,
        "a row's values are finite, but its projection is not in " + Specification.key(precision),
        "scale the data down, or set precision = double");
  }

  private static Object refuse(OnBadRow onBadRow, String what, String remedy) {
    return switch (onBadRow) {
      case NULL -> null;
      case THROW -> throw new LemmaException(ExitCode.INPUT, Problem.of("", what, remedy));
    };
  }

  /** Buffers and matrix, made at the first row. */
  private static final class Work {
    private final Projection projection;
    private final boolean back;
    private final FeatureBuffer row = new FeatureBuffer();
    private final float[] floats;
    private final double[] doubles;

    Work(ProjectionSpec spec, boolean back) {
      int length = back ? Math.toIntExact(spec.d().getAsLong()) : spec.k();
      this.projection = Projection.of(spec);
      this.back = back;
      this.floats = new float[length];
      this.doubles = new double[length];
    }

    /** Fills {@link #floats} from the row; returns whether all are finite. */
    boolean projectFloats() {
      if (back) {
        projection.backProject(row.denseFloats(projection.spec().k()), floats);
      } else if (row.isSparse()) {
        projection.project(row.sparse(), floats);
      } else {
        projection.project(row.floats(), floats);
      }
      boolean finite = true;
      for (float value : floats) {
        finite &= Math.abs(value) <= Float.MAX_VALUE;
      }
      return finite;
    }

    /** Fills {@link #doubles} from the row; returns whether all are finite. */
    boolean projectDoubles() {
      if (back) {
        projection.backProject(row.denseDoubles(projection.spec().k()), doubles);
      } else if (row.isSparse()) {
        projection.project(row.sparse(), doubles);
      } else {
        projection.project(row.doubles(), doubles);
      }
      boolean finite = true;
      for (double value : doubles) {
        finite &= Math.abs(value) <= Double.MAX_VALUE;
      }
      return finite;
    }

    /** The result as vectors have it; Spark copies the array. */
    double[] vector(Precision precision) {
      if (precision == Precision.FLOAT) {
        for (int c = 0; c < floats.length; c++) {
          doubles[c] = floats[c];
        }
      }
      return doubles;
    }
  }
}
