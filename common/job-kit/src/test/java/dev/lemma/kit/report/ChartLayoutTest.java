// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What holds for every chart at every width, tried on ordinary and on awkward content. */
class ChartLayoutTest {
  private static final double[] ODD = {Double.NaN, 1, Double.POSITIVE_INFINITY, 0, -1, 2, 5};
  private static final double[] UP = {1, 2, 3, 4, 5, 6, 7};
  private static final double[] WILD = {1e-300, 1e-100, 1, 1e50, 1e200, 1e299, 1e300};
  private static final String LONG =
      "a label that is far too long for any place in a chart ".repeat(3);

  static Stream<Arguments> charts() {
    Axis x = Axis.linear("x");
    Axis y = Axis.linear("y");
    return Stream.of(
            chart("demo histogram", DemoPage.distances()),
            chart("demo lines", DemoPage.failure()),
            chart("demo bars", DemoPage.sizes()),
            chart("demo dots", DemoPage.cloud()),
            chart("demo intervals", DemoPage.replicas()),
            chart("no values", Histogram.of("empty", new double[0], 10)),
            chart("nothing finite", Histogram.of("odd", new double[] {Double.NaN}, 3)),
            chart("one bin", Histogram.of("one", UP, 1)),
            chart("equal values", Histogram.of("equal", new double[] {7, 7, 7}, 20)),
            chart("wild values", Histogram.of("wild", WILD, 30).law("law", v -> 1e-300)),
            chart("infinite law", Histogram.of("law", UP, 5).law("pole", v -> 1 / (v - 4))),
            chart("crowded rules", crowdedRules()),
            chart("no series", LineChart.of("empty", x, y)),
            chart(
                "empty series",
                LineChart.of("empty", x, y).line("a", new double[0], new double[0])),
            chart("odd numbers", LineChart.of("odd", x, y).line("a", UP, ODD).points("b", ODD, UP)),
            chart(
                "odd logarithms",
                LineChart.of("odd", Axis.log("x"), Axis.log("y")).line("a", ODD, ODD)),
            chart("wild lines", LineChart.of("wild", x, y).line("a", WILD, WILD)),
            chart(
                "wild logarithms",
                LineChart.of("wild", Axis.log("x"), Axis.log("y")).line("a", WILD, WILD)),
            chart(
                "flat line",
                LineChart.of("flat", x, y).line("a", UP, new double[] {3, 3, 3, 3, 3, 3, 3})),
            chart("many ends low", manyEnds(1)),
            chart("many ends high", manyEnds(5)),
            chart("long texts", longTexts()),
            chart(
                "out of sight",
                LineChart.of("cut", x.from(10).to(20), y)
                    .line("a", UP, UP)
                    .vertical(3, "gone")
                    .horizontal(1e9, "seen")
                    .spot(0, 0, "gone")),
            chart("beyond the axis", LineChart.of("cut", x, y.from(0).to(3)).line("a", UP, WILD)),
            chart("no bars", BarChart.of("empty")),
            chart("zero bars", BarChart.of("zero").bar("a", Quantity.of(0))),
            chart(
                "odd bars",
                BarChart.of("odd")
                    .bar("a", Quantity.of(Double.NaN))
                    .bar("b", Quantity.of(1e300))
                    .bar("c", Quantity.of(1e-300))),
            chart(
                "long bars",
                BarChart.of("long").bar(LONG, Quantity.count(1)).reference("b", Quantity.count(2))),
            chart("no intervals", IntervalChart.of("empty", x)),
            chart(
                "long intervals",
                IntervalChart.of("long", Axis.log("odds"))
                    .interval(LONG, 0.1, 1, 10)
                    .interval("zero", 0, 1, 2)
                    .marker(1, LONG)))
        .flatMap(chart -> Stream.of(ChartWidth.values()).map(width -> Arguments.of(chart, width)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("charts")
  void textsStayInsideAndApart(Chart chart, ChartWidth width) {
    Document picture = Pictures.parse(chart.svg(width));
    String[] view = picture.getDocumentElement().getAttribute("viewBox").split(" ");
    Box area = new Box(-1, 0, Double.parseDouble(view[2]) + 1, Double.parseDouble(view[3]) + 4);
    List<Element> texts = Pictures.elements(picture, "text");
    assertThat(texts).isNotEmpty();
    for (int i = 0; i < texts.size(); i++) {
      Box box = Pictures.box(texts.get(i));
      String text = texts.get(i).getTextContent();
      assertThat(box.inside(area)).as("'%s' at %s in %s", text, box, area).isTrue();
      for (int j = 0; j < i; j++) {
        Box other = Pictures.box(texts.get(j));
        String name = texts.get(j).getTextContent();
        assertThat(box.overlaps(other)).as("'%s' %s on '%s' %s", text, box, name, other).isFalse();
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("charts")
  void coordinatesAreSmallNumbers(Chart chart, ChartWidth width) {
    String svg = chart.svg(width);
    assertThat(svg).doesNotContain("NaN\"", "Infinity");
    // 50 axis lengths either way is the furthest that anything is placed.
    assertThat(svg).doesNotContainPattern("[=\"ML ]-?\\d{6,}");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("charts")
  void picturesHaveANameAndADescription(Chart chart, ChartWidth width) {
    Element root = Pictures.parse(chart.svg(width)).getDocumentElement();
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-label")).isEqualTo(chart.title());
    assertThat(root.getFirstChild().getNodeName()).isEqualTo("title");
    assertThat(root.getFirstChild().getNextSibling().getNodeName()).isEqualTo("desc");
    assertThat(chart.description()).isNotBlank();
  }

  private static Named<Chart> chart(String name, Chart chart) {
    return Named.of(name, chart);
  }

  private static Histogram crowdedRules() {
    Histogram histogram = Histogram.of("crowded", UP, 7);
    for (int i = 0; i < 8; i++) {
      histogram = histogram.marker(1 + i * 0.01, "quantile " + i);
    }
    return histogram.marker(99, "outside").marker(Double.NaN, "nowhere");
  }

  private static LineChart manyEnds(double end) {
    LineChart chart = LineChart.of("ends", Axis.linear("x"), Axis.linear("y"));
    for (int i = 0; i < 6; i++) {
      chart = chart.line("series " + i, new double[] {0, 1}, new double[] {i, end - i * 1e-3});
    }
    return chart;
  }

  private static LineChart longTexts() {
    LineChart chart = LineChart.of(LONG, Axis.linear(LONG), Axis.log(LONG));
    List<double[]> ys = new ArrayList<>();
    IntStream.range(0, 9).forEach(i -> ys.add(new double[] {i + 1, 10 - i}));
    for (double[] each : ys) {
      chart = chart.dashed(LONG, new double[] {0, 1}, each);
    }
    return chart.vertical(0.5, LONG).vertical(0.51, LONG);
  }
}
