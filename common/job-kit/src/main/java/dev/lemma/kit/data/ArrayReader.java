// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Precision;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Reads arrays of numbers, and lists of numeric columns as arrays.
 *
 * @param type element type
 * @param d number of features
 * @param precision of the values given out
 */
record ArrayReader(NumberType type, int d, Precision precision) implements RowReader {
  private static final long serialVersionUID = 1L;

  @Override
  public BadRow read(Object value, FeatureBuffer out) {
    return value == null ? BadRow.NULL : read((ArrayData) value, type, d, precision, out);
  }

  @Override
  public BadRow check(Object value) {
    return read(value, Scratch.buffer());
  }

  /** Reads a dense row; shared with dense vectors. */
  static BadRow read(
      ArrayData array, NumberType type, int d, Precision precision, FeatureBuffer out) {
    if (array.numElements() != d) {
      return BadRow.WRONG_LENGTH;
    }
    if (Numbers.hasNull(array)) {
      return BadRow.NULL_ELEMENT;
    }
    boolean finite =
        switch (precision) {
          case FLOAT -> {
            float[] floats = out.beginFloats(d);
            Numbers.copy(array, type, floats);
            yield Numbers.areFinite(floats);
          }
          case DOUBLE -> {
            double[] doubles = out.beginDoubles(d);
            Numbers.copy(array, type, doubles);
            yield Numbers.areFinite(doubles);
          }
        };
    return finite ? BadRow.NONE : Numbers.whyNotFinite(array, type);
  }
}
