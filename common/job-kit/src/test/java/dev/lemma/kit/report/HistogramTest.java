// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HistogramTest {
  @Test
  void countsEachValueOnce() {
    double[] values = {0, 0.5, 1, 1.5, 2, 2.5, 3, -1, 4, 5, Double.NaN};
    Histogram histogram = Histogram.of("t", values, 0, 3, 3);
    assertThat(histogram.counts()).containsExactly(2L, 2L, 3L);
    assertThat(histogram.below()).isEqualTo(1);
    assertThat(histogram.above()).isEqualTo(2);
    assertThat(histogram.unusable()).isEqualTo(1);
    assertThat(histogram.notes()).containsExactly("Not drawn: 1 below 0, 2 above 3, 1 not finite.");
  }

  @Test
  void saysNothingWhenAllIsDrawn() {
    assertThat(Histogram.of("t", new double[] {1, 2}, 4).notes()).isEmpty();
  }

  @Test
  void expectedCountsAddUpToTheNumberOfValues() {
    Histogram histogram = DemoPage.distances();
    double expected = 0;
    for (String line : histogram.data().csv().lines().skip(1).toList()) {
      expected += Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
    }
    // Beyond 0.7 and 1.3 lies 1e-4 of the law; the trapezoidal rule is good to 1e-6 here.
    assertThat(expected).isCloseTo(20_000, within(5.0));
  }

  @Test
  void aBarIsCutWhereTheBandEnds() {
    Histogram histogram = Histogram.ofCounts("t", 0, 3, 5, 6, 7).inside(0.25, 2.5);
    Document picture = Pictures.parse(histogram.svg(ChartWidth.WIDE));
    assertThat(Pictures.elements(picture, "rect"))
        .extracting(rect -> rect.getAttribute("class"))
        .containsExactly(
            "bar", // two entries of the legend
            "bar out", "ground", "ground", "bar out", "bar", "bar", "bar", "bar out");
  }

  @Test
  void aPoleOfALawDoesNotFlattenTheBars() {
    Histogram histogram = Histogram.ofCounts("t", -1, 1, 5, 6).law("pole", x -> 1 / (x * x));
    List<Element> bars = Pictures.elements(Pictures.parse(histogram.svg(ChartWidth.WIDE)), "rect");
    double tallest =
        bars.stream()
            .filter(bar -> bar.getElementsByTagName("title").getLength() > 0)
            .mapToDouble(bar -> Double.parseDouble(bar.getAttribute("height")))
            .max()
            .orElseThrow();
    assertThat(tallest).isGreaterThan(ChartWidth.WIDE.plotHeight() / 3);
  }

  @Test
  void refusesWhatIsNoHistogram() {
    assertThatThrownBy(() -> Histogram.ofCounts("t", 0, 0, 1)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> Histogram.ofCounts("t", 0, 1)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> Histogram.ofCounts("t", 0, 1, -1)).hasMessageContaining("negative");
    assertThatThrownBy(() -> Histogram.ofCounts("t", 0, 1, 1).x(Axis.log("x")))
        .hasMessageContaining("linear");
    assertThatThrownBy(() -> Histogram.ofCounts("t", 0, 1, 1).inside(2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
