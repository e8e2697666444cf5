// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/** The uniforms that decide acceptances, each at an address of its own. Not thread-safe. */
final class Decisions {
  /** Far from the blocks of a proposal, which count from 0. */
  private static final long BLOCK = 1L << 32;

  private final StreamKey key;
  private final long[] words = new long[4];

  Decisions(StreamKey key) {
    this.key = key;
  }

  /** ln U of the decision of a chain in an iteration. */
  double logUniform(long iteration, long chain) {
    key.block(0, iteration, chain, BLOCK, words);
    return StrictMath.log(Variates.uniform(words[0]));
  }

  /** ln U of one of several decisions of a chain in an iteration. */
  double logUniform(long iteration, long chain, int number) {
    key.block(0, iteration, chain, BLOCK * (1 + number), words);
    return StrictMath.log(Variates.uniform(words[0]));
  }
}
