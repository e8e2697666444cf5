// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against hashes kept as plain numbers; 7 bits a hash, so that hashes lie across words. */
class SignaturesTest {
  private static final int TABLES = 6;
  private static final int HASHES = 3;
  private static final int EXTRA = 12;
  private static final HashSpec SPEC =
      new HashSpec(HashKind.POLYTOPE, 0, OptionalLong.of(64), TABLES, HASHES, EXTRA, 0);
  private static final Signatures SIGNATURES = Signatures.of(SPEC);

  private static long[] packed(int[] hashes) {
    long[] signature = new long[1 + SPEC.words()];
    for (int c = 0; c < hashes.length; c++) {
      SIGNATURES.put(signature, 1, c, hashes[c]);
    }
    return signature;
  }

  private static int agreeing(int[] a, int[] b, int table) {
    int i = 0;
    while (i < HASHES + EXTRA
        && a[table * (HASHES + EXTRA) + i] == b[table * (HASHES + EXTRA) + i]) {
      i++;
    }
    return i;
  }

  /** Bits taken from a neighbouring hash or table, or lost at a word's border. */
  @Test
  void keysAgreeExactlyWhereTheHashesDo() {
    Random random = new Random(1);
    int met = 0;
    for (int trial = 0; trial < 2000; trial++) {
      int[] a = random.ints(SPEC.functions(), 0, 128).toArray();
      int[] b = a.clone();
      for (int change = random.nextInt(80); change >= 0; change--) {
        b[random.nextInt(b.length)] = random.nextInt(128);
      }
      long[] first = packed(a);
      long[] second = packed(b);
      int expected = -1;
      for (int table = 0; table < TABLES; table++) {
        int agreeing = agreeing(a, b, table);
        for (int length = 1; length <= HASHES + EXTRA; length++) {
          assertThat(SIGNATURES.agree(first, 1, second, 1, table, length))
              .isEqualTo(length <= agreeing);
          assertThat(
                  SIGNATURES.key(first, 1, table, length)
                      == SIGNATURES.key(second, 1, table, length))
              .isEqualTo(length <= agreeing);
        }
        expected = expected < 0 && agreeing >= HASHES ? table : expected;
      }
      assertThat(SIGNATURES.firstCollision(first, 1, second, 1)).isEqualTo(expected);
      met += expected >= 0 ? 1 : 0;
    }
    assertThat(met).isBetween(200, 1900);
  }

  /** A pair given out twice, or lost, where crowded buckets have longer keys. */
  @Test
  void lengthenedBucketsPartTheirRows() {
    int[] a = new Random(2).ints(SPEC.functions(), 0, 128).toArray();
    int[] b = a.clone();
    // Tables 0 and 1 agree in 4 hashes only.
    b[4] ^= 1;
    b[HASHES + EXTRA + 4] ^= 1;
    long[] first = packed(a);
    long[] second = packed(b);
    long crowded0 = SIGNATURES.key(first, 1, 0, HASHES);
    long crowded1 = SIGNATURES.key(first, 1, 1, HASHES);
    assertThat(SIGNATURES.firstCollision(first, 1, second, 1, KeyLengths.none())).isZero();
    KeyLengths lengths =
        KeyLengths.of(new long[] {crowded1, crowded0}, new int[] {HASHES + 1, HASHES + 2});
    assertThat(SIGNATURES.firstCollision(first, 1, second, 1, lengths)).isEqualTo(1);
    assertThat(SIGNATURES.effectiveKey(first, 1, 0, lengths))
        .isEqualTo(SIGNATURES.key(first, 1, 0, HASHES + 2))
        .isNotEqualTo(SIGNATURES.effectiveKey(second, 1, 0, lengths));
    assertThat(SIGNATURES.effectiveKey(first, 1, 1, lengths))
        .isEqualTo(SIGNATURES.effectiveKey(second, 1, 1, lengths));
    assertThat(SIGNATURES.effectiveKey(first, 1, 2, lengths))
        .isEqualTo(SIGNATURES.key(first, 1, 2, HASHES));
    assertThatThrownBy(() -> KeyLengths.of(new long[] {7, 7}, new int[] {4, 4}))
        .hasMessage("crowded buckets: a key comes twice");
  }

  @Test
  void tablesHaveKeysOfTheirOwn() {
    long[] zeros = new long[1 + SPEC.words()];
    assertThat(
            java.util.stream.IntStream.range(0, TABLES)
                .mapToLong(table -> SIGNATURES.key(zeros, 1, table, HASHES))
                .distinct()
                .count())
        .isEqualTo(TABLES);
    assertThatThrownBy(() -> SIGNATURES.key(zeros, 1, TABLES, HASHES))
        .hasMessage(
            "key of a signature: expected a table from 0 to 5 and 1 to 15 hashes, found table 6 and"
                + " 3 hashes");
  }
}
