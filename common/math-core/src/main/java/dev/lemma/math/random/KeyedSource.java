// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * One address seen as a source of random bits, for samplers that consume a number of draws that
 * nobody knows beforehand (rejection, ziggurat, gamma): the words of block 0, 1, 2, ... of (entity,
 * index, lane), in order.
 *
 * <p>A source is a cursor over a pure function, not a generator: two sources at one address give
 * the same values, and a source can be pointed at another address without an allocation. Give every
 * variate whose value must not depend on its neighbours an address of its own. Not thread-safe.
 */
public final class KeyedSource implements UniformRandomProvider {
  private static final long DRAW_MASK = 0xFFFF_FFFFL;

  private final StreamKey key;
  private final long[] words = new long[Philox4x64.WORDS];
  private long entity;
  private long index;
  private long lane;
  private long block;
  private int used;
  private boolean exhausted;

  /** A source at address (0, 0, 0) of a stream. */
  public KeyedSource(StreamKey key) {
    this.key = key;
    at(0, 0, 0);
  }

  /**
   * Points this source at the first draw of an address.
   *
   * @return this source
   */
  public KeyedSource at(long entity, long index, long lane) {
    return at(entity, index, lane, 0);
  }

  /**
   * Points this source at the first draw of one of several entities that share a key: the number
   * takes the upper 32 bits of the block word.
   *
   * @param number which of the equal entities, 0 for the first
   * @return this source
   */
  public KeyedSource at(long entity, long index, long lane, int number) {
    this.entity = entity;
    this.index = index;
    this.lane = lane;
    this.block = (long) number << 32;
    this.used = words.length;
    this.exhausted = false;
    return this;
  }

  /** The second word of the address: an iteration, for samplers that name it in errors. */
  public long index() {
    return index;
  }

  /** The third word of the address: a chain or replica. */
  public long lane() {
    return lane;
  }

  /**
   * The next 64 bits.
   *
   * @throws IllegalStateException after 2<sup>34</sup> words, where the draws of the next number
   *     would begin
   */
  @Override
  public long nextLong() {
    if (used == words.length) {
      refill();
    }
    return words[used++];
  }

  private void refill() {
    if (exhausted) {
      throw new IllegalStateException("more than 2^34 words drawn from one address");
    }
    key.block(entity, index, lane, block, words);
    exhausted = (block & DRAW_MASK) == DRAW_MASK;
    block++;
    used = 0;
  }
}
