// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.util.Arrays;

/**
 * A text cut into words or characters: their lower-cased UTF-8 lies in one buffer, in order and
 * with what joins them, so that every n-gram's name is a range of it. Reused from text to text.
 */
final class Units {
  // What a byte of ASCII means: the byte's lower case, or what to do instead.
  private static final byte SEPARATOR = 0;
  private static final byte BEYOND_ASCII = -1;
  private static final byte[] WORD_BYTES = new byte[256];
  private static final byte[] CHARACTER_BYTES = new byte[256];

  static {
    Arrays.fill(WORD_BYTES, 128, 256, BEYOND_ASCII);
    Arrays.fill(CHARACTER_BYTES, 128, 256, BEYOND_ASCII);
    for (int ascii = 1; ascii < 128; ascii++) {
      byte kind = UnicodeTable.classOf(ascii);
      byte lower = (byte) UnicodeTable.toLower(ascii);
      WORD_BYTES[ascii] = kind == UnicodeTable.WORD ? lower : SEPARATOR;
      // U+0000 is no white space but cannot be told from SEPARATOR: the slow path takes it.
      CHARACTER_BYTES[ascii] = kind == UnicodeTable.SPACE ? SEPARATOR : lower;
    }
    CHARACTER_BYTES[0] = BEYOND_ASCII;
  }

  private byte[] bytes = new byte[256];
  // Unit i begins at starts[i]; the unit behind the last would begin at starts[count].
  private int[] starts = new int[64];
  private int count;
  private int joint;

  private byte[] source;
  private int at;
  private int end;
  private int out;

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the n-gram that begins with a unit begins. */
  int start(int unit) {
    return starts[unit];
  }

  /** Length in bytes of the n-gram of {@code n} units that begins with a unit. */
  int length(int unit, int n) {
    return starts[unit + n] - joint - starts[unit];
  }

  /** Cuts a text; the range has been checked. */
  void read(TextUnit unit, byte[] utf8, int offset, int length) {
    source = utf8;
    at = offset;
    end = offset + length;
    out = 0;
    count = 0;
    reserve();
    switch (unit) {
      case WORDS -> readWords();
      case CHARACTERS -> readCharacters();
    }
    source = null;
  }

  private void readWords() {
    joint = 1;
    while (skipToWord()) {
      begin();
      copyWord();
      // The joining space is written even behind the last word, where no n-gram reaches it.
      bytes[out++] = ' ';
    }
    close();
  }

  /** Advances to the next letter or digit; false when there is none. */
  private boolean skipToWord() {
    while (at < end) {
      byte lower = WORD_BYTES[source[at] & 0xff];
      if (lower > 0) {
        return true;
      }
      if (lower == SEPARATOR) {
        at++;
      } else {
        int decoded = Utf8.decode(source, at, end);
        if (UnicodeTable.classOf(Utf8.codePoint(decoded)) == UnicodeTable.WORD) {
          return true;
        }
        at += Utf8.length(decoded);
      }
    }
    return false;
  }

  private void copyWord() {
    while (at < end) {
      // Locals: the loop over ASCII is where the time goes.
      byte[] from = source;
      byte[] to = bytes;
      int position = at;
      int target = out;
      int last = end;
      byte lower = SEPARATOR;
      while (position < last && (lower = WORD_BYTES[from[position] & 0xff]) > 0) {
        to[target++] = lower;
        position++;
      }
      at = position;
      out = target;
      if (position == last || lower == SEPARATOR) {
        return;
      }
      int decoded = Utf8.decode(source, at, end);
      byte kind = UnicodeTable.classOf(Utf8.codePoint(decoded));
      if (kind != UnicodeTable.WORD && kind != UnicodeTable.MARK) {
        return;
      }
      copy(decoded);
    }
  }

  private void readCharacters() {
    joint = 0;
    boolean spaceWaits = false;
    while (at < end) {
      byte lower = CHARACTER_BYTES[source[at] & 0xff];
      int decoded = 0;
      boolean space = lower == SEPARATOR;
      if (lower == BEYOND_ASCII) {
        decoded = Utf8.decode(source, at, end);
        space = UnicodeTable.classOf(Utf8.codePoint(decoded)) == UnicodeTable.SPACE;
      }
      if (space) {
        at += lower == SEPARATOR ? 1 : Utf8.length(decoded);
        spaceWaits = out > 0;
        continue;
      }
      if (spaceWaits) {
        begin();
        bytes[out++] = ' ';
        spaceWaits = false;
      }
      begin();
      if (lower == BEYOND_ASCII) {
        copy(decoded);
      } else {
        bytes[out++] = lower;
        at++;
      }
    }
    close();
  }

  private void copy(int decoded) {
    out = Utf8.encode(UnicodeTable.toLower(Utf8.codePoint(decoded)), bytes, out);
    at += Utf8.length(decoded);
    reserve();
  }

  private void begin() {
    if (count + 1 >= starts.length) {
      starts = Arrays.copyOf(starts, grown(count + 2L));
    }
    starts[count++] = out;
  }

  private void close() {
    starts[count] = out;
  }

  /**
   * Makes room for all that is left. A byte of ASCII becomes one byte, and a joining space stands
   * for at least one byte of white space, the last word's aside; only other code points can grow,
   * and ask anew.
   */
  private void reserve() {
    long needed = (long) out + (end - at) + 1 + Utf8.MAX_LENGTH;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, grown(needed));
    }
  }

  private static int grown(long needed) {
    long capacity = Math.min(needed + needed / 2, Integer.MAX_VALUE - 8L);
    if (needed > capacity) {
      throw new IllegalArgumentException("a text must stay below 2 GiB, found " + needed);
    }
    return (int) capacity;
  }
}
