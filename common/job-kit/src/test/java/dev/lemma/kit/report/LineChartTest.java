// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class LineChartTest {
  private static final LineChart EMPTY = LineChart.of("t", Axis.linear("x"), Axis.linear("y"));

  @Test
  void whatIsNotFiniteBreaksTheLineAndIsCounted() {
    LineChart chart =
        EMPTY.line("a", new double[] {0, 1, 2, 3, 4}, new double[] {0, 1, Double.NaN, 1, 0});
    assertThat(path(chart)).matches("M[^M]*L[^M]*M[^M]*L[^M]*");
    assertThat(chart.notes()).containsExactly("a: 1 of 5 points not finite, not drawn.");
  }

  @Test
  void whatHasNoLogarithmIsCounted() {
    LineChart chart =
        LineChart.of("t", Axis.linear("x"), Axis.log("y"))
            .line("a", new double[] {0, 1, 2}, new double[] {0, -1, 3});
    assertThat(chart.notes())
        .containsExactly("a: 2 of 3 points not finite or not positive, not drawn.");
  }

  @Test
  void aLonePointIsVisible() {
    assertThat(path(EMPTY.line("a", new double[] {1}, new double[] {1}))).endsWith("h6");
  }

  @Test
  void longLinesAreThinnedToTheirExtremes() {
    double[] x = IntStream.range(0, 100_000).mapToDouble(i -> i).toArray();
    double[] y = Arrays.stream(x).map(v -> v == 54_321 ? 100 : v % 2).toArray();
    LineChart chart = EMPTY.line("a", x, y);
    assertThat(path(chart).length()).isLessThan(40_000);
    double top =
        Arrays.stream(path(chart).split("[ML]"))
            .skip(1)
            .mapToDouble(point -> Double.parseDouble(point.split(" ")[1]))
            .min()
            .orElseThrow();
    Document picture = Pictures.parse(chart.svg(ChartWidth.WIDE));
    Element highestGrid =
        Pictures.elements(picture, "line").stream()
            .filter(line -> line.getAttribute("class").equals("grid"))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(top).isEqualTo(Double.parseDouble(highestGrid.getAttribute("y1")));
  }

  @Test
  void manyDotsAreThinnedWithANote() {
    double[] x = IntStream.range(0, 5000).mapToDouble(i -> i).toArray();
    LineChart chart = EMPTY.points("a", x, x);
    assertThat(path(chart).split("M", -1)).hasSize(1 + 1667);
    assertThat(chart.notes()).containsExactly("a: one in 3 points is drawn.");
  }

  @Test
  void seriesOnOneGridShareTheirRows() {
    double[] x = {1, 2};
    assertThat(
            EMPTY
                .line("a", x, new double[] {3, 4})
                .dashed("b", x, new double[] {5, 6})
                .data()
                .csv())
        .isEqualTo("x,a,b\n1,3,5\n2,4,6\n");
    assertThat(EMPTY.line("a", x, x).points("b", new double[] {7}, new double[] {8}).data().csv())
        .isEqualTo("series,x,y\na,1,1\na,2,2\nb,7,8\n");
  }

  @Test
  void namesStandAtTheEndsOfLinesThatReachTheEdge() {
    LineChart reaching =
        EMPTY
            .line("first", new double[] {0, 9}, new double[] {0, 1})
            .line("second", new double[] {0, 9}, new double[] {0, 2});
    assertThat(reaching.svg(ChartWidth.WIDE)).contains("class=\"name s1\">first<");
    assertThat(reaching.svg(ChartWidth.NARROW)).doesNotContain("class=\"name");
    LineChart stopping =
        EMPTY
            .line("first", new double[] {0, 9}, new double[] {0, 1})
            .line("second", new double[] {0, 4}, new double[] {0, 2});
    assertThat(stopping.svg(ChartWidth.WIDE)).doesNotContain("class=\"name").contains(">second<");
  }

  @Test
  void labelsKeepOffTheData() {
    Labels labels = new Labels(new Box(0, 0, 200, 200));
    labels.avoid(100, 100, 200, 0);
    assertThat(labels.around("label", 100, 100).anchor()).isEqualTo(Box.Anchor.END);
    assertThat(labels.around("label", 100, 100).box())
        .matches(box -> box.top() > 100, "the second label goes below the first");
  }

  @Test
  void refusesArraysOfDifferentLengths() {
    assertThatThrownBy(() -> EMPTY.line("a", new double[2], new double[3]))
        .hasMessage("2 values of x for 3 of y");
  }

  private static String path(LineChart chart) {
    List<Element> paths = Pictures.elements(Pictures.parse(chart.svg(ChartWidth.WIDE)), "path");
    assertThat(paths).hasSize(1);
    return paths.get(0).getAttribute("d");
  }
}
