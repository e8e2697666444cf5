// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "LINEAR, 0.65",
    "GEOMETRIC, 0.360555127546399",
    "LOGARITHMIC, 0.905735436",
  })
  void goesFromTheFirstToTheLast(BetaLaw law, double middle) {
    BetaSchedule schedule = new BetaSchedule(law, 0.1, law == BetaLaw.GEOMETRIC ? 1.3 : 1.2, 9);
    assertThat(schedule.beta(0)).isEqualTo(0.1);
    assertThat(schedule.beta(8)).isCloseTo(schedule.to(), within(1e-15));
    assertThat(schedule.beta(4)).isCloseTo(middle, within(1e-3));
    assertThat(schedule.beta(9)).isEqualTo(0.1);
    for (int t = 1; t < 9; t++) {
      assertThat(schedule.beta(t)).isGreaterThan(schedule.beta(t - 1));
    }
  }

  @Test
  void endsAreChecked() {
    assertThat(BetaSchedule.constant(0).beta(1L << 40)).isZero();
    assertThat(new BetaSchedule(BetaLaw.LINEAR, 0, 1, 1).beta(5)).isEqualTo(1);
    assertThatThrownBy(() -> new BetaSchedule(BetaLaw.GEOMETRIC, 0, 1, 5))
        .hasMessage("an inverse temperature must be finite and above 0, found from = 0.0");
    assertThatThrownBy(() -> new BetaSchedule(BetaLaw.LINEAR, 1, -1, 5))
        .hasMessage("an inverse temperature must be finite and at least 0, found to = -1.0");
    assertThatThrownBy(() -> new BetaSchedule(BetaLaw.LINEAR, 1, 2, 0))
        .hasMessage("a cycle needs at least 1 sweep, found 0");
  }
}
