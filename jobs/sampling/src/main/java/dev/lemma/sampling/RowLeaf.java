// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.sampling.glm.GlmBlock;
import java.io.Serializable;

/**
 * The rows of one leaf as executors keep them.
 *
 * @param index its place among the leaves
 * @param block the good rows
 * @param keys first halves of their row keys; none where no row is drawn for
 * @param numbers of rows among those of equal key; as many
 * @param tally what was found while they were read
 */
@DefaultSerializer(JavaSerializer.class)
record RowLeaf(long index, GlmBlock block, long[] keys, int[] numbers, LeafTally tally)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
