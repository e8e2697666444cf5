// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** Packs a row of d numbers into bytes inside the plan. */
public final class PackedRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MatrixForm matrix;
  private final Precision precision;
  private final RowReader reader;
  private final OnBadRow onBadRow;
  private transient FeatureBuffer buffer;

  PackedRow(Specification specification, RowReader reader, OnBadRow onBadRow) {
    this.matrix = MatrixForm.of(specification.matrix());
    this.precision = specification.precision();
    this.reader = reader;
    this.onBadRow = onBadRow;
  }

  /** The d numbers as bytes, or null for a row that cannot be projected. */
  public synchronized Object pack(Object value) {
    if (buffer == null) {
      buffer = new FeatureBuffer();
    }
    BadRow bad = reader.read(value, buffer);
    if (bad != BadRow.NONE) {
      return ProjectionKernel.refuse(onBadRow, bad);
    }
    int d = Math.toIntExact(matrix.d());
    if (precision == Precision.FLOAT) {
      ByteBuffer bytes = ByteBuffer.allocate(d * Float.BYTES);
      bytes.asFloatBuffer().put(buffer.denseFloats(d));
      return bytes.array();
    }
    ByteBuffer bytes = ByteBuffer.allocate(d * Double.BYTES);
    bytes.asDoubleBuffer().put(buffer.denseDoubles(d));
    return bytes.array();
  }

  /** Unpacks a projected row inside the plan. */
  public static final class Unpacked implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final VectorUDT VECTOR = new VectorUDT();

    private final Precision precision;
    private final OutputType type;
    private final OnBadRow onBadRow;

    Unpacked(Precision precision, OutputType type, OnBadRow onBadRow) {
      this.precision = precision;
      this.type = type;
      this.onBadRow = onBadRow;
    }

    /** The row in Spark's internal form of the output column; null for null. */
    public Object unpack(byte[] packed) {
      if (packed == null) {
        return null;
      }
      return precision == Precision.FLOAT ? floats(packed) : doubles(packed);
    }

    private Object floats(byte[] packed) {
      float[] values = new float[packed.length / Float.BYTES];
      ByteBuffer.wrap(packed).asFloatBuffer().get(values);
      double[] wide = new double[type == OutputType.VECTOR ? values.length : 0];
      boolean finite = true;
      for (int c = 0; c < values.length; c++) {
        finite &= Math.abs(values[c]) <= Float.MAX_VALUE;
        if (type == OutputType.VECTOR) {
          wide[c] = values[c];
        }
      }
      if (!finite) {
        return ProjectionKernel.refuseInfinite(onBadRow, precision);
      }
      return type == OutputType.VECTOR
          ? VECTOR.serialize(new DenseVector(wide))
          : UnsafeArrayData.fromPrimitiveArray(values);
    }

    private Object doubles(byte[] packed) {
      double[] values = new double[packed.length / Double.BYTES];
      ByteBuffer.wrap(packed).asDoubleBuffer().get(values);
      boolean finite = true;
      for (double value : values) {
        finite &= Math.abs(value) <= Double.MAX_VALUE;
      }
      if (!finite) {
        return ProjectionKernel.refuseInfinite(onBadRow, precision);
      }
      return type == OutputType.VECTOR
          ? VECTOR.serialize(new DenseVector(values))
          : UnsafeArrayData.fromPrimitiveArray(values);
    }
  }
}
