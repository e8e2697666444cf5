// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import org.apache.spark.Partitioner;

/** Sends what is meant for a tile to the partition of its number. */
final class ByTile extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int tiles;

  ByTile(int tiles) {
    this.tiles = tiles;
  }

  @Override
  public int numPartitions() {
    return tiles;
  }

  @Override
  public int getPartition(Object key) {
    // A block of queries is addressed by tile and number.
    return key instanceof Long block ? (int) (block >> Integer.SIZE) : (Integer) key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByTile same && same.tiles == tiles;
  }

  @Override
  public int hashCode() {
    return tiles;
  }
}
