// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowKeyHasher;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Hashes the values of a row to its key. Public because generated code calls it; use {@link
 * RowKeys}.
 *
 * @param parts how each value is read, in order
 */
public record RowKeyFunction(List<Part> parts) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int KEY_BYTES = 24;

  /** How a value enters the key. */
  enum Kind {
    LONG,
    DOUBLE,
    TEXT,
    BINARY,
    BOOLEAN,
    DECIMAL,
    DATE,
    TIMESTAMP,
    VECTOR,
    ARRAY
  }

  /**
   * One value.
   *
   * @param kind how it enters the key
   * @param elements element type of an array
   * @param precision of a decimal
   * @param scale of a decimal
   */
  record Part(Kind kind, NumberType elements, int precision, int scale) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Takes a copy. */
  public RowKeyFunction {
    parts = List.copyOf(parts);
  }

  /** The key of these values as a row of two longs. */
  public InternalRow key(InternalRow values) {
    RowKeyHasher hasher = Scratch.hasher();
    for (int i = 0; i < parts.size(); i++) {
      if (values.isNullAt(i)) {
        hasher.addNull();
      } else {
        add(hasher, parts.get(i), values, i);
      }
    }
    RowKey key = hasher.key();
    UnsafeRow row = new UnsafeRow(2);
    row.pointTo(new byte[KEY_BYTES], KEY_BYTES);
    row.setLong(0, key.first());
    row.setLong(1, key.second());
    return row;
  }

  private static void add(RowKeyHasher hasher, Part part, InternalRow values, int i) {
    switch (part.kind()) {
      case LONG -> hasher.addLong(values.getLong(i));
      case DOUBLE -> hasher.addDouble(values.getDouble(i));
      case TEXT -> {
        UTF8String text = values.getUTF8String(i);
        byte[] bytes = text.getBytes();
        hasher.addText(bytes, 0, bytes.length);
      }
      case BINARY -> {
        byte[] bytes = values.getBinary(i);
        hasher.addBinary(bytes, 0, bytes.length);
      }
      case BOOLEAN -> hasher.addBoolean(values.getBoolean(i));
      case DECIMAL ->
          hasher.addDecimal(
              values.getDecimal(i, part.precision(), part.scale()).toJavaBigDecimal());
      case DATE -> hasher.addDate(values.getInt(i));
      case TIMESTAMP -> hasher.addTimestamp(values.getLong(i));
      case VECTOR -> addVector(hasher, values.getStruct(i, VectorReader.FIELDS));
      case ARRAY -> hasher.addVector(doubles(values.getArray(i), part.elements()));
    }
  }

  private static void addVector(RowKeyHasher hasher, InternalRow vector) {
    ArrayData values = VectorReader.values(vector);
    if (VectorReader.isDense(vector)) {
      hasher.addVector(doubles(values, NumberType.DOUBLE));
      return;
    }
    ArrayData indices = VectorReader.indices(vector);
    int size = VectorReader.size(vector);
    if (VectorReader.isSound(indices, values, size)) {
      FeatureBuffer buffer = Scratch.buffer();
      VectorReader.copy(indices, values, buffer.beginSparse());
      hasher.addVector(size, buffer.sparse());
      return;
    }
    // A broken vector still names its row, in messages and among the rejected.
    hasher.addLong(size).addVector(doubles(indices, NumberType.INT));
    hasher.addVector(doubles(values, NumberType.DOUBLE));
  }

  /** The elements, null as NaN: such rows are bad, but they too have a key. */
  private static double[] doubles(ArrayData array, NumberType type) {
    double[] values = Scratch.buffer().beginDoubles(array.numElements());
    Numbers.copy(array, type, values);
    if (Numbers.hasNull(array)) {
      for (int i = 0; i < values.length; i++) {
        if (array.isNullAt(i)) {
          values[i] = Double.NaN;
        }
      }
    }
    return values;
  }
}
