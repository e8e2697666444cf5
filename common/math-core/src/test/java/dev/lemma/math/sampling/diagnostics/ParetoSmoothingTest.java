// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against R's loo, and the edges. */
class ParetoSmoothingTest {
  @Test
  void shapesAndWeightsAreThoseOfLoo() {
    for (Map<String, String> row : Csv.golden("pareto.csv")) {
      int count = Integer.parseInt(row.get("count"));
      ParetoSmoothing found =
          ParetoSmoothing.of(MadeDraws.logWeights(Double.parseDouble(row.get("shape")), count));
      double[] weights = found.logWeights();
      String name = row.toString();
      assertThat(found.shape()).as(name).isCloseTo(Csv.number(row.get("khat")), within(1e-9));
      assertThat(found.tailLength()).as(name).isEqualTo(Integer.parseInt(row.get("tail")));
      double size = Csv.number(row.get("size"));
      assertThat(found.effectiveSize()).as(name).isCloseTo(size, within(1e-9 * size));
      assertThat(weights[0]).as(name).isCloseTo(Csv.number(row.get("first")), within(1e-9));
      assertThat(Arrays.stream(weights).max().orElseThrow())
          .as(name)
          .isCloseTo(Csv.number(row.get("largest")), within(1e-9));
    }
  }

  @Test
  void aHeavyTailIsNotTrusted() {
    assertThat(ParetoSmoothing.of(MadeDraws.logWeights(0.1, 3000)).trusted()).isTrue();
    assertThat(ParetoSmoothing.of(MadeDraws.logWeights(1.4, 3000)).trusted()).isFalse();
  }

  @Test
  void equalWeightsNeedNoTail() {
    ParetoSmoothing equal = ParetoSmoothing.of(new double[400]);
    assertThat(equal.shape()).isNaN();
    assertThat(equal.trusted()).isTrue();
    assertThat(equal.effectiveSize()).isCloseTo(400, within(1e-9));
  }

  /** Draws outside the support count as draws but keep their weight 0. */
  @Test
  void zeroWeightsStayZero() {
    double[] weights = MadeDraws.logWeights(0.5, 400);
    for (int i = 0; i < 300; i++) {
      weights[i] = Double.NEGATIVE_INFINITY;
    }
    ParetoSmoothing found = ParetoSmoothing.of(weights);
    assertThat(found.shape()).isFinite();
    assertThat(Arrays.copyOf(found.logWeights(), 300)).containsOnly(Double.NEGATIVE_INFINITY);
    assertThat(found.effectiveSize()).isBetween(10.0, 100.0);
  }

  @Test
  void fewWeightsHaveNoShape() {
    assertThat(ParetoSmoothing.of(new double[] {0, 1, 2, 3}).shape()).isNaN();
    assertThat(ParetoSmoothing.of(new double[] {7}).effectiveSize()).isEqualTo(1);
  }

  @Test
  void whatIsNoWeightIsTold() {
    assertThatThrownBy(() -> ParetoSmoothing.of(new double[] {0, Double.NaN}))
        .hasMessage("the logarithm of a weight must be finite or minus infinity, found NaN");
    assertThatThrownBy(() -> ParetoSmoothing.of(new double[] {Double.NEGATIVE_INFINITY}))
        .hasMessage("importance weights need at least one that is not 0 among 1");
    assertThatThrownBy(() -> ParetoSmoothing.of(new double[0]))
        .hasMessage("importance weights need at least one that is not 0 among 0");
  }
}
