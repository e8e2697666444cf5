// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.linalg.PairwiseMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merging inside partitions first leaves the tree over all leaves as it is. */
class LeafRunTest {
  /** Shows the tree in its result. */
  private static final MergeTree.Merge BRACKETS = (left, right) -> "(" + left + " " + right + ")";

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "5, 2", "16, 3", "37, 4", "37, 37", "100, 7"})
  void theTreeIsThatOfAllLeavesInOnePlace(int leaves, int partitions) {
    List<String> all = new ArrayList<>();
    TreeMap<Long, Serializable> nodes = new TreeMap<>();
    int leaf = 0;
    for (int p = 0; p < partitions; p++) {
      LeafRun run = LeafRun.of(p, partitions, leaves);
      LeafMerge<Integer> merge = new LeafMerge<>(run, BRACKETS);
      while (leaf < leaves && (long) leaf * partitions / leaves == p) {
        assertThat((long) leaf).isBetween(run.from(), run.to() - 1);
        all.add("" + leaf);
        merge.add(leaf, List.of(new Part<>(0, leaf, "" + leaf)));
        leaf++;
      }
      merge.finish().forEach(part -> nodes.put(part.index(), part.value()));
    }
    PairwiseMerge<Serializable> rest = new PairwiseMerge<>(BRACKETS);
    nodes.forEach(rest::add);
    assertThat(rest.finish().orElseThrow())
        .isEqualTo(PairwiseMerge.of(all, (left, right) -> "(" + left + " " + right + ")"));
  }
}
