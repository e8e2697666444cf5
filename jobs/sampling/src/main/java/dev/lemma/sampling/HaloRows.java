// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Rows that a strip needs of its neighbour.
 *
 * @param key of the part that needs them
 * @param side where they lie from there
 * @param states a byte a site, from top to bottom
 */
@DefaultSerializer(JavaSerializer.class)
record HaloRows(int key, Side side, byte[] states) implements Serializable {
  /** Above or below the strip. */
  enum Side {
    ABOVE,
    BELOW
  }
}
