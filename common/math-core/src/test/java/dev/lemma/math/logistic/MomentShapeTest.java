// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentShapeTest {
  @ParameterizedTest
  @CsvSource({
    "5, 2, 200, PER_CLASS, 1280",
    "5, 45, 200, PER_CLASS, 20971",
    "5, 20000, 200, POOLED, 640",
    "1, 2, 10, PER_CLASS, 512",
    "5, 20000, 2, PER_CLASS, 65536",
    "5, 2, 65533, POOLED, 64"
  })
  void blocksAreBounded(int folds, int classes, int features, ScatterLayout layout, int rows) {
    MomentShape shape = new MomentShape(folds, classes, features, layout);
    assertThat(shape.blockRows()).isEqualTo(rows);
    assertThat((long) rows * features).isLessThanOrEqualTo(1 << 22);
  }

  @Test
  void countsTheDoublesOfATable() {
    MomentShape shape = new MomentShape(5, 45, 200, ScatterLayout.PER_CLASS);
    assertThat(shape.scatterDoubles()).isEqualTo(225.0 * 20_100);
    assertThat(MomentShape.within(5, 45, 200, 225 * 20_100)).isEqualTo(shape);
    assertThat(MomentShape.within(5, 45, 200, 225 * 20_100 - 1).layout())
        .isEqualTo(ScatterLayout.POOLED);
  }

  @Test
  void refusesWhatNoArrayHolds() {
    assertThatThrownBy(() -> new MomentShape(1, 1, 65_534, ScatterLayout.POOLED))
        .hasMessage(
            "moments need at least 1 fold, 1 class and 1 to 65533 features, found 1, 1 and 65534");
    assertThatThrownBy(() -> new MomentShape(1 << 20, 1 << 12, 1, ScatterLayout.POOLED))
        .hasMessage("there are at most 2147483639 cells of fold and class, found 4294967296");
  }
}
