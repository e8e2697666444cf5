// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Reads Spark ML vectors as they are stored: type (0 sparse, 1 dense), size, indices, values.
 *
 * @param d number of features
 * @param precision of the values given out
 */
record VectorReader(int d, Precision precision) implements RowReader {
  private static final long serialVersionUID = 1L;

  /** Fields of a stored vector. */
  static final int FIELDS = 4;

  static final int TYPE = 0;
  private static final int SIZE = 1;
  private static final int INDICES = 2;
  static final int VALUES = 3;
  static final byte DENSE = 1;

  @Override
  public BadRow read(Object value, FeatureBuffer out) {
    if (value == null) {
      return BadRow.NULL;
    }
    InternalRow vector = (InternalRow) value;
    ArrayData values = values(vector);
    if (isDense(vector)) {
      return ArrayReader.read(values, NumberType.DOUBLE, d, precision, out);
    }
    if (size(vector) != d) {
      return BadRow.WRONG_LENGTH;
    }
    ArrayData indices = indices(vector);
    if (!isSound(indices, values, d)) {
      return BadRow.BAD_INDICES;
    }
    if (Numbers.hasNull(values)) {
      return BadRow.NULL_ELEMENT;
    }
    boolean finite =
        switch (precision) {
          case FLOAT -> copyFloats(indices, values, out.beginSparse());
          case DOUBLE -> copy(indices, values, out.beginSparse());
        };
    return finite ? BadRow.NONE : Numbers.whyNotFinite(values, NumberType.DOUBLE);
  }

  @Override
  public BadRow check(Object value) {
    return read(value, Scratch.buffer());
  }

  static boolean isDense(InternalRow vector) {
    return vector.getByte(TYPE) == DENSE;
  }

  static int size(InternalRow vector) {
    return isDense(vector) ? values(vector).numElements() : vector.getInt(SIZE);
  }

  static ArrayData indices(InternalRow vector) {
    return vector.getArray(INDICES);
  }

  static ArrayData values(InternalRow vector) {
    return vector.getArray(VALUES);
  }

  /** Whether the indices ascend from 0 to size - 1 and are as many as the values. */
  static boolean isSound(ArrayData indices, ArrayData values, int size) {
    int n = indices.numElements();
    if (n != values.numElements() || Numbers.hasNull(indices)) {
      return false;
    }
    int previous = -1;
    for (int i = 0; i < n; i++) {
      int index = indices.getInt(i);
      if (index <= previous || index >= size) {
        return false;
      }
      previous = index;
    }
    return true;
  }

  /** Copies a sound vector without its explicit zeros; returns whether all values are finite. */
  static boolean copy(ArrayData indices, ArrayData values, SparseRow out) {
    boolean finite = true;
    for (int i = 0; i < values.numElements(); i++) {
      double value = values.getDouble(i);
      finite &= Math.abs(value) <= Double.MAX_VALUE;
      if (value != 0) {
        out.append(indices.getInt(i), value);
      }
    }
    return finite;
  }

  private static boolean copyFloats(ArrayData indices, ArrayData values, SparseRow out) {
    boolean finite = true;
    for (int i = 0; i < values.numElements(); i++) {
      // Rounded as a dense row would be; what rounds to zero is dropped like a zero.
      float value = (float) values.getDouble(i);
      finite &= Math.abs(value) <= Float.MAX_VALUE;
      if (value != 0) {
        out.append(indices.getInt(i), value);
      }
    }
    return finite;
  }
}
