// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final BarChart CHART =
      BarChart.of("Size <before & after>")
          .reference("before", Quantity.bytes(4_000_000))
          .bar("after", Quantity.bytes(1_000_000));

  @Test
  void lengthsAreInProportion() {
    List<Double> widths =
        Pictures.elements(Pictures.parse(CHART.svg(ChartWidth.WIDE)), "rect").stream()
            .map(rect -> Double.parseDouble(rect.getAttribute("width")))
            .toList();
    assertThat(widths.get(0) / widths.get(1)).isCloseTo(4, within(0.01));
  }

  @Test
  void drawsTheSamePictureAsBefore() throws IOException {
    try (InputStream golden = BarChartTest.class.getResourceAsStream("bars.svg")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(CHART.svg(ChartWidth.NARROW) + "\n").isEqualTo(expected);
    }
  }

  @Test
  void describesItself() {
    assertThat(CHART.description()).isEqualTo("Bars: before: 4 MB; after: 1 MB.");
    assertThat(CHART.bar("odd", Quantity.of(Double.NaN)).notes())
        .containsExactly("odd is not finite, not drawn.");
  }

  @Test
  void refusesNegativeBars() {
    assertThatThrownBy(() -> CHART.bar("loss", Quantity.of(-1)))
        .hasMessage("bar 'loss' is negative: −1");
  }
}
