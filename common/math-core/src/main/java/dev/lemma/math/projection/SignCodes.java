// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The signs of a k x d matrix as packed bits, by groups of 16 features: bit i of the code of group
 * g and output c is set where the sign of feature 16g + i in output c is -1. A quarter of a code
 * says which of the 16 signed sums of four features an output needs, half of it which of the 256
 * sums of eight.
 *
 * <p>A group is made when first asked for and then kept. Thread-safe: two threads that miss the
 * same group make the same bits, and either array may stay.
 *
 * <p>Memory: ceil(d / 16) (2k + 20) bytes when all groups were asked for, about d k / 8.
 */
final class SignCodes {
  /** Features in a group. */
  static final int GROUP = 16;

  private static final int SIGNS_PER_BLOCK = Philox4x64.WORDS * Long.SIZE;

  private final StreamKey key;
  private final int d;
  private final int k;
  private final AtomicReferenceArray<char[]> groups;

  private SignCodes(StreamKey key, int d, int k) {
    this.key = key;
    this.d = d;
    this.k = k;
    this.groups = new AtomicReferenceArray<>(groups(d));
  }

  /** Whether the codes of all groups fit into an eighth of the heap. */
  static boolean fits(long d, int k) {
    double bytes = groups(d) * (2.0 * k + 20);
    return d <= Integer.MAX_VALUE && bytes <= Runtime.getRuntime().maxMemory() / 8.0;
  }

  /** The codes of a specification with a known d, shared in this JVM. */
  static SignCodes of(ProjectionSpec spec, StreamKey key) {
    int d = Math.toIntExact(spec.d().getAsLong());
    return SharedTables.get(SignCodes.class, spec, () -> new SignCodes(key, d, spec.k()));
  }

  private static int groups(long d) {
    return (int) ((d + GROUP - 1) / GROUP);
  }

  /** Number of features. */
  int features() {
    return d;
  }

  /** Number of outputs. */
  int outputs() {
    return k;
  }

  /**
   * The k codes of the features 16g .. 16g + 15; bits of features beyond d are clear. Read only.
   */
  char[] group(int g) {
    char[] codes = groups.getAcquire(g);
    if (codes == null) {
      codes = make(g);
      groups.setRelease(g, codes);
    }
    return codes;
  }

  private char[] make(int g) {
    char[] codes = new char[k];
    long[] words = new long[Philox4x64.WORDS];
    int first = g * GROUP;
    int features = Math.min(GROUP, d - first);
    for (int i = 0; i < features; i++) {
      for (int c = 0; c < k; c++) {
        if (c % SIGNS_PER_BLOCK == 0) {
          key.block(first + i, c / SIGNS_PER_BLOCK, 0, 0, words);
        }
        long sign = words[c / Long.SIZE % words.length] >>> c % Long.SIZE & 1;
        codes[c] |= (char) (sign << i);
      }
    }
    return codes;
  }
}
