// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Collects a partition's packed rows, sorted by their bytes and then ids, into a tile. */
final class TileBuilder {
  private final int dimension;
  private float[] values = new float[1024];
  private long[] features = new long[0];
  private int[] starts = new int[65];
  private long[] hashes = new long[128];
  private int[] pointOf = new int[64];
  private Object[] ids = new Object[64];
  private int points;
  private int rows;
  private int entries;
  private byte[] last = {};

  private TileBuilder(int dimension) {
    this.dimension = dimension;
    if (dimension == 0) {
      features = new long[1024];
    }
  }

  /**
   * The tile of sorted rows.
   *
   * @param dimension d, or 0 where rows are packed sparse
   * @param sorted id and packed bytes
   */
  static Tile of(int dimension, Iterator<Row> sorted) {
    TileBuilder builder = new TileBuilder(dimension);
    while (sorted.hasNext()) {
      Row row = sorted.next();
      builder.add(row.get(0), row.getAs(1));
    }
    return builder.build();
  }

  private void add(Object id, byte[] packed) {
    if (points == 0 || !Arrays.equals(packed, last)) {
      addPoint(packed);
      last = packed;
    }
    if (rows == ids.length) {
      ids = Arrays.copyOf(ids, 2 * rows);
      pointOf = Arrays.copyOf(pointOf, 2 * rows);
    }
    ids[rows] = id;
    pointOf[rows++] = points - 1;
  }

  private void addPoint(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed).position(PackedPoint.REGION);
    int count =
        (packed.length - PackedPoint.HEAD) / (dimension > 0 ? Float.BYTES : PackedPoint.ENTRY);
    if (points + 2 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      hashes = Arrays.copyOf(hashes, 2 * starts.length);
    }
    if (entries + count > values.length) {
      int capacity =
          Math.max(entries + count, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * values.length));
      values = Arrays.copyOf(values, capacity);
      features = dimension > 0 ? features : Arrays.copyOf(features, capacity);
    }
    hashes[2 * points] = bytes.getLong();
    hashes[2 * points + 1] = bytes.getLong();
    for (int e = 0; e < count; e++) {
      if (dimension == 0) {
        features[entries] = bytes.getLong();
      }
      values[entries++] = bytes.getFloat();
    }
    starts[++points] = entries;
  }

  private Tile build() {
    return new Tile(
        dimension,
        points,
        Arrays.copyOf(values, entries),
        dimension > 0 ? null : Arrays.copyOf(starts, points + 1),
        dimension > 0 ? null : Arrays.copyOf(features, entries),
        Arrays.copyOf(hashes, 2 * points),
        Arrays.copyOf(pointOf, rows),
        Arrays.copyOf(ids, rows));
  }
}
