// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.sampling.glm.GlmBlock;
import java.io.Serializable;

/**
 * The rows of a shard that lie in one leaf.
 *
 * @param shard the shard, from 0
 * @param leaf the leaf
 * @param block the rows
 */
@DefaultSerializer(JavaSerializer.class)
record ShardPart(int shard, long leaf, GlmBlock block) implements Serializable {
  private static final long serialVersionUID = 1L;
}
