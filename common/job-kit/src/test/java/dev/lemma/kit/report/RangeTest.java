// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
  @Test
  void passesOverWhatTheAxisCannotShow() {
    double[] values = {Double.NaN, -3, 0, 2, 8, Double.POSITIVE_INFINITY};
    assertThat(Range.of(Axis.linear(""), DoubleStream.of(values)))
        .extracting(Range::low, Range::high)
        .containsExactly(-3.0, 8.0);
    assertThat(Range.of(Axis.log(""), DoubleStream.of(values)))
        .extracting(Range::low, Range::high)
        .containsExactly(2.0, 8.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1e308, Double.MAX_VALUE, Double.MIN_VALUE, 1e-310, 1e15, 1e300})
  void givesRoomToEqualValues(double value) {
    for (Axis axis : new Axis[] {Axis.linear(""), Axis.log("")}) {
      Range range = Range.of(axis, DoubleStream.of(value, value));
      assertThat(range.low()).as("%s", axis).isLessThan(range.high()).isFinite();
      assertThat(range.high()).isFinite();
      Scale scale = new Scale(range, 0, 100);
      assertThat(scale.at(range.low())).isZero();
      assertThat(scale.at(range.high())).isEqualTo(100);
      assertThat(Tick.of(range, 5)).hasSizeLessThan(20);
    }
  }

  @Test
  void fixedEndsStay() {
    Axis axis = Axis.linear("").from(0).to(10);
    assertThat(Range.of(axis, DoubleStream.of(-50, 3)).rounded()).isEqualTo(new Range(axis, 0, 10));
    Axis low = Axis.linear("").from(5);
    assertThat(Range.of(low, DoubleStream.of(1, 2)).low()).isEqualTo(5);
    assertThat(Range.of(low, DoubleStream.of(1, 2)).high()).isGreaterThan(5);
  }

  @Test
  void roundsOutwardToTicks() {
    assertThat(Range.of(Axis.linear(""), DoubleStream.of(0.3, 1183)).rounded())
        .extracting(Range::low, Range::high)
        .containsExactly(0.0, 1200.0);
    assertThat(Range.of(Axis.log(""), DoubleStream.of(3e-4, 0.7)).rounded())
        .extracting(Range::low, Range::high)
        .containsExactly(1e-4, 1.0);
  }

  @Test
  void scalesTheWholeRangeOfDoubles() {
    Range linear = new Range(Axis.linear(""), -Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(new Scale(linear, 0, 100).at(0)).isEqualTo(50);
    Range log = new Range(Axis.log(""), 1e-300, 1e300);
    assertThat(new Scale(log, 0, 100).at(1)).isEqualTo(50);
  }

  @Test
  void refusesEndsThatMakeNoAxis() {
    assertThatThrownBy(() -> Axis.log("k").from(0)).hasMessageContaining("'k'");
    assertThatThrownBy(() -> Axis.linear("x").from(2).to(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Axis.linear("x").to(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
