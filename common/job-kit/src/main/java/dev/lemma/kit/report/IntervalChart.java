// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Estimates with their intervals, one below the other over a common axis (a forest plot).
 *
 * @param title what is estimated
 * @param axis the common axis
 * @param intervals the estimates from top to bottom
 * @param markers labelled vertical lines, such as one at no effect
 */
public record IntervalChart(String title, Axis axis, List<Interval> intervals, List<Marker> markers)
    implements Chart {
  private static final double ROW = 24;
  private static final double LABEL_SHARE = 0.35;
  private static final double TEXT_GAP = 10;

  /** An estimate between the ends of its interval. */
  public record Interval(String label, double low, double estimate, double high) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if low &gt; estimate or estimate &gt; high
     */
    public Interval {
      Objects.requireNonNull(label, "label");
      if (low > estimate || estimate > high) {
        throw new IllegalArgumentException(
            "interval '" + label + "' is out of order: " + low + ", " + estimate + ", " + high);
      }
    }
  }

  /** Keeps copies. */
  public IntervalChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(axis, "axis");
    intervals = List.copyOf(intervals);
    markers = List.copyOf(markers);
  }

  /** A chart without intervals. */
  public static IntervalChart of(String title, Axis axis) {
    return new IntervalChart(title, axis, List.of(), List.of());
  }

  /** This chart with one more interval. */
  public IntervalChart interval(String label, double low, double estimate, double high) {
    List<Interval> more = new ArrayList<>(intervals);
    more.add(new Interval(label, low, estimate, high));
    return new IntervalChart(title, axis, more, markers);
  }

  /** This chart with a labelled vertical line. */
  public IntervalChart marker(double at, String label) {
    List<Marker> more = new ArrayList<>(markers);
    more.add(new Marker(at, label));
    return new IntervalChart(title, axis, intervals, more);
  }

  @Override
  public String description() {
    Range range = range();
    return Quantity.count(intervals.size()).in("intervals")
        + " of "
        + axis.label()
        + ", from "
        + Quantity.of(range.low())
        + " to "
        + Quantity.of(range.high())
        + ".";
  }

  @Override
  public Table data() {
    List<List<Object>> rows = new ArrayList<>();
    for (Interval one : intervals) {
      rows.add(List.of(one.label, one.low, one.estimate, one.high));
    }
    return Table.of(List.of("name", "low", "estimate", "high"), rows);
  }

  @Override
  public List<String> notes() {
    return intervals.stream()
        .filter(one -> !canShow(one))
        .map(one -> one.label + " has no place on the axis, not drawn.")
        .toList();
  }

  @Override
  public String svg(ChartWidth size) {
    double widest = intervals.stream().mapToDouble(one -> Box.width(one.label)).max().orElse(0);
    double room = Math.min(widest, size.width() * LABEL_SHARE);
    double left = room + TEXT_GAP;
    Plot plot = Plot.rows(this, size, range(), markers, left, Math.max(1, intervals.size()) * ROW);
    if (intervals.stream().noneMatch(this::canShow)) {
      plot.nothing();
    }
    for (int i = 0; i < intervals.size(); i++) {
      Interval one = intervals.get(i);
      double y = plot.y().to() + (i + 0.5) * ROW;
      String label = Box.shortened(one.label, room);
      plot.svg().leaf("text", label, "x", room, "y", y + 4, "class", "end label");
      if (canShow(one)) {
        double from = plot.x().at(Math.max(one.low, plot.x().range().low()));
        double to = plot.x().at(Math.min(one.high, plot.x().range().high()));
        plot.svg().empty("line", "x1", from, "x2", to, "y1", y, "y2", y, "class", "curve s1");
        if (plot.x().range().holds(one.estimate)) {
          double at = plot.x().at(one.estimate);
          plot.svg().empty("circle", "cx", at, "cy", y, "r", 4.5, "class", "spot s1");
        }
      }
      plot.svg().line();
    }
    return plot.finish();
  }

  private boolean canShow(Interval one) {
    return axis.canShow(one.low) && axis.canShow(one.estimate) && axis.canShow(one.high);
  }

  private Range range() {
    DoubleStream ends =
        intervals.stream()
            .filter(this::canShow)
            .flatMapToDouble(one -> DoubleStream.of(one.low, one.high));
    return Range.of(axis, DoubleStream.concat(ends, markers.stream().mapToDouble(Marker::at)))
        .rounded();
  }
}
