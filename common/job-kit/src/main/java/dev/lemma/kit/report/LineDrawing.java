// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws a {@link LineChart}. */
final class LineDrawing {
  /** A line that ends this close to the right edge, as a share of the width, is named there. */
  private static final double NEAR_END = 0.97;

  private static final int MOST_END_LABELS = 6;
  private static final double WIDEST_END_LABEL = 170;
  private static final double END_GAP = 8;

  private final LineChart chart;
  private final Plot plot;

  private LineDrawing(LineChart chart, Plot plot) {
    this.chart = chart;
    this.plot = plot;
  }

  static String draw(LineChart chart, ChartWidth width) {
    Range across = chart.acrossRange();
    DoubleStream data = chart.visible(across).mapToDouble(Point::y);
    DoubleStream lines = chart.horizontals().stream().mapToDouble(Marker::at);
    DoubleStream spots = chart.spots().stream().mapToDouble(LineChart.Spot::y);
    Range up =
        Range.of(chart.y(), DoubleStream.concat(data, DoubleStream.concat(lines, spots))).rounded();
    boolean named = width == ChartWidth.WIDE && endsCanBeNamed(chart, across, up);
    double room =
        named
            ? END_GAP
                + chart.series().stream().mapToDouble(s -> Box.width(s.name())).max().orElse(0)
            : 0;
    List<Key> legend = named || chart.series().size() < 2 ? List.of() : legend(chart);
    Plot plot =
        Plot.begin(
            chart, width, across, up, new Plot.Surroundings(legend, chart.verticals(), room));
    LineDrawing drawing = new LineDrawing(chart, plot);
    if (chart.visible(across).findAny().isEmpty()) {
      plot.nothing();
    }
    drawing.rules();
    drawing.series();
    drawing.labels();
    if (named) {
      drawing.nameEnds();
    }
    return plot.finish();
  }

  private static List<Key> legend(LineChart chart) {
    return IntStream.range(0, chart.series().size())
        .mapToObj(
            i -> {
              Series series = chart.series().get(i);
              boolean dots = series.style() == Series.Style.DOTS;
              return new Key(
                  series.name(), style(series, i), dots ? Key.Sign.POINT : Key.Sign.LINE);
            })
        .toList();
  }

  private static String style(Series series, int number) {
    String colour = " " + Series.colour(number);
    return switch (series.style()) {
      case LINE -> "curve" + colour;
      case DASHED -> "curve dash" + colour;
      case DOTS -> "dots" + colour;
    };
  }

  /** Names at the ends of lines need no legend; they want lines that go on to the right edge. */
  private static boolean endsCanBeNamed(LineChart chart, Range across, Range up) {
    Scale share = new Scale(across, 0, 1);
    int count = chart.series().size();
    return count > 1
        && count <= MOST_END_LABELS
        && chart.series().stream().allMatch(s -> Box.width(s.name()) <= WIDEST_END_LABEL)
        && chart.series().stream()
            .map(s -> end(chart, s, across, up))
            .allMatch(end -> end.isPresent() && share.at(end.get().x()) >= NEAR_END);
  }

  /** The last point of a line that is in the picture. */
  private static Optional<Point> end(LineChart chart, Series series, Range across, Range up) {
    return series.style() == Series.Style.DOTS
        ? Optional.empty()
        : series.points().stream()
            .filter(chart::canShow)
            .filter(point -> across.holds(point.x()) && up.holds(point.y()))
            .reduce((first, second) -> second);
  }

  private void rules() {
    for (Marker marker : chart.horizontals()) {
      if (plot.y().range().holds(marker.at())) {
        double at = plot.y().at(marker.at());
        double left = plot.x().from();
        plot.svg()
            .empty("line", "x1", left, "x2", plot.x().to(), "y1", at, "y2", at, "class", "rule");
      }
    }
  }

  private void series() {
    plot.openInner();
    for (int i = 0; i < chart.series().size(); i++) {
      Series series = chart.series().get(i);
      String path = series.style() == Series.Style.DOTS ? dots(series) : line(series);
      plot.svg().empty("path", "d", path, "class", style(series, i)).line();
    }
    plot.svg().close();
  }

  private String dots(Series series) {
    List<Point> points = series.points().stream().filter(chart::canShow).toList();
    int stride = (int) LineChart.stride(points.size());
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i += stride) {
      double x = plot.x().at(points.get(i).x());
      double y = plot.y().at(points.get(i).y());
      plot.labels().avoid(x, y, x, y);
      path.append(PathData.dot(x, y));
    }
    return path.toString();
  }

  private String line(Series series) {
    StringBuilder path = new StringBuilder();
    List<Point> run = new ArrayList<>();
    for (Point point : series.points()) {
      if (chart.canShow(point)) {
        Point placed = new Point(plot.x().at(point.x()), plot.y().at(point.y()));
        Point before = run.isEmpty() ? placed : run.get(run.size() - 1);
        plot.labels().avoid(before.x(), before.y(), placed.x(), placed.y());
        run.add(placed);
      } else {
        path.append(PathData.line(run));
        run.clear();
      }
    }
    return path.append(PathData.line(run)).toString();
  }

  private void labels() {
    for (LineChart.Spot spot : chart.spots()) {
      if (plot.x().range().holds(spot.x()) && plot.y().range().holds(spot.y())) {
        double x = plot.x().at(spot.x());
        double y = plot.y().at(spot.y());
        plot.svg().empty("circle", "cx", x, "cy", y, "r", 4.5, "class", "spot");
        plot.label(spot.label(), plot.labels().around(spot.label(), x, y), "mark");
      }
    }
    for (Marker marker : chart.horizontals()) {
      if (plot.y().range().holds(marker.at())) {
        double y = plot.y().at(marker.at());
        plot.label(marker.label(), plot.labels().along(marker.label(), y), "mark");
      }
    }
    plot.svg().line();
  }

  /** Writes each name beside the end of its line, moved apart where lines end close together. */
  private void nameEnds() {
    record End(String name, String style, double y) {}
    List<End> ends = new ArrayList<>();
    for (int i = 0; i < chart.series().size(); i++) {
      Series series = chart.series().get(i);
      Point last = end(chart, series, plot.x().range(), plot.y().range()).orElseThrow();
      ends.add(new End(series.name(), Series.colour(i), plot.y().at(last.y())));
    }
    ends.sort(Comparator.comparingDouble(End::y));
    double[] places = apart(ends.stream().mapToDouble(End::y).toArray(), plot.y().from());
    for (int i = 0; i < places.length; i++) {
      double x = plot.x().to() + END_GAP;
      String style = "name " + ends.get(i).style;
      plot.svg().leaf("text", ends.get(i).name, "x", x, "y", places[i] + 4, "class", style);
    }
    plot.svg().line();
  }

  /** Ascending heights moved as little as needed to be one line of text apart, none below base. */
  private static double[] apart(double[] heights, double base) {
    double[] places = heights.clone();
    for (int i = 1; i < places.length; i++) {
      places[i] = Math.max(places[i], places[i - 1] + Box.LINE);
    }
    double limit = base;
    for (int i = places.length - 1; i >= 0; i--) {
      places[i] = Math.min(places[i], limit);
      limit = places[i] - Box.LINE;
    }
    return places;
  }
}
