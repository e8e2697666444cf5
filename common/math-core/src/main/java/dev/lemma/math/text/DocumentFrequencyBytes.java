// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.util.Arrays;

/**
 * The bytes of {@link DocumentFrequencies}: a version (1), then numbers of 7 bits a byte, low
 * first, the high bit set where more follow. First the number of texts, then the counters; a 0 is
 * followed by how many counters in a row are 0.
 */
final class DocumentFrequencyBytes {
  private static final byte VERSION = 1;
  private static final int LONGEST_NUMBER = 9;

  private final byte[] bytes;
  private int at;

  private DocumentFrequencyBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static byte[] write(long texts, long[] counters) {
    // A run of zeros takes at least one counter and at most 4 bytes, less than a number may.
    DocumentFrequencyBytes out =
        new DocumentFrequencyBytes(new byte[1 + LONGEST_NUMBER * (counters.length + 1)]);
    out.bytes[out.at++] = VERSION;
    out.writeNumber(texts);
    for (int i = 0; i < counters.length; ) {
      out.writeNumber(counters[i]);
      if (counters[i++] == 0) {
        int first = i - 1;
        while (i < counters.length && counters[i] == 0) {
          i++;
        }
        out.writeNumber(i - first);
      }
    }
    return Arrays.copyOf(out.bytes, out.at);
  }

  static DocumentFrequencies read(byte[] bytes) {
    DocumentFrequencyBytes in = new DocumentFrequencyBytes(bytes);
    if (bytes.length == 0 || bytes[in.at++] != VERSION) {
      throw malformed("they do not begin with version " + VERSION);
    }
    long texts = in.readNumber();
    long[] counters = new long[DocumentFrequencies.COUNTERS];
    for (int i = 0; i < counters.length; ) {
      long frequency = in.readNumber();
      if (frequency > texts) {
        throw malformed("a frequency is above the number of texts");
      }
      counters[i++] = frequency;
      if (frequency == 0) {
        long run = in.readNumber();
        if (run < 1 || run > counters.length - i + 1) {
          throw malformed("a run of zeros is too long");
        }
        i += (int) run - 1;
      }
    }
    if (in.at != bytes.length) {
      throw malformed("more bytes follow");
    }
    return new DocumentFrequencies(texts, counters);
  }

  private void writeNumber(long number) {
    long rest = number;
    while (rest >= 0x80) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  private long readNumber() {
    long number = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      if (at == bytes.length) {
        throw malformed("they end early");
      }
      byte next = bytes[at++];
      number |= (next & 0x7fL) << 7 * i;
      if (next >= 0) {
        return number;
      }
    }
    throw malformed("a number is too long");
  }

  private static IllegalArgumentException malformed(String reason) {
    return new IllegalArgumentException(
        "these bytes are no table of document frequencies: " + reason);
  }
}
