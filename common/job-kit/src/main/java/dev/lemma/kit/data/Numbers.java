// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * Copies Spark's arrays of numbers. Spark's own {@code toDoubleArray} reads null as 0 without an
 * error and allocates; here nulls are asked for first and the array is the caller's.
 */
final class Numbers {
  private Numbers() {}

  /** Whether any element is null. */
  static boolean hasNull(ArrayData array) {
    int n = array.numElements();
    if (array instanceof UnsafeArrayData unsafe) {
      // Layout: element count (8 bytes), one null bit an element in whole words, the elements.
      long at = unsafe.getBaseOffset() + 8;
      long end = unsafe.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(n);
      for (; at < end; at += 8) {
        if (Platform.getLong(unsafe.getBaseObject(), at) != 0) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0; i < n; i++) {
      if (array.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any of the fields from the first one on is null. */
  static boolean hasNull(UnsafeRow row, int first, int count) {
    // One null bit a field in whole words, before the fields.
    int last = first + count - 1;
    for (int word = first >> 6; word <= last >> 6; word++) {
      long bits = Platform.getLong(row.getBaseObject(), row.getBaseOffset() + 8L * word);
      if (word == first >> 6) {
        bits &= -1L << first;
      }
      if (word == last >> 6) {
        bits &= -1L >>> ~last;
      }
      if (bits != 0) {
        return true;
      }
    }
    return false;
  }

  /** Copies fields that are doubles from the first one on, as many as {@code out} has. */
  static void copy(UnsafeRow row, int first, double[] out) {
    long fields =
        row.getBaseOffset() + UnsafeRow.calculateBitSetWidthInBytes(row.numFields()) + 8L * first;
    Platform.copyMemory(
        row.getBaseObject(), fields, out, Platform.DOUBLE_ARRAY_OFFSET, 8L * out.length);
  }

  /** Element i as a double; null is not asked for. */
  static double at(ArrayData array, NumberType type, int i) {
    return switch (type) {
      case DOUBLE -> array.getDouble(i);
      case FLOAT -> array.getFloat(i);
      case LONG -> array.getLong(i);
      case INT -> array.getInt(i);
    };
  }

  /** Copies the elements, as many as {@code out} has. */
  static void copy(ArrayData array, NumberType type, double[] out) {
    switch (type) {
      case DOUBLE -> {
        if (array instanceof UnsafeArrayData unsafe) {
          Platform.copyMemory(
              unsafe.getBaseObject(),
              elements(unsafe),
              out,
              Platform.DOUBLE_ARRAY_OFFSET,
              8L * out.length);
        } else {
          for (int i = 0; i < out.length; i++) {
            out[i] = array.getDouble(i);
          }
        }
      }
      case FLOAT -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = array.getFloat(i);
        }
      }
      case LONG -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = array.getLong(i);
        }
      }
      case INT -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = array.getInt(i);
        }
      }
    }
  }

  /** Copies the elements rounded to float, as many as {@code out} has. */
  static void copy(ArrayData array, NumberType type, float[] out) {
    switch (type) {
      case DOUBLE -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) array.getDouble(i);
        }
      }
      case FLOAT -> {
        if (array instanceof UnsafeArrayData unsafe) {
          Platform.copyMemory(
              unsafe.getBaseObject(),
              elements(unsafe),
              out,
              Platform.FLOAT_ARRAY_OFFSET,
              4L * out.length);
        } else {
          for (int i = 0; i < out.length; i++) {
            out[i] = array.getFloat(i);
          }
        }
      }
      case LONG -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = array.getLong(i);
        }
      }
      case INT -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = array.getInt(i);
        }
      }
    }
  }

  /** Whether all values are finite; one pass without branches. */
  static boolean areFinite(double[] values) {
    // Zero times anything finite is 0, and NaN else; eight sums do not wait for each other.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int i = 0;
    for (; i + 8 <= values.length; i += 8) {
      a += 0 * values[i];
      b += 0 * values[i + 1];
      c += 0 * values[i + 2];
      d += 0 * values[i + 3];
      e += 0 * values[i + 4];
      f += 0 * values[i + 5];
      g += 0 * values[i + 6];
      h += 0 * values[i + 7];
    }
    for (; i < values.length; i++) {
      a += 0 * values[i];
    }
    return a + b + (c + d) + (e + f + (g + h)) == 0;
  }

  /** Why values are bad that are all there, {@link BadRow#NONE} when they are finite. */
  static BadRow classified(double[] values) {
    if (areFinite(values)) {
      return BadRow.NONE;
    }
    for (double value : values) {
      if (Double.isNaN(value)) {
        return BadRow.NAN;
      }
    }
    return BadRow.INFINITE;
  }

  /** Whether all values are finite; one pass without branches. */
  static boolean areFinite(float[] values) {
    boolean finite = true;
    for (float value : values) {
      finite &= Math.abs(value) <= Float.MAX_VALUE;
    }
    return finite;
  }

  /** The first reason, in {@link BadRow}'s order, why values that are not all finite are bad. */
  static BadRow whyNotFinite(ArrayData array, NumberType type) {
    BadRow reason = BadRow.OUTSIDE_FLOAT_RANGE;
    for (int i = 0; i < array.numElements(); i++) {
      double value = at(array, type, i);
      if (Double.isNaN(value)) {
        return BadRow.NAN;
      }
      if (Double.isInfinite(value)) {
        reason = BadRow.INFINITE;
      }
    }
    return reason;
  }

  private static long elements(UnsafeArrayData array) {
    return array.getBaseOffset()
        + UnsafeArrayData.calculateHeaderPortionInBytes(array.numElements());
  }
}
