// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.SplittableRandom;

/** Bytes that no codec makes smaller. */
final class Noise {
  private Noise() {}

  /** As many bytes, a multiple of 8; the same for the same salt. */
  static byte[] bytes(int n, long salt) {
    ByteBuffer bytes = ByteBuffer.allocate(n);
    LongBuffer words = bytes.asLongBuffer();
    SplittableRandom random = new SplittableRandom(salt);
    while (words.hasRemaining()) {
      words.put(random.nextLong());
    }
    return bytes.array();
  }
}
