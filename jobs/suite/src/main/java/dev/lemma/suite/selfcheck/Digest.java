// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * The bits of results in a few letters: the first 8 bytes of their SHA-256, which shares no code
 * with what is checked.
 */
final class Digest {
  private final MessageDigest sha;

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Digest of(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    sha.update(bytes);
    return this;
  }

  Digest of(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
    for (double value : values) {
      // -0.0 and 0.0 are the same number.
      bytes.putDouble(value + 0.0);
    }
    sha.update(bytes.flip());
    return this;
  }

  Digest of(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    for (float value : values) {
      bytes.putFloat(value + 0f);
    }
    sha.update(bytes.flip());
    return this;
  }

  Digest of(byte[] values) {
    sha.update(values);
    return this;
  }

  String text() {
    return String.format(Locale.ROOT, "%016x", ByteBuffer.wrap(sha.digest()).getLong());
  }
}
