// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.neighbors.PivotCells;
import dev.lemma.math.text.XxHash64;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Packs the features of a row into bytes inside the plan: the row's region, the 128-bit hash of
 * what follows, big endian, then d floats, or id and float of each non-zero value in ascending
 * order of ids. Equal rows have equal bytes, whatever their encoding was, and bytes ascend with
 * region and hash.
 */
public final class PackedPoint implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bytes of the region. */
  static final int REGION = Short.BYTES;

  /** Bytes of region and hash. */
  static final int HEAD = REGION + 2 * Long.BYTES;

  /** Bytes of a non-zero value with its id. */
  static final int ENTRY = Long.BYTES + Float.BYTES;

  private final RowReader reader;
  private final int dimension;
  private final Regions regions;
  private transient FeatureBuffer buffer;
  private transient PivotCells cells;

  /**
   * A step that packs.
   *
   * @param dimension d where rows are kept dense, 0 where they are kept sparse
   * @param regions more than one for dense rows alone
   */
  PackedPoint(RowReader reader, int dimension, Regions regions) {
    this.reader = reader;
    this.dimension = dimension;
    this.regions = regions;
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
    bytes.putLong(REGION, XxHash64.hash(packed, HEAD, packed.length - HEAD, 0));
    bytes.putLong(REGION + Long.BYTES, XxHash64.hash(packed, HEAD, packed.length - HEAD, 1));
    return packed;
  }

  private ByteBuffer dense() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + dimension * Float.BYTES).position(HEAD);
    float[] row = buffer.denseFloats(dimension);
    bytes.putShort(0, (short) region(row));
    for (float value : row) {
      // Adding zero makes -0.0 and 0.0 one.
      bytes.putFloat(value + 0f);
    }
    return bytes;
  }

  private int region(float[] row) {
    if (regions.count() == 1) {
      return 0;
    }
    if (cells == null) {
      cells = regions.cells();
    }
    return cells.cell(row, 0);
  }

  private ByteBuffer sparse() {
    if (buffer.isSparse()) {
      SparseRow row = buffer.sparse();
      int kept = 0;
      for (int e = 0; e < row.size(); e++) {
        kept += (float) row.values()[e] == 0 ? 0 : 1;
      }
      ByteBuffer bytes = ByteBuffer.allocate(HEAD + kept * ENTRY).position(HEAD);
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
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + kept * ENTRY).position(HEAD);
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        bytes.putLong(j).putFloat(row[j]);
      }
    }
    return bytes;
  }

  /** The tile of packed rows: the range of regions and hashes that theirs lies in. */
  public static final class TileOf implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Regions regions;
    private final int tiles;

    TileOf(Regions regions, int tiles) {
      this.regions = regions;
      this.tiles = tiles;
    }

    /** A number from 0 to tiles - 1, ascending with the packed bytes. */
    public int tile(byte[] packed) {
      ByteBuffer bytes = ByteBuffer.wrap(packed);
      return regions.tile(bytes.getShort(), bytes.getLong(), tiles);
    }
  }
}
