// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts are names and merging writes brackets, so that a result shows its tree. */
class PairwiseMergeTest {
  private static String bracket(String left, String right) {
    return "(" + left + right + ")";
  }

  /** The definition: level by level, 2j with 2j + 1, a missing one being passed over. */
  private static Optional<String> byLevels(TreeMap<Long, String> parts) {
    TreeMap<Long, String> level = parts;
    while (level.size() > 1) {
      TreeMap<Long, String> above = new TreeMap<>();
      level.forEach((index, value) -> above.merge(index / 2, value, PairwiseMergeTest::bracket));
      level = above;
    }
    return level.values().stream().findFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "1, a",
    "2, (ab)",
    "3, ((ab)c)",
    "5, (((ab)(cd))e)",
    "6, (((ab)(cd))(ef))",
    "7, (((ab)(cd))((ef)g))"
  })
  void mergesAlongTheBalancedTree(int count, String expected) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(String.valueOf((char) ('a' + i)));
    }
    assertThat(PairwiseMerge.of(parts, PairwiseMergeTest::bracket)).isEqualTo(expected);
  }

  @Test
  void gapsFollowTheDefinition() {
    SplittableRandom random = new SplittableRandom(11);
    for (int repeat = 0; repeat < 500; repeat++) {
      TreeMap<Long, String> parts = new TreeMap<>();
      int range = 1 + random.nextInt(100);
      for (int i = random.nextInt(40); i >= 0; i--) {
        long index = random.nextInt(range);
        parts.put(index, index + " ");
      }
      PairwiseMerge<String> merge = new PairwiseMerge<>(PairwiseMergeTest::bracket);
      parts.forEach(merge::add);
      assertThat(merge.finish()).isEqualTo(byLevels(parts));
    }
  }

  @Test
  void alignedBlocksMergedApartGiveTheSameTree() {
    PairwiseMerge<String> whole = new PairwiseMerge<>(PairwiseMergeTest::bracket);
    PairwiseMerge<String> ofBlocks = new PairwiseMerge<>(PairwiseMergeTest::bracket);
    for (int block = 0; block < 5; block++) {
      PairwiseMerge<String> inside = new PairwiseMerge<>(PairwiseMergeTest::bracket);
      for (int i = block * 8; i < block * 8 + (block == 4 ? 3 : 8); i++) {
        whole.add(i, i + " ");
        inside.add(i, i + " ");
      }
      ofBlocks.add(block, inside.finish().orElseThrow());
    }
    assertThat(ofBlocks.finish()).isEqualTo(whole.finish());
  }

  @Test
  void nothingMergesToNothing() {
    assertThat(new PairwiseMerge<>(PairwiseMergeTest::bracket).finish()).isEmpty();
    assertThatThrownBy(() -> PairwiseMerge.of(List.<String>of(), PairwiseMergeTest::bracket))
        .hasMessage("no parts to merge");
  }

  @Test
  void refusesPartsOutOfOrderAndAfterTheEnd() {
    PairwiseMerge<String> merge = new PairwiseMerge<>(PairwiseMergeTest::bracket);
    merge.add(4, "a");
    assertThatThrownBy(() -> merge.add(4, "b"))
        .hasMessage("parts are merged by ascending index: expected at least 5, found 4");
    merge.finish();
    assertThatThrownBy(() -> merge.add(5, "c")).isInstanceOf(IllegalStateException.class);
  }
}
