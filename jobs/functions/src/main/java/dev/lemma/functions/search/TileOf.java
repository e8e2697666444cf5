// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.math.linalg.Leaves;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/** The tile of a row: the range of row keys that its own lies in. */
public final class TileOf implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int tiles;

  TileOf(int tiles) {
    this.tiles = tiles;
  }

  /** A number from 0 to tiles - 1, ascending with the key. */
  public int tile(InternalRow key) {
    return Leaves.rangeOf(key.getLong(0), tiles);
  }
}
