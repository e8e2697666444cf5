// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashFamilyTest {
  private static final int D = 19;

  private static HashSpec spec(HashKind kind, int tables, int hashes, int extra) {
    double width = kind == HashKind.STABLE ? 2.5 : 0;
    return new HashSpec(kind, 11, OptionalLong.of(D), tables, hashes, extra, width);
  }

  /** A kernel that treats rows of a block otherwise than single ones, or zeros as features. */
  @ParameterizedTest
  @EnumSource
  void blocksRowsAndSparseRowsHaveTheSameBits(HashKind kind) {
    HashSpec spec = spec(kind, 5, 3, 1);
    int n = 300;
    float[] rows = Rows.thinned(Rows.gaussian(1, n, D), 2);
    Arrays.fill(rows, 7 * D, 8 * D, 0);
    rows[9 * D] = -0f;
    long[] block = new long[n * spec.words()];
    HashFamily.of(spec).hashRows(rows, n, block);
    HashFamily family = HashFamily.of(spec);
    long[] single = new long[spec.words()];
    for (int i = 0; i < n; i++) {
      long[] expected = Arrays.copyOfRange(block, i * spec.words(), (i + 1) * spec.words());
      family.hash(Rows.sparse(rows, i, D), single, 0);
      assertThat(single).as("row %d", i).isEqualTo(expected);
      family.hashRows(Arrays.copyOfRange(rows, i * D, (i + 1) * D), 1, single);
      assertThat(single).as("row %d", i).isEqualTo(expected);
    }
  }

  /** Any change to streams, layout or the order of additions. */
  @ParameterizedTest
  @EnumSource
  void signaturesAreFrozen(HashKind kind) {
    HashSpec spec = spec(kind, 3, 4, 2);
    float[] rows = Rows.gaussian(5, 1, D);
    long[] signature = new long[spec.words()];
    HashFamily.of(spec).hashRows(rows, 1, signature);
    long key = Signatures.of(spec).key(signature, 0, 1, 4);
    assertThat(Arrays.hashCode(signature) + ":" + Long.toHexString(key))
        .isEqualTo(
            switch (kind) {
              case SIGN -> "46554:79293ed5183b5aea";
              case STABLE -> "-532540258:d9813433d51da0d2";
              case POLYTOPE -> "444455730:dba29bac2cbe54da";
            });
  }

  /** Directions that depend on the other features, or on d. */
  @Test
  void openFeaturesHashAsKnownOnesDo() {
    HashSpec known = spec(HashKind.SIGN, 8, 8, 0);
    HashSpec open = new HashSpec(HashKind.SIGN, 11, OptionalLong.empty(), 8, 8, 0, 0);
    float[] rows = Rows.gaussian(2, 20, D);
    long[] a = new long[known.words()];
    long[] b = new long[known.words()];
    for (int i = 0; i < 20; i++) {
      HashFamily.of(known).hash(Rows.sparse(rows, i, D), a, 0);
      HashFamily.of(open).hash(Rows.sparse(rows, i, D), b, 0);
      assertThat(b).isEqualTo(a);
    }
    SparseRow far = new SparseRow();
    far.append(Long.MIN_VALUE, 1);
    far.append(Long.MAX_VALUE, -2);
    HashFamily.of(open).hash(far, b, 0);
    assertThat(b).isNotEqualTo(new long[known.words()]);
  }

  /** Cosine hashes that see the length of a row. */
  @Test
  void directionsAloneDecideAngularHashes() {
    for (HashKind kind : new HashKind[] {HashKind.SIGN, HashKind.POLYTOPE}) {
      HashSpec spec = spec(kind, 4, 4, 0);
      float[] rows = Rows.gaussian(3, 1, D);
      float[] longer = rows.clone();
      for (int j = 0; j < D; j++) {
        longer[j] *= 1024;
      }
      long[] a = new long[spec.words()];
      long[] b = new long[spec.words()];
      HashFamily.of(spec).hashRows(rows, 1, a);
      HashFamily.of(spec).hashRows(longer, 1, b);
      assertThat(b).as(kind.key()).isEqualTo(a);
    }
  }

  /** A sequence that repeats a bucket, misses its own, or differs between blocks and rows. */
  @ParameterizedTest
  @EnumSource
  void probesBeginWithTheOwnBucketAndNeverRepeat(HashKind kind) {
    HashSpec spec = spec(kind, 4, 3, 1);
    int probes = kind == HashKind.SIGN ? spec.mostProbes() : 20;
    int n = 10;
    float[] rows = Rows.gaussian(4, n, D);
    HashFamily family = HashFamily.of(spec);
    long[] signature = new long[spec.words()];
    long[] own = new long[4];
    long[] keys = new long[n * 4 * (1 + probes)];
    long[] single = new long[4 * (1 + probes)];
    family.probeKeysRows(rows, n, probes, keys);
    for (int i = 0; i < n; i++) {
      SparseRow row = Rows.sparse(rows, i, D);
      family.probeKeys(row, probes, single, 0);
      assertThat(single)
          .isEqualTo(Arrays.copyOfRange(keys, i * single.length, (i + 1) * single.length));
      family.hash(row, signature, 0);
      family.signatures().keys(signature, 0, own);
      for (int t = 0; t < 4; t++) {
        assertThat(single[t * (1 + probes)]).isEqualTo(own[t]);
      }
      assertThat(Arrays.stream(single).distinct().count()).isEqualTo(single.length);
    }
  }

  /** Costs out of order: the first probe of a sign key must flip the least product. */
  @Test
  void setsOfChangesComeInOrderOfCost() {
    ProbeSets sets = new ProbeSets();
    double[] costs = {0.9, 0.1, 0.5, 0.3};
    for (int i = 0; i < 4; i++) {
      sets.add(costs[i], i, 1);
      sets.add(costs[i] + 0.25, i, 2);
    }
    double last = 0;
    int count = 0;
    for (long mask = sets.next(); mask != 0; mask = sets.next()) {
      double cost = 0;
      boolean[] seen = new boolean[4];
      for (long rest = mask; rest != 0; rest &= rest - 1) {
        int change = Long.numberOfTrailingZeros(rest);
        int hash = sets.hash(change);
        assertThat(seen[hash]).isFalse();
        seen[hash] = true;
        cost += costs[hash] + (sets.difference(change) == 2 ? 0.25 : 0);
      }
      assertThat(cost).isGreaterThanOrEqualTo(last - 1e-12);
      last = cost;
      count++;
    }
    assertThat(count).isEqualTo(3 * 3 * 3 * 3 - 1);
  }

  @Test
  void mistakesAreRefused() {
    assertThatThrownBy(() -> new HashSpec(HashKind.POLYTOPE, 0, OptionalLong.empty(), 1, 1, 0, 0))
        .hasMessage("polytope hashes need a known input dimension d; use sign hashes");
    assertThatThrownBy(() -> new HashSpec(HashKind.STABLE, 0, OptionalLong.of(3), 1, 1, 0, 0))
        .hasMessage("width of a stable hash: expected a positive finite number, found 0.0");
    assertThatThrownBy(() -> new HashSpec(HashKind.SIGN, 0, OptionalLong.of(3), 1, 1, 0, 1))
        .hasMessage("width belongs to stable hashes alone");
    assertThatThrownBy(() -> new HashSpec(HashKind.SIGN, 0, OptionalLong.of(3), 0, 1, 0, 0))
        .hasMessage("tables: expected 1 to 4096, found 0");
    HashFamily family = HashFamily.of(spec(HashKind.SIGN, 1, 2, 0));
    assertThatThrownBy(() -> family.probeKeys(new SparseRow(), 4, new long[5], 0))
        .hasMessage("probes a table: expected 0 to 3 for 2 sign hashes, found 4");
  }
}
