// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

/**
 * Code points out of and into UTF-8 (RFC 3629). A decoded code point carries its length in bytes in
 * bits 24 and above, so that nothing is allocated.
 */
final class Utf8 {
  static final int REPLACEMENT = 0xfffd;
  static final int MAX_LENGTH = 4;

  private static final int LENGTH_SHIFT = 24;
  private static final int CODE_POINT_MASK = (1 << LENGTH_SHIFT) - 1;

  private Utf8() {}

  static int codePoint(int decoded) {
    return decoded & CODE_POINT_MASK;
  }

  static int length(int decoded) {
    return decoded >>> LENGTH_SHIFT;
  }

  /**
   * Decodes the code point at a position. Ill-formed bytes are decoded as U+FFFD, whose length is
   * that of the longest beginning of a well-formed sequence found there, or 1.
   */
  static int decode(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1 << LENGTH_SHIFT | lead;
    }
    if (lead < 0xc2 || lead > 0xf4) {
      return 1 << LENGTH_SHIFT | REPLACEMENT;
    }
    int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    // Only the second byte's range depends on the lead: no overlong forms, no surrogates, nothing
    // above U+10FFFF.
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    int codePoint = lead & 0x7f >> length;
    for (int i = 1; i < length; i++) {
      int next = at + i < end ? bytes[at + i] & 0xff : 0;
      if (next < low || next > high) {
        return i << LENGTH_SHIFT | REPLACEMENT;
      }
      codePoint = codePoint << 6 | next & 0x3f;
      low = 0x80;
      high = 0xbf;
    }
    return length << LENGTH_SHIFT | codePoint;
  }

  /** Writes a code point and returns the position behind it. */
  static int encode(int codePoint, byte[] out, int at) {
    int position = at;
    if (codePoint < 0x80) {
      out[position++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[position++] = (byte) (0xc0 | codePoint >> 6);
      out[position++] = (byte) (0x80 | codePoint & 0x3f);
    } else if (codePoint < 0x10000) {
      out[position++] = (byte) (0xe0 | codePoint >> 12);
      out[position++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
      out[position++] = (byte) (0x80 | codePoint & 0x3f);
    } else {
      out[position++] = (byte) (0xf0 | codePoint >> 18);
      out[position++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
      out[position++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
      out[position++] = (byte) (0x80 | codePoint & 0x3f);
    }
    return position;
  }
}
