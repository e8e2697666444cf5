// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class IntervalChartTest {
  private static final IntervalChart CHART = IntervalChart.of("t", Axis.linear("effect"));

  /** Rounding must not take the room of the widest label. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "f1", "age", "x[12]", "income"})
  void aLabelThatFitsIsWhole(String label) {
    for (ChartWidth width : ChartWidth.values()) {
      var picture = Pictures.parse(CHART.interval(label, -1, 0, 3).svg(width));
      assertThat(Pictures.elements(picture, "text"))
          .extracting(Element::getTextContent)
          .contains(label);
    }
  }

  @Test
  void theEstimateLiesInItsInterval() {
    var picture = Pictures.parse(CHART.interval("a", -1, 0, 3).svg(ChartWidth.WIDE));
    Element line =
        Pictures.elements(picture, "line").stream()
            .filter(element -> element.getAttribute("class").startsWith("curve"))
            .findFirst()
            .orElseThrow();
    double from = Double.parseDouble(line.getAttribute("x1"));
    double to = Double.parseDouble(line.getAttribute("x2"));
    double at = Double.parseDouble(Pictures.elements(picture, "circle").get(0).getAttribute("cx"));
    assertThat((at - from) / (to - from)).isBetween(0.249, 0.251);
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    assertThat(CHART.interval("a", Double.NaN, 1, 2).notes())
        .containsExactly("a has no place on the axis, not drawn.");
  }

  @Test
  void refusesIntervalsOutOfOrder() {
    assertThatThrownBy(() -> CHART.interval("a", 1, 0, 2)).hasMessageContaining("out of order");
  }
}
