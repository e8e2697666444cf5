// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A finished piece of a result: of which group, where in the order of merging, and the piece. A
 * plain class, whose value may hold records, which Kryo does not know: it travels as Java
 * serialises it whatever {@code spark.serializer} is.
 *
 * @param <G> what tells apart what is merged with each other and with nothing else: equal to its
 *     copies, and of the same hash in every process
 */
@DefaultSerializer(JavaSerializer.class)
public final class Part<G extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final G group;
  private final long index;
  private final Serializable value;

  /**
   * A piece.
   *
   * @param index at least 0
   */
  public Part(G group, long index, Serializable value) {
    this.group = group;
    this.index = index;
    this.value = value;
  }

  /** What it is merged with. */
  public G group() {
    return group;
  }

  /** Where in the order of merging. */
  public long index() {
    return index;
  }

  /** The piece. */
  public Serializable value() {
    return value;
  }
}
