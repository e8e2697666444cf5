// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BottomSampleTest {
  private static final RowSampling PAIRS = RowSampling.of("pairs", 0);

  private static RowKey key(long id) {
    return new RowKeyHasher().addLong(id).key();
  }

  private static List<Integer> idsOf(BottomSample<Integer> sample) {
    return sample.rows().stream().map(BottomSample.Taken::row).toList();
  }

  private static List<Integer> byDefinition(int rows, int size) {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      ids.add(id);
    }
    ids.sort((one, other) -> PAIRS.compare(key(one), key(other)));
    return ids.subList(0, Math.min(size, rows));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void partsInAnyOrderGiveTheSampleOfTheWhole(int parts) {
    List<Integer> ids = new ArrayList<>(byDefinition(5000, 5000));
    Collections.shuffle(ids, new Random(parts));
    BottomSample<Integer> merged = new BottomSample<>(PAIRS, 100);
    for (int part = 0; part < parts; part++) {
      BottomSample<Integer> partial = new BottomSample<>(PAIRS, 100);
      for (int i = part; i < ids.size(); i += parts) {
        RowKey key = key(ids.get(i));
        boolean wanted = partial.wants(key);
        partial.offer(key, ids.get(i));
        assertThat(idsOf(partial).contains(ids.get(i))).isEqualTo(wanted);
      }
      merged.merge(partial);
    }
    assertThat(idsOf(merged)).isEqualTo(byDefinition(5000, 100));
  }

  @Test
  void aLargerSampleBeginsWithTheSmallerOne() {
    assertThat(byDefinition(1000, 50)).isEqualTo(byDefinition(1000, 200).subList(0, 50));
  }

  @Test
  void fewRowsAreAllTaken() {
    BottomSample<Integer> sample = new BottomSample<>(PAIRS, 10);
    assertThat(sample.rows()).isEmpty();
    for (int id = 0; id < 3; id++) {
      sample.offer(key(id), id);
    }
    assertThat(idsOf(sample)).isEqualTo(byDefinition(3, 10));
  }

  /**
   * Over 4,000 seeds each of 20 rows enters a sample of 5 with probability 1/4: 5.5 standard
   * deviations for 20 rows, a false alarm in 1e6. The order of the keys themselves, the same for
   * all seeds, would miss it by far.
   */
  @Test
  void everyRowIsTakenEquallyOften() {
    int seeds = 4000;
    int[] taken = new int[20];
    for (int seed = 0; seed < seeds; seed++) {
      BottomSample<Integer> sample = new BottomSample<>(RowSampling.of("sample", seed), 5);
      for (int id = 0; id < 20; id++) {
        sample.offer(key(id), id);
      }
      idsOf(sample).forEach(id -> taken[id]++);
    }
    double allowed = 5.5 * Math.sqrt(seeds * 0.25 * 0.75);
    for (int count : taken) {
      assertThat(Math.abs(count - seeds * 0.25)).isLessThan(allowed);
    }
  }

  @Test
  void refusesToMergeSamplesOfDifferentPurposes() {
    BottomSample<Integer> sample = new BottomSample<>(PAIRS, 10);
    assertThatThrownBy(() -> sample.merge(new BottomSample<>(RowSampling.of("folds", 0), 10)))
        .hasMessageStartingWith("samples merge only when purpose, seed and size agree");
    assertThatThrownBy(() -> sample.merge(new BottomSample<>(PAIRS, 11)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BottomSample<Integer>(PAIRS, 0))
        .hasMessage("a sample holds at least 1 row, found size 0");
  }
}
