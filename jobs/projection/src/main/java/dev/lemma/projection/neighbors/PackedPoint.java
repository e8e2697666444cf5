// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.text.XxHash64;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Packs the features of a row into bytes inside the plan: the 128-bit hash of what follows, big
 * endian, then d floats, or id and float of each non-zero value in ascending order of ids. Equal
 * rows have equal bytes, whatever their encoding was, and bytes ascend with the hash.
 */
public final class PackedPoint implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bytes of the hash. */
  static final int HASH = 2 * Long.BYTES;

  /** Bytes of a non-zero value with its id. */
  static final int ENTRY = Long.BYTES + Float.BYTES;

  private final RowReader reader;
  private final int dimension;
  private transient FeatureBuffer buffer;

  /**
   * A step that packs.
   *
   * @param dimension d where rows are kept dense, 0 where they are kept sparse
   */
  PackedPoint(RowReader reader, int dimension) {
    this.reader = reader;
    this.dimension = dimension;
  }

  /** The bytes of a row, null for a bad one. */
  public synchronized Object pack(Object value) {
    if (buffer == null) {
      buffer = new FeatureBuffer();
    }
    if (reader.read(value, buffer) != BadRow.NONE) {
      return null;
    }
    ByteBuffer bytes = dimension > 0 ? dense() : sparse();
    byte[] packed = bytes.array();
    bytes.putLong(0, XxHash64.hash(packed, HASH, packed.length - HASH, 0));
    bytes.putLong(Long.BYTES, XxHash64.hash(packed, HASH, packed.length - HASH, 1));
    return packed;
  }

  private ByteBuffer dense() {
    ByteBuffer bytes = ByteBuffer.allocate(HASH + dimension * Float.BYTES).position(HASH);
    for (float value : buffer.denseFloats(dimension)) {
      // Adding zero makes -0.0 and 0.0 one.
      bytes.putFloat(value + 0f);
    }
    return bytes;
  }

  private ByteBuffer sparse() {
    if (buffer.isSparse()) {
      SparseRow row = buffer.sparse();
      int kept = 0;
      for (int e = 0; e < row.size(); e++) {
        kept += (float) row.values()[e] == 0 ? 0 : 1;
      }
      ByteBuffer bytes = ByteBuffer.allocate(HASH + kept * ENTRY).position(HASH);
      for (int e = 0; e < row.size(); e++) {
        float value = (float) row.values()[e];
        if (value != 0) {
          bytes.putLong(row.ids()[e]).putFloat(value);
        }
      }
      return bytes;
    }
    float[] row = buffer.floats();
    int kept = 0;
    for (float value : row) {
      kept += value == 0 ? 0 : 1;
    }
    ByteBuffer bytes = ByteBuffer.allocate(HASH + kept * ENTRY).position(HASH);
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        bytes.putLong(j).putFloat(row[j]);
      }
    }
    return bytes;
  }

  /** The tile of packed rows: the range of hashes that theirs lies in. */
  public static final class TileOf implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int tiles;

    TileOf(int tiles) {
      this.tiles = tiles;
    }

    /** A number from 0 to tiles - 1, ascending with the hash. */
    public int tile(byte[] packed) {
      return Leaves.rangeOf(ByteBuffer.wrap(packed).getLong(), tiles);
    }
  }
}
