// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Ids of the rows of some points.
 *
 * @param starts places of the first id of each point, and behind them the number of ids
 * @param ids point after point, those of one point ascending
 */
@DefaultSerializer(JavaSerializer.class)
record Names(int[] starts, Object[] ids) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Number of rows of a point. */
  int count(int point) {
    return starts[point + 1] - starts[point];
  }
}
