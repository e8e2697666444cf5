// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.apache.spark.Partitioner;

/** The block that a partial sum is of, and its place in the order of summing. */
@DefaultSerializer(JavaSerializer.class)
final class BlockKey implements Comparable<BlockKey>, Serializable {
  private static final long serialVersionUID = 1L;

  final int block;
  final long sequence;

  BlockKey(int block, long sequence) {
    this.block = block;
    this.sequence = sequence;
  }

  @Override
  public int compareTo(BlockKey other) {
    int byBlock = Integer.compare(block, other.block);
    return byBlock != 0 ? byBlock : Long.compare(sequence, other.sequence);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * block + Long.hashCode(sequence);
  }

  /** A partition for each block. */
  static final class ByBlock extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int blocks;

    ByBlock(int blocks) {
      this.blocks = blocks;
    }

    @Override
    public int numPartitions() {
      return blocks;
    }

    @Override
    public int getPartition(Object key) {
      return ((BlockKey) key).block;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByBlock same && blocks == same.blocks;
    }

    @Override
    public int hashCode() {
      return blocks;
    }
  }
}
