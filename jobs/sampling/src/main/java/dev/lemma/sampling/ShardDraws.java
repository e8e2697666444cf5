// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Optional;

/**
 * What came of a shard.
 *
 * @param shard its number, from 0
 * @param draws T x p numbers, draw by draw; none where it failed
 * @param problem why there are no draws; empty text where there are
 */
@DefaultSerializer(JavaSerializer.class)
record ShardDraws(int shard, double[] draws, String problem) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Why there are no draws. */
  Optional<String> failure() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }
}
