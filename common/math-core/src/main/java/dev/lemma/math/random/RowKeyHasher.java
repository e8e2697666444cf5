// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes the canonical bytes of a row, value by value, and hashes them to its {@link RowKey}. Call
 * {@link #reset}, then one {@code add} a column in the order of the columns, then {@link #key}.
 *
 * <p>Every value is one tag byte and its payload, little-endian; what has no fixed length carries
 * its length in front. No two different sequences of values share their bytes:
 *
 * <table>
 * <caption>Canonical bytes, version 1</caption>
 * <tr><th>value</th><th>tag</th><th>payload</th></tr>
 * <tr><td>null</td><td>0</td><td>none</td></tr>
 * <tr><td>byte, short, int, long</td><td>1</td><td>8 bytes of the long: an int 1 is a long 1</td></tr>
 * <tr><td>float, double</td><td>2</td><td>8 bytes of the double; -0.0 is 0.0, all NaN are one, a
 * float is widened</td></tr>
 * <tr><td>text</td><td>3</td><td>length in bytes (8), UTF-8: "1" is not the long 1</td></tr>
 * <tr><td>binary</td><td>4</td><td>length (8), bytes</td></tr>
 * <tr><td>boolean</td><td>5</td><td>one byte, 0 or 1</td></tr>
 * <tr><td>decimal</td><td>6</td><td>scale (8), length (8) and two's complement bytes, high first, of
 * the unscaled value, trailing zeros stripped: 1.0 is 1.00; zero has scale 0</td></tr>
 * <tr><td>date</td><td>7</td><td>days since 1970-01-01 (8)</td></tr>
 * <tr><td>timestamp</td><td>8</td><td>microseconds since 1970-01-01 00:00 (8)</td></tr>
 * <tr><td>vector, array of numbers</td><td>9</td><td>size (8), number of non-zero entries (8), then
 * index (8) and double (8) of each, indices ascending: a sparse vector is its dense twin, NaN is not
 * zero</td></tr>
 * </table>
 *
 * <p>The bytes lie in one buffer that grows to the longest row and stays: nothing is allocated per
 * row in the steady state, decimals and text that is no ASCII aside. Not thread-safe.
 */
public final class RowKeyHasher {
  /** Version of the canonical bytes; frozen test vectors hold it in place. */
  public static final int VERSION = 1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte NULL = 0;
  private static final byte INTEGER = 1;
  private static final byte DOUBLE = 2;
  private static final byte TEXT = 3;
  private static final byte BINARY = 4;
  private static final byte BOOLEAN = 5;
  private static final byte DECIMAL = 6;
  private static final byte DATE = 7;
  private static final byte TIMESTAMP = 8;
  private static final byte VECTOR = 9;

  private byte[] bytes = new byte[256];
  private int length;

  /** Forgets the row; keeps the memory. */
  public RowKeyHasher reset() {
    length = 0;
    return this;
  }

  /** Adds a missing value. */
  public RowKeyHasher addNull() {
    reserve(1);
    bytes[length++] = NULL;
    return this;
  }

  /** Adds an integer of any width. */
  public RowKeyHasher addLong(long value) {
    return addTagged(INTEGER, value);
  }

  /** Adds a floating-point number of either width. */
  public RowKeyHasher addDouble(double value) {
    return addTagged(DOUBLE, canonicalBits(value));
  }

  /** Adds a text by its UTF-8 bytes. */
  public RowKeyHasher addText(String text) {
    int size = text.length();
    reserve(9L + size);
    int start = length + 9;
    for (int i = 0; i < size; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return addText(utf8, 0, utf8.length);
      }
      bytes[start + i] = (byte) unit;
    }
    writeHeader(TEXT, size);
    length += size;
    return this;
  }

  /**
   * Adds a text that is UTF-8 already.
   *
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public RowKeyHasher addText(byte[] utf8, int offset, int count) {
    return addRange(TEXT, utf8, offset, count);
  }

  /**
   * Adds bytes without a meaning.
   *
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public RowKeyHasher addBinary(byte[] value, int offset, int count) {
    return addRange(BINARY, value, offset, count);
  }

  /** Adds a truth value. */
  public RowKeyHasher addBoolean(boolean value) {
    reserve(2);
    bytes[length++] = BOOLEAN;
    bytes[length++] = (byte) (value ? 1 : 0);
    return this;
  }

  /** Adds a decimal number; equal numbers of different scale are one. */
  public RowKeyHasher addDecimal(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    byte[] unscaled = stripped.unscaledValue().toByteArray();
    reserve(17L + unscaled.length);
    writeHeader(DECIMAL, stripped.scale());
    writeLong(unscaled.length);
    System.arraycopy(unscaled, 0, bytes, length, unscaled.length);
    length += unscaled.length;
    return this;
  }

  /** Adds a date. */
  public RowKeyHasher addDate(long daysSinceEpoch) {
    return addTagged(DATE, daysSinceEpoch);
  }

  /** Adds a timestamp, of an instant or local. */
  public RowKeyHasher addTimestamp(long microsecondsSinceEpoch) {
    return addTagged(TIMESTAMP, microsecondsSinceEpoch);
  }

  /** Adds a dense vector. */
  public RowKeyHasher addVector(double[] values) {
    int mark = beginVector(values.length, values.length);
    int at = length;
    for (int i = 0; i < values.length; i++) {
      at = writeEntry(at, i, values[i]);
    }
    return endVector(mark, at);
  }

  /** Adds a dense vector of floats, which are widened. */
  public RowKeyHasher addVector(float[] values) {
    int mark = beginVector(values.length, values.length);
    int at = length;
    for (int i = 0; i < values.length; i++) {
      at = writeEntry(at, i, values[i]);
    }
    return endVector(mark, at);
  }

  /**
   * Adds a sparse vector.
   *
   * @param size its dimension
   * @param indices strictly ascending, from 0 to size - 1
   * @param values as many; explicit zeros count as absent
   * @throws IllegalArgumentException if the indices are not ascending, outside the vector, or not
   *     as many as the values
   */
  public RowKeyHasher addVector(long size, int[] indices, double[] values) {
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "a sparse vector needs one value an index, found "
              + indices.length
              + " indices and "
              + values.length
              + " values");
    }
    int mark = beginVector(size, indices.length);
    int at = length;
    long previous = -1;
    for (int i = 0; i < indices.length; i++) {
      previous = checkIndex(previous, indices[i], size);
      at = writeEntry(at, indices[i], values[i]);
    }
    return endVector(mark, at);
  }

  /**
   * Adds a sparse vector.
   *
   * @param size its dimension
   * @param row entries with strictly ascending ids from 0 to size - 1
   * @throws IllegalArgumentException if the ids are not ascending or outside the vector
   */
  public RowKeyHasher addVector(long size, SparseRow row) {
    int mark = beginVector(size, row.size());
    int at = length;
    long previous = -1;
    for (int i = 0; i < row.size(); i++) {
      previous = checkIndex(previous, row.ids()[i], size);
      at = writeEntry(at, previous, row.values()[i]);
    }
    return endVector(mark, at);
  }

  /** The key of all values added since the last reset. */
  public RowKey key() {
    return new RowKey(first(), XxHash64.hash(bytes, 0, length, 1));
  }

  /** The first half of the key alone: all that samples, folds and leaves need at half the cost. */
  public long first() {
    return XxHash64.hash(bytes, 0, length, 0);
  }

  private static long canonicalBits(double value) {
    // Adding 0.0 turns -0.0 into 0.0 and changes nothing else; doubleToLongBits unites all NaN.
    return Double.doubleToLongBits(value + 0.0);
  }

  private RowKeyHasher addTagged(byte tag, long value) {
    reserve(9);
    writeHeader(tag, value);
    return this;
  }

  private RowKeyHasher addRange(byte tag, byte[] source, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, source.length);
    reserve(9L + count);
    writeHeader(tag, count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  /** Reserves for the worst case and leaves a gap for the count, whose position it returns. */
  private int beginVector(long size, int entries) {
    reserve(17L + 16L * entries);
    writeHeader(VECTOR, size);
    int mark = length;
    length += 8;
    return mark;
  }

  private int writeEntry(int at, long index, double value) {
    if (value == 0) {
      return at;
    }
    LONG.set(bytes, at, index);
    LONG.set(bytes, at + 8, canonicalBits(value));
    return at + 16;
  }

  private RowKeyHasher endVector(int mark, int at) {
    LONG.set(bytes, mark, (at - length) / 16L);
    length = at;
    return this;
  }

  private static long checkIndex(long previous, long index, long size) {
    if (index <= previous || index >= size) {
      throw new IllegalArgumentException(
          "indices of a sparse vector must ascend from 0 to "
              + (size - 1)
              + ", found "
              + index
              + " after "
              + previous);
    }
    return index;
  }

  private void writeHeader(byte tag, long value) {
    bytes[length++] = tag;
    writeLong(value);
  }

  private void writeLong(long value) {
    LONG.set(bytes, length, value);
    length += 8;
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "the canonical bytes of a row must stay below 2 GiB, found " + needed);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, needed + needed / 2));
    }
  }
}
