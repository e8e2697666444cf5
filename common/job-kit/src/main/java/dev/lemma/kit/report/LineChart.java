// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines and clouds of points over two axes, each linear or logarithmic.
 *
 * @param title what is compared
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, the first in the first colour
 * @param verticals labelled lines at values of x
 * @param horizontals labelled lines at values of y
 * @param spots labelled points
 */
public record LineChart(
    String title,
    Axis x,
    Axis y,
    List<Series> series,
    List<Marker> verticals,
    List<Marker> horizontals,
    List<Spot> spots)
    implements Chart {

  /** More dots than this of one series would make the page heavy and the picture black. */
  static final int MOST_DOTS = 2000;

  /** A point to look at. */
  public record Spot(double x, double y, String label) {
    /** Refuses a null label. */
    public Spot {
      Objects.requireNonNull(label, "label");
    }
  }

  /** Keeps copies. */
  public LineChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    series = List.copyOf(series);
    verticals = List.copyOf(verticals);
    horizontals = List.copyOf(horizontals);
    spots = List.copyOf(spots);
  }

  /** A chart without content. */
  public static LineChart of(String title, Axis x, Axis y) {
    return new LineChart(title, x, y, List.of(), List.of(), List.of(), List.of());
  }

  /** This chart with one more series. */
  public LineChart plus(Series more) {
    return new LineChart(title, x, y, added(series, more), verticals, horizontals, spots);
  }

  /** This chart with the points of two arrays of one length joined by a line. */
  public LineChart line(String name, double[] xs, double[] ys) {
    return plus(new Series(name, Series.Style.LINE, Point.list(xs, ys)));
  }

  /** This chart with the points joined by a dashed line: a bound, a comparison. */
  public LineChart dashed(String name, double[] xs, double[] ys) {
    return plus(new Series(name, Series.Style.DASHED, Point.list(xs, ys)));
  }

  /** This chart with the points as dots. */
  public LineChart points(String name, double[] xs, double[] ys) {
    return plus(new Series(name, Series.Style.DOTS, Point.list(xs, ys)));
  }

  /** This chart with a labelled line at a value of x. */
  public LineChart vertical(double at, String label) {
    List<Marker> more = added(verticals, new Marker(at, label));
    return new LineChart(title, x, y, series, more, horizontals, spots);
  }

  /** This chart with a labelled line at a value of y. */
  public LineChart horizontal(double at, String label) {
    List<Marker> more = added(horizontals, new Marker(at, label));
    return new LineChart(title, x, y, series, verticals, more, spots);
  }

  /** This chart with a labelled point. */
  public LineChart spot(double atX, double atY, String label) {
    List<Spot> more = added(spots, new Spot(atX, atY, label));
    return new LineChart(title, x, y, series, verticals, horizontals, more);
  }

  @Override
  public String description() {
    Range across = acrossRange();
    Range up = Range.of(y, visible(across).mapToDouble(Point::y));
    String names = series.stream().map(Series::name).collect(Collectors.joining(", "));
    return "Chart of "
        + (names.isEmpty() ? "nothing" : names)
        + ": "
        + y.label()
        + " from "
        + shown(y, up.low())
        + " to "
        + shown(y, up.high())
        + " over "
        + x.label()
        + " from "
        + shown(x, across.low())
        + " to "
        + shown(x, across.high())
        + ".";
  }

  @Override
  public Table data() {
    List<List<Double>> grids =
        series.stream().map(s -> s.points().stream().map(Point::x).toList()).distinct().toList();
    return grids.size() == 1 ? sideBySide() : oneBelowTheOther();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Series one : series) {
      long all = one.points().size();
      long left = one.points().stream().filter(point -> !canShow(point)).count();
      if (left > 0) {
        notes.add(
            one.name()
                + ": "
                + Quantity.count(left)
                + " of "
                + Quantity.count(all).in("points")
                + (x.scale() == Axis.Scale.LOG || y.scale() == Axis.Scale.LOG
                    ? " not finite or not positive, not drawn."
                    : " not finite, not drawn."));
      }
      if (one.style() == Series.Style.DOTS && all - left > MOST_DOTS) {
        notes.add(one.name() + ": one in " + stride(all - left) + " points is drawn.");
      }
    }
    return notes;
  }

  @Override
  public String svg(ChartWidth width) {
    return LineDrawing.draw(this, width);
  }

  boolean canShow(Point point) {
    return x.canShow(point.x()) && y.canShow(point.y());
  }

  Range acrossRange() {
    DoubleStream data =
        series.stream()
            .flatMap(s -> s.points().stream())
            .filter(this::canShow)
            .mapToDouble(Point::x);
    DoubleStream marked = verticals.stream().mapToDouble(Marker::at);
    DoubleStream spotted = spots.stream().mapToDouble(Spot::x);
    Range range = Range.of(x, DoubleStream.concat(data, DoubleStream.concat(marked, spotted)));
    // Lines look best from edge to edge, dots with some air.
    boolean dots = series.stream().anyMatch(one -> one.style() == Series.Style.DOTS);
    return dots ? range.rounded() : range;
  }

  /** What is drawn of the data when x has the given range. */
  Stream<Point> visible(Range across) {
    return series.stream()
        .flatMap(s -> s.points().stream())
        .filter(point -> canShow(point) && across.holds(point.x()));
  }

  /** One dot in this many is drawn. */
  static long stride(long dots) {
    return Math.max(1, (dots + MOST_DOTS - 1) / MOST_DOTS);
  }

  private Table sideBySide() {
    List<String> columns = new ArrayList<>(List.of(x.label()));
    series.forEach(one -> columns.add(one.name()));
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < series.get(0).points().size(); i++) {
      List<Object> row = new ArrayList<>();
      row.add(cell(x, series.get(0).points().get(i).x()));
      for (Series one : series) {
        row.add(cell(y, one.points().get(i).y()));
      }
      rows.add(row);
    }
    return Table.of(columns, rows);
  }

  private Table oneBelowTheOther() {
    List<List<Object>> rows = new ArrayList<>();
    for (Series one : series) {
      for (Point point : one.points()) {
        rows.add(List.of(one.name(), cell(x, point.x()), cell(y, point.y())));
      }
    }
    return Table.of(List.of("series", x.label(), y.label()), rows);
  }

  private static Quantity cell(Axis axis, double value) {
    return axis.unit() == Axis.Unit.PERCENT ? Quantity.percent(value) : Quantity.of(value);
  }

  private static String shown(Axis axis, double value) {
    return cell(axis, value).text();
  }

  private static <T> List<T> added(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }
}
