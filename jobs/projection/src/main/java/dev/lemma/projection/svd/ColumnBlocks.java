// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.ByteSize;
import java.io.Serializable;

/**
 * The columns of A in blocks, and with them the rows of W, A'Y and V, none of which is then held
 * whole anywhere. Follows from n, the width of W and the configuration alone.
 *
 * <p>With block and chunk of a sixteenth of {@code memory} each, a task holds at most four blocks
 * and a chunk of rows, the driver four blocks and the 16 B l<sup>2</sup> bytes of the triangles of
 * B blocks.
 *
 * @param dimension n
 * @param width columns of A in a block, the last one aside
 * @param chunkBytes memory for the rows that a task multiplies by one block after the other
 */
record ColumnBlocks(int dimension, int width, long chunkBytes) implements Serializable {
  /** Shares of the memory: one for a block of W, one for a chunk of rows. */
  private static final int SHARES = 16;

  /** Blocks that one machine holds at a time. */
  private static final int HELD = 4;

  /**
   * Blocks that fit.
   *
   * @param l columns of W
   * @param memory of the driver
   */
  static ColumnBlocks fitting(int n, int l, ByteSize memory) {
    long width = memory.bytes() / (SHARES * Double.BYTES * (long) l);
    return of(n, (int) Math.max(1, Math.min(n, width)), memory);
  }

  /** Blocks of a given width. */
  static ColumnBlocks of(int n, int width, ByteSize memory) {
    return new ColumnBlocks(n, Math.min(width, n), memory.bytes() / SHARES);
  }

  /** Number of blocks, B. */
  int count() {
    return (dimension + width - 1) / width;
  }

  /** The first column of a block; n behind the last. */
  int from(int block) {
    return (int) Math.min(dimension, (long) block * width);
  }

  /** Number of columns of a block. */
  int size(int block) {
    return from(block + 1) - from(block);
  }

  /** Bytes of one block of W. */
  double blockBytes(int l) {
    return (double) Double.BYTES * width * l;
  }

  /** Bytes that the driver holds at a time. */
  double driverBytes(int l) {
    return HELD * blockBytes(l) + 2.0 * Double.BYTES * count() * l * l;
  }

  /** Bytes that a task holds at a time. */
  double taskBytes(int l) {
    return HELD * blockBytes(l) + chunkBytes;
  }
}
