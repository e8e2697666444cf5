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
      if (onBadRow == OnBadRow.NULL) {
        return null;
      }
      throw ProjectionKernel.cannot(bad);
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

    Unpacked(Precision precision, OutputType type) {
      this.precision = precision;
      this.type = type;
    }

    /** The row in Spark's internal form of the output column; null for null. */
    public Object unpack(byte[] packed) {
      if (packed == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.wrap(packed);
      if (type == OutputType.VECTOR) {
        int k = packed.length / (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
        double[] values = new double[k];
        for (int c = 0; c < k; c++) {
          values[c] = precision == Precision.FLOAT ? bytes.getFloat() : bytes.getDouble();
        }
        return VECTOR.serialize(new DenseVector(values));
      }
      if (precision == Precision.FLOAT) {
        float[] values = new float[packed.length / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return UnsafeArrayData.fromPrimitiveArray(values);
      }
      double[] values = new double[packed.length / Double.BYTES];
      bytes.asDoubleBuffer().get(values);
      return UnsafeArrayData.fromPrimitiveArray(values);
    }
  }
}
