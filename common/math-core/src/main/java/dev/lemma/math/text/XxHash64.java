// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The 64-bit xxHash (XXH64): a fast, well mixed, not cryptographic hash of bytes, the same on every
 * machine. Feature names become ids by it, and rows their keys.
 *
 * <p>Four lanes of 64 bits take 32 bytes a turn; what is left over is folded in by words of 8, then
 * 4 bytes, then single ones. All functions are pure, thread-safe and, but for the case named at
 * {@link #hash(String, long)}, free of allocation.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">Y. Collet: xxHash
 *     fast digest algorithm, the specification</a>
 */
public final class XxHash64 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // The five primes of the specification.
  private static final long PRIME1 = 0x9E3779B185EBCA87L;
  private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME3 = 0x165667B19E3779F9L;
  private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE = 32;

  private XxHash64() {}

  /**
   * The hash of a range of bytes.
   *
   * @param bytes where the range lies
   * @param offset its first byte
   * @param length its length, may be 0
   * @param seed seed of the hash
   * @throws IndexOutOfBoundsException if the range is not inside {@code bytes}
   */
  public static long hash(byte[] bytes, int offset, int length, long seed) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int at = offset;
    int end = offset + length;
    long hash;
    if (length < STRIPE) {
      hash = seed + PRIME5;
    } else {
      long lane1 = seed + PRIME1 + PRIME2;
      long lane2 = seed + PRIME2;
      long lane3 = seed;
      long lane4 = seed - PRIME1;
      int lastStripe = end - STRIPE;
      for (; at <= lastStripe; at += STRIPE) {
        lane1 = round(lane1, (long) LONG.get(bytes, at));
        lane2 = round(lane2, (long) LONG.get(bytes, at + 8));
        lane3 = round(lane3, (long) LONG.get(bytes, at + 16));
        lane4 = round(lane4, (long) LONG.get(bytes, at + 24));
      }
      hash = converge(lane1, lane2, lane3, lane4);
    }
    hash += length;
    for (; at <= end - 8; at += 8) {
      hash = mixLong(hash, (long) LONG.get(bytes, at));
    }
    if (at <= end - 4) {
      hash = mixInt(hash, (int) INT.get(bytes, at));
      at += 4;
    }
    for (; at < end; at++) {
      hash = mixByte(hash, bytes[at]);
    }
    return avalanche(hash);
  }

  /**
   * The hash of a text's UTF-8 bytes. Plain ASCII is hashed where it lies; other text is encoded
   * into a new array first. A surrogate without its other half counts as a question mark, as in
   * {@link String#getBytes(java.nio.charset.Charset)}.
   *
   * @param text the text, may be empty
   * @param seed seed of the hash
   */
  public static long hash(String text, long seed) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) >= 0x80) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return hash(utf8, 0, utf8.length, seed);
      }
    }
    return hashAscii(text, length, seed);
  }

  private static long hashAscii(String text, int length, long seed) {
    int at = 0;
    long hash;
    if (length < STRIPE) {
      hash = seed + PRIME5;
    } else {
      long lane1 = seed + PRIME1 + PRIME2;
      long lane2 = seed + PRIME2;
      long lane3 = seed;
      long lane4 = seed - PRIME1;
      for (; at <= length - STRIPE; at += STRIPE) {
        lane1 = round(lane1, asciiLong(text, at));
        lane2 = round(lane2, asciiLong(text, at + 8));
        lane3 = round(lane3, asciiLong(text, at + 16));
        lane4 = round(lane4, asciiLong(text, at + 24));
      }
      hash = converge(lane1, lane2, lane3, lane4);
    }
    hash += length;
    for (; at <= length - 8; at += 8) {
      hash = mixLong(hash, asciiLong(text, at));
    }
    if (at <= length - 4) {
      hash = mixInt(hash, asciiInt(text, at));
      at += 4;
    }
    for (; at < length; at++) {
      hash = mixByte(hash, (byte) text.charAt(at));
    }
    return avalanche(hash);
  }

  private static int asciiInt(String text, int at) {
    return text.charAt(at)
        | text.charAt(at + 1) << 8
        | text.charAt(at + 2) << 16
        | text.charAt(at + 3) << 24;
  }

  private static long asciiLong(String text, int at) {
    return asciiInt(text, at) | (long) asciiInt(text, at + 4) << 32;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME2, 31) * PRIME1;
  }

  private static long converge(long lane1, long lane2, long lane3, long lane4) {
    long hash =
        Long.rotateLeft(lane1, 1)
            + Long.rotateLeft(lane2, 7)
            + Long.rotateLeft(lane3, 12)
            + Long.rotateLeft(lane4, 18);
    hash = mergeLane(hash, lane1);
    hash = mergeLane(hash, lane2);
    hash = mergeLane(hash, lane3);
    return mergeLane(hash, lane4);
  }

  private static long mergeLane(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME1 + PRIME4;
  }

  private static long mixLong(long hash, long input) {
    return Long.rotateLeft(hash ^ round(0, input), 27) * PRIME1 + PRIME4;
  }

  private static long mixInt(long hash, int input) {
    return Long.rotateLeft(hash ^ (input & 0xffffffffL) * PRIME1, 23) * PRIME2 + PRIME3;
  }

  private static long mixByte(long hash, byte input) {
    return Long.rotateLeft(hash ^ (input & 0xff) * PRIME5, 11) * PRIME1;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ hash >>> 33) * PRIME2;
    mixed = (mixed ^ mixed >>> 29) * PRIME3;
    return mixed ^ mixed >>> 32;
  }
}
