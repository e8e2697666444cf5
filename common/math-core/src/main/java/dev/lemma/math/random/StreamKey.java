// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key of a random stream: the user's seed and the purpose that the numbers serve. Streams of
 * different purposes under one seed are independent.
 *
 * @param seed the user's seed, any value
 * @param stream the purpose, hashed: see {@link #of}
 */
public record StreamKey(long seed, long stream) {

  /**
   * The key of a named purpose: the stream is the first 8 bytes, big-endian, of the SHA-256 digest
   * of the name.
   *
   * @param seed the user's seed, any value
   * @param name printable ASCII, not empty, such as {@code projection/sign}
   * @throws IllegalArgumentException if the name is empty or holds anything but printable ASCII
   */
  public static StreamKey of(long seed, String name) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "stream name: expected printable ASCII without spaces, found \"" + name + "\"");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
      return new StreamKey(seed, ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform must have it.
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }

  /**
   * Fills {@code out[0..3]} with the 256 bits of one address under this key.
   *
   * @param entity feature, row key or document; 0 where there is none
   * @param index iteration or output block
   * @param lane chain or replica
   * @param block draw
   * @param out receives four words; at least 4 long
   */
  public void block(long entity, long index, long lane, long block, long[] out) {
    Philox4x64.block(seed, stream, entity, index, lane, block, out);
  }
}
