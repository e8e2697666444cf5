// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.Chance;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPermutationTest {
  private static final StreamKey KEY = StreamKey.of(3, "test/permutation");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 16, 17, 31, 64, 100, 1000, 1024, 1025, 10_007})
  void isABijection(int size) {
    KeyedPermutation permutation = new KeyedPermutation(KEY, 0, size);
    BitSet seen = new BitSet(size);
    for (int place = 0; place < size; place++) {
      long value = permutation.at(place);
      assertThat(value).isBetween(0L, size - 1L);
      seen.set((int) value);
    }
    assertThat(seen.cardinality()).isEqualTo(size);
  }

  @Test
  void holdsAtTheLargestSizes() {
    KeyedPermutation permutation = new KeyedPermutation(KEY, 0, (1L << 62) - 5);
    assertThat(LongStream.range(0, 1000).map(permutation::at).distinct().count()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8, 16, 20})
  void orderedPairsOfPlacesTakeAllPairsOfValuesEquallyOften(int size) {
    long[] counts = new long[size * size];
    for (int entity = 0; entity < 400 * size; entity++) {
      KeyedPermutation permutation = new KeyedPermutation(KEY, entity, size);
      counts[(int) (permutation.at(0) * size + permutation.at(size - 1))]++;
    }
    long[] pairs =
        LongStream.range(0, counts.length)
            .filter(pair -> pair / size != pair % size)
            .map(pair -> counts[(int) pair])
            .toArray();
    assertThat(Chance.evenlySpread(pairs)).isTrue();
  }

  @Test
  void theSampleIsSpreadOverALargeRange() {
    KeyedPermutation permutation = new KeyedPermutation(KEY, 0, 1 << 20);
    long[] counts = new long[64];
    for (int place = 0; place < 20_000; place++) {
      counts[(int) (permutation.at(place) >>> 14)]++;
    }
    assertThat(Chance.evenlySpread(counts)).isTrue();
  }

  @Test
  void frozenVector() {
    KeyedPermutation permutation = new KeyedPermutation(new StreamKey(1, 2), 3, 1000);
    assertThat(LongStream.range(0, 6).map(permutation::at).toArray())
        .containsExactly(712, 365, 274, 448, 904, 800);
  }

  @Test
  void refusesPlacesAndSizesOutsideTheirRange() {
    assertThatThrownBy(() -> new KeyedPermutation(KEY, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size of a permutation: expected 1 to 2^62, found 0");
    assertThatThrownBy(() -> new KeyedPermutation(KEY, 0, 10).at(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("place in a permutation: expected 0 to 9, found 10");
  }
}
