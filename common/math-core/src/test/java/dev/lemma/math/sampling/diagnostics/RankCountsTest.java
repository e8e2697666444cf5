// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Which chain has which ranks. */
class RankCountsTest {
  @Test
  void ranksAreCountedByChain() {
    double[] draws = {1, 5, 2, 6, 3, 4, 7, 8};
    assertThat(RankCounts.of(draws, 2, 4)).isDeepEqualTo(new int[][] {{2, 0, 2, 0}, {0, 2, 0, 2}});
    assertThat(RankCounts.of(draws, 1, 2)).isDeepEqualTo(new int[][] {{4, 4}});
  }

  @Test
  void chainsOfOtherLengthsAreTold() {
    assertThatThrownBy(() -> RankCounts.of(new double[5], 2, 4))
        .hasMessage(
            "rank counts need equally many draws of each chain and at least 1 bin, found 5 draws"
                + " of 2 chains and 4 bins");
  }
}
