// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts that charts with axes share: legend, titles, grid, ticks and labelled vertical lines,
 * laid out so that no two texts meet. From top to bottom: legend rows, the title of the vertical
 * axis together with the labels of vertical lines, the data, ticks, the title of the horizontal
 * axis. Data are drawn between {@link #begin} and {@link #finish}.
 */
final class Plot {
  private static final double TICK_GAP = 10;
  private static final double LEAST_LEFT = 26;
  private static final double LEAST_RIGHT = 14;
  private static final double TICK_BASELINE = 19;
  private static final double TITLE_BASELINE = 38;
  private static final double BELOW = 44;

  /** Keeps the title of the vertical axis off its topmost tick label. */
  private static final double RULE_GAP = 12;

  /** Lines on the border of the data and dots stick out by this much. */
  private static final double OVERHANG = 5;

  private final Markup svg;
  private final Scale x;
  private final Scale y;
  private final Labels labels;
  private final List<Rule> rules;

  /**
   * What a plot shows around its data.
   *
   * @param legend entries in order, none for no legend
   * @param verticals vertical lines
   * @param endRoom width to keep free at the right of the data, at least
   */
  record Surroundings(List<Key> legend, List<Marker> verticals, double endRoom) {}

  /** A vertical line whose label stands above the data, in one of several rows (0 is lowest). */
  private record Rule(double x, String label, double labelX, int row) {}

  private Plot(Markup svg, Scale x, Scale y, List<Rule> rules) {
    this.svg = svg;
    this.x = x;
    this.y = y;
    this.rules = rules;
    this.labels = new Labels(new Box(x.from(), y.to(), x.to(), y.from()));
  }

  /** Lays the chart out and draws what lies behind the data. */
  static Plot begin(Chart chart, ChartWidth size, Range across, Range up, Surroundings around) {
    double height = size.plotHeight();
    List<Tick> ticks = Tick.fit(up, some -> apart(some, new Scale(up, height, 0)));
    double tickWidth = ticks.stream().mapToDouble(t -> Box.width(t.label())).max().orElse(0);
    double left = Math.max(LEAST_LEFT, tickWidth + TICK_GAP);
    Plot plot = layOut(chart, size, across, up, around, left, height);
    plot.drawGrid(ticks);
    plot.drawHorizontalAxis(size.width());
    return plot;
  }

  /** The same for rows of content over one horizontal axis. */
  static Plot rows(
      Chart chart,
      ChartWidth size,
      Range across,
      List<Marker> verticals,
      double left,
      double height) {
    Range up = new Range(Axis.linear(""), 0, 1);
    Surroundings around = new Surroundings(List.of(), verticals, 0);
    Plot plot = layOut(chart, size, across, up, around, left, height);
    plot.drawHorizontalAxis(size.width());
    return plot;
  }

  private static Plot layOut(
      Chart chart,
      ChartWidth size,
      Range across,
      Range up,
      Surroundings around,
      double left,
      double height) {
    double width = size.width();
    Scale x = new Scale(across, left, width - Math.max(LEAST_RIGHT, around.endRoom));
    List<Rule> rules = rules(around.verticals, x, up.axis().label(), width);
    int ruleRows = 1 + rules.stream().mapToInt(Rule::row).max().orElse(0);
    List<List<Key>> legend = rows(around.legend, width);
    double top = (legend.size() + ruleRows) * Box.LINE + RULE_GAP + 2;
    Scale y = new Scale(up, top + height, top);

    Markup svg = open(chart, size, y.from() + BELOW);
    for (int row = 0; row < legend.size(); row++) {
      double at = 1;
      for (Key key : legend.get(row)) {
        key.draw(svg, at, Box.LINE * (row + 1) - 4);
        at += key.width();
      }
    }
    String title = Box.shortened(up.axis().label(), width);
    svg.leaf("text", title, "x", 0.0, "y", top - RULE_GAP - 2, "class", "title").line();
    return new Plot(svg, x, y, rules);
  }

  /** Opens the {@code svg} element with its name and description for screen readers. */
  static Markup open(Chart chart, ChartWidth size, double height) {
    String box = "0 0 " + Markup.coordinate(size.width()) + " " + Markup.coordinate(height);
    String style = size == ChartWidth.WIDE ? "chart wide" : "chart narrow";
    return new Markup()
        .open("svg", "class", style, "viewBox", box, "role", "img", "aria-label", chart.title())
        .leaf("title", chart.title())
        .leaf("desc", chart.description())
        .line();
  }

  Markup svg() {
    return svg;
  }

  Scale x() {
    return x;
  }

  Scale y() {
    return y;
  }

  Labels labels() {
    return labels;
  }

  /** Opens an inner picture that cuts off what the axes leave out; the caller closes it. */
  void openInner() {
    double left = x.from() - OVERHANG;
    double top = y.to() - OVERHANG;
    double width = x.to() + OVERHANG - left;
    double height = y.from() + OVERHANG - top;
    String box =
        Stream.of(left, top, width, height)
            .map(Markup::coordinate)
            .collect(Collectors.joining(" "));
    svg.open("svg", "x", left, "y", top, "width", width, "height", height, "viewBox", box).line();
  }

  /** Draws a text at the place found for it, so that it can be read over data. */
  void label(String text, Labels.Place place, String style) {
    String classes = style + " over " + css(place.anchor());
    svg.leaf("text", text, "x", place.x(), "y", place.baseline(), "class", classes);
  }

  /** Says in the middle of the picture that there is nothing to draw. */
  void nothing() {
    double middle = (x.from() + x.to()) / 2;
    double centre = (y.from() + y.to()) / 2;
    svg.leaf("text", "no data", "x", middle, "y", centre, "class", "title middle");
  }

  /** Draws the vertical lines over the data and ends the picture. */
  String finish() {
    for (Rule rule : rules) {
      double from = y.to() - RULE_GAP - rule.row * Box.LINE;
      svg.empty("line", "x1", rule.x, "x2", rule.x, "y1", from, "y2", y.from(), "class", "rule");
    }
    // After all lines, as the line of a label in a higher row passes through the rows below.
    for (Rule rule : rules) {
      double from = y.to() - RULE_GAP - rule.row * Box.LINE;
      String style = "mark middle over";
      svg.leaf("text", rule.label, "x", rule.labelX, "y", from - 2, "class", style).line();
    }
    return svg.close().toString();
  }

  static String css(Box.Anchor anchor) {
    return switch (anchor) {
      case START -> "start";
      case MIDDLE -> "middle";
      case END -> "end";
    };
  }

  /** Draws ticks and title below the data. */
  private void drawHorizontalAxis(double width) {
    double base = y.from();
    svg.empty("line", "x1", x.from(), "x2", x.to(), "y1", base, "y2", base, "class", "axis");
    for (Tick tick : Tick.fit(x.range(), ticks -> beside(ticks, x, width))) {
      double at = x.at(tick.value());
      svg.empty("line", "x1", at, "x2", at, "y1", base, "y2", base + 4, "class", "axis");
      double middle = centred(tick.label(), at, width);
      svg.leaf(
          "text", tick.label(), "x", middle, "y", base + TICK_BASELINE, "class", "tick middle");
    }
    String title = Box.shortened(x.range().axis().label(), width);
    double middle = centred(title, (x.from() + x.to()) / 2, width);
    svg.leaf("text", title, "x", middle, "y", base + TITLE_BASELINE, "class", "title middle")
        .line();
  }

  private void drawGrid(List<Tick> ticks) {
    for (Tick tick : ticks) {
      double at = y.at(tick.value());
      svg.empty("line", "x1", x.from(), "x2", x.to(), "y1", at, "y2", at, "class", "grid");
      svg.leaf("text", tick.label(), "x", x.from() - 6, "y", at + 4, "class", "tick end").line();
    }
  }

  /** The middle of a text that is to be centred at a place but must not leave the picture. */
  private static double centred(String text, double at, double width) {
    double half = Box.width(text) / 2;
    return Math.max(half, Math.min(width - half, at));
  }

  private static boolean apart(List<Tick> ticks, Scale y) {
    for (int i = 1; i < ticks.size(); i++) {
      if (y.at(ticks.get(i - 1).value()) - y.at(ticks.get(i).value()) < 2 * Box.LINE) {
        return false;
      }
    }
    return true;
  }

  private static boolean beside(List<Tick> ticks, Scale x, double width) {
    double end = Double.NEGATIVE_INFINITY;
    for (Tick tick : ticks) {
      double half = Box.width(tick.label()) / 2;
      double middle = centred(tick.label(), x.at(tick.value()), width);
      if (middle - half < end + TICK_GAP) {
        return false;
      }
      end = middle + half;
    }
    return true;
  }

  private static List<Rule> rules(List<Marker> markers, Scale x, String title, double width) {
    List<Box> taken = new ArrayList<>();
    taken.add(Box.of(title, 0, 0, Box.Anchor.START));
    List<Rule> rules = new ArrayList<>();
    markers.stream()
        .filter(marker -> x.range().holds(marker.at()))
        .sorted(Comparator.comparingDouble(Marker::at))
        .forEach(marker -> rules.add(rule(marker, x.at(marker.at()), width, taken)));
    return rules;
  }

  private static Rule rule(Marker marker, double at, double width, List<Box> taken) {
    String label = Box.shortened(marker.label(), width / 2);
    double middle = centred(label, at, width);
    for (int row = 0; ; row++) {
      Box box = Box.of(label, middle, -row * Box.LINE, Box.Anchor.MIDDLE);
      if (taken.stream().noneMatch(box::overlaps)) {
        taken.add(box);
        return new Rule(at, label, middle, row);
      }
    }
  }

  private static List<List<Key>> rows(List<Key> legend, double width) {
    List<List<Key>> rows = new ArrayList<>();
    double used = width;
    for (Key key : legend) {
      if (rows.isEmpty() || used + key.width() > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(key);
      used += key.width();
    }
    return rows;
  }
}
