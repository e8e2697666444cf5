// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.Projection;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Packs a row and its projection into bytes, so that sampled rows reach the driver without boxes:
 * the number of non-zero values, ids, values, then the k projected values as the output has them.
 * 16 bytes for each non-zero value and 8 k.
 */
public final class SampledRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MatrixForm matrix;
  private final Precision precision;
  private final RowReader reader;
  private transient Projection projection;
  private transient FeatureBuffer buffer;

  SampledRow(Specification specification, RowReader reader) {
    this.matrix = MatrixForm.of(specification.matrix());
    this.precision = specification.precision();
    this.reader = reader;
  }

  /** The bytes of a row that can be projected to finite values, null for any other. */
  public synchronized Object pack(Object value) {
    if (projection == null) {
      projection = Projection.of(matrix.spec());
      buffer = new FeatureBuffer();
    }
    if (reader.read(value, buffer) != BadRow.NONE) {
      return null;
    }
    SparseRow row = buffer.nonzeros(precision);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 16 * row.size() + 8 * matrix.k());
    bytes.putInt(row.size());
    for (int e = 0; e < row.size(); e++) {
      bytes.putLong(row.ids()[e]);
      bytes.putDouble(row.values()[e]);
    }
    if (precision == Precision.FLOAT) {
      float[] out = new float[matrix.k()];
      projection.project(row, out);
      for (float v : out) {
        if (!Float.isFinite(v)) {
          return null;
        }
        bytes.putDouble(v);
      }
    } else {
      double[] out = new double[matrix.k()];
      projection.project(row, out);
      for (double v : out) {
        if (!Double.isFinite(v)) {
          return null;
        }
        bytes.putDouble(v);
      }
    }
    return bytes.array();
  }

  /** Unpacks {@link #pack}'s bytes: fills the row, returns the projection. */
  static double[] unpack(byte[] packed, SparseRow row) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    row.clear();
    for (int left = bytes.getInt(); left > 0; left--) {
      row.append(bytes.getLong(), bytes.getDouble());
    }
    double[] projected = new double[bytes.remaining() / 8];
    bytes.asDoubleBuffer().get(projected);
    return projected;
  }
}
