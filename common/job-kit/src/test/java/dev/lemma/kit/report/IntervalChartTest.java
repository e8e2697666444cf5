// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class IntervalChartTest {
  private static final IntervalChart CHART = IntervalChart.of("t", Axis.linear("effect"));

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
