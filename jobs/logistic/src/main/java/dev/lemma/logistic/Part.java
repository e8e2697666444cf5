// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * A finished piece of a result: of which group, where in the order of merging, and the piece. A
 * plain class, whose value may hold records, which Kryo does not know: it travels as Java
 * serialises it whatever {@code spark.serializer} is.
 */
@DefaultSerializer(JavaSerializer.class)
final class Part implements Serializable {
  private static final long serialVersionUID = 1L;

  final Group group;
  final long index;
  final Serializable value;

  Part(Group group, long index, Serializable value) {
    this.group = group;
    this.index = index;
    this.value = value;
  }

  /** What is merged with each other and with nothing else. */
  static final class Group implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The counts of rows, in every scan. */
    static final Group TALLY = new Group(null, -1);

    /** The values of the key columns; null where there are none, and for the counts. */
    final Row keys;

    /** A number that tells groups of equal keys apart; -1 for the counts. */
    final int number;

    Group(Row keys, int number) {
      this.keys = keys;
      this.number = number;
    }

    boolean isTally() {
      return number == TALLY.number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Group group
          && number == group.number
          && Objects.equals(keys, group.keys);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hashCode(keys) + number;
    }
  }
}
