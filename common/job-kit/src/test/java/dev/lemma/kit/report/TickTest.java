// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0      | 1       | 5 | 0.0 0.2 0.4 0.6 0.8 1.0
          0.7    | 1.3     | 6 | 0.7 0.8 0.9 1.0 1.1 1.2 1.3
          0      | 1183    | 6 | 0 200 400 600 800 1,000
          -30    | 20      | 5 | −30 −20 −10 0 10 20
          1e7    | 5e7     | 4 | 10⁷ 2×10⁷ 3×10⁷ 4×10⁷ 5×10⁷
          0      | 1e-300  | 2 | 0 5×10⁻³⁰¹ 10⁻³⁰⁰
          -1e308 | 1e308   | 2 | −10³⁰⁸ 0 10³⁰⁸
          """)
  void linearStepsAreOneTwoFive(double low, double high, int target, String labels) {
    assertThat(labels(Axis.linear("x"), low, high, target)).isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10     | 2000   | 8 | 10 20 50 100 200 500 1,000 2,000
          10     | 2000   | 5 | 10 100 1,000
          0.001  | 1      | 5 | 0.001 0.01 0.1 1
          1e-12  | 1      | 7 | 10⁻¹² 10⁻¹⁰ 10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 1
          1e-300 | 1e300  | 7 | 10⁻³⁰⁰ 10⁻²⁰⁰ 10⁻¹⁰⁰ 1 10¹⁰⁰ 10²⁰⁰ 10³⁰⁰
          300    | 400    | 5 | 300 320 340 360 380 400
          """)
  void logarithmicTicksAreDecadesOrRound(double low, double high, int target, String labels) {
    assertThat(labels(Axis.log("x"), low, high, target)).isEqualTo(labels);
  }

  @Test
  void percentagesAreHundredfold() {
    assertThat(labels(Axis.linear("x").percent(), 0, 0.1, 2)).isEqualTo("0 % 5 % 10 %");
    assertThat(labels(Axis.log("x").percent(), 1e-4, 1, 9))
        .isEqualTo("0.01 % 0.1 % 1 % 10 % 100 %");
  }

  @Test
  void countsHaveNoBrokenTicks() {
    assertThat(labels(Axis.linear("x").whole(), 0, 2, 8)).isEqualTo("0 1 2");
  }

  @Test
  void valuesCarryNoRoundingOfTheirOwn() {
    List<Tick> ticks = Tick.of(new Range(Axis.linear("x"), 0, 0.3), 3);
    assertThat(ticks).extracting(Tick::value).containsExactly(0.0, 0.1, 0.2, 0.3);
  }

  @Test
  void fitTakesTheMostTicksThatTheCallerAccepts() {
    Range range = new Range(Axis.linear("x"), 0, 100);
    assertThat(Tick.fit(range, ticks -> ticks.size() <= 4)).hasSize(3);
    assertThat(Tick.fit(range, ticks -> false)).hasSize(1);
  }

  private static String labels(Axis axis, double low, double high, int target) {
    return Tick.of(new Range(axis, low, high), target).stream()
        .map(Tick::label)
        .collect(Collectors.joining(" "));
  }
}
