// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreStateTest {
  private static ScoreState state(int from, int to) {
    ScoreState state = ScoreState.of(3);
    for (int i = from; i < to; i++) {
      SplittableRandom random = new SplittableRandom(i);
      double[] scores = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      state.add(i % 5 - 2, i % 3, random.nextDouble(), scores);
    }
    return state;
  }

  @Test
  void bytesAreTheStateAndPartsAddUpInAnyOrder() {
    ScoreState whole = state(0, 500);
    assertThat(whole.unlabelled()).isEqualTo(100);
    assertThat(whole.unseen()).isEqualTo(100);
    ScoreState merged = ScoreState.of(state(300, 500).toBytes());
    merged.merge(ScoreState.of(state(0, 7).toBytes()));
    merged.merge(state(7, 300));
    assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
    assertThat(merged.unseen()).isEqualTo(100);
    assertThat(ScoreState.of(whole.toBytes()).evaluation().toLongs())
        .isEqualTo(whole.evaluation().toLongs());
  }
}
