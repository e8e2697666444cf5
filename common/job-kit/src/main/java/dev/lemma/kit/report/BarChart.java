// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A few labelled horizontal bars that start at zero, each with its value written at its end: sizes
 * before and after, timings of phases.
 *
 * @param title what is compared
 * @param bars the bars from top to bottom
 */
public record BarChart(String title, List<Bar> bars) implements Chart {
  private static final double LABEL_SHARE = 0.35;
  private static final double BAR_HEIGHT = 22;
  private static final double GAP = 12;
  private static final double TEXT_GAP = 8;

  /** What a bar is there for. */
  public enum Role {
    /** The subject of the chart. */
    RESULT,
    /** What the subject is compared with. */
    REFERENCE
  }

  /** A bar; what is not finite has a text but no length. */
  public record Bar(String label, Quantity quantity, Role role) {
    /**
     * Checks the sign.
     *
     * @throws IllegalArgumentException if the quantity is negative
     */
    public Bar {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(role, "role");
      if (quantity.value() < 0) {
        throw new IllegalArgumentException("bar '" + label + "' is negative: " + quantity);
      }
    }
  }

  /** Keeps a copy. */
  public BarChart {
    Objects.requireNonNull(title, "title");
    bars = List.copyOf(bars);
  }

  /** A chart without bars. */
  public static BarChart of(String title) {
    return new BarChart(title, List.of());
  }

  /** This chart with one more bar. */
  public BarChart bar(String label, Quantity quantity) {
    return plus(new Bar(label, quantity, Role.RESULT));
  }

  /** This chart with one more bar, in grey: what the others are compared with. */
  public BarChart reference(String label, Quantity quantity) {
    return plus(new Bar(label, quantity, Role.REFERENCE));
  }

  @Override
  public String description() {
    return bars.stream()
        .map(bar -> bar.label + ": " + bar.quantity)
        .collect(Collectors.joining("; ", "Bars: ", "."));
  }

  @Override
  public Table data() {
    Table table = Table.of("bar", "value");
    for (Bar bar : bars) {
      table = table.row(bar.label, bar.quantity);
    }
    return table;
  }

  @Override
  public List<String> notes() {
    return bars.stream()
        .filter(bar -> !Double.isFinite(bar.quantity.value()))
        .map(bar -> bar.label + " is not finite, not drawn.")
        .toList();
  }

  @Override
  public String svg(ChartWidth size) {
    double widest = bars.stream().mapToDouble(bar -> Box.width(bar.label)).max().orElse(0);
    boolean beside = widest <= size.width() * LABEL_SHARE;
    double left = beside ? widest + TEXT_GAP : 0;
    double values =
        bars.stream().mapToDouble(bar -> Box.width(bar.quantity.text())).max().orElse(0);
    double room = Math.max(BAR_HEIGHT, size.width() - left - values - TEXT_GAP);
    double most =
        bars.stream()
            .mapToDouble(bar -> bar.quantity.value())
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    double step = BAR_HEIGHT + GAP + (beside ? 0 : Box.LINE);
    Markup svg = Plot.open(this, size, Math.max(1, bars.size()) * step);
    if (bars.isEmpty()) {
      svg.leaf("text", "no data", "x", size.width() / 2, "y", step / 2, "class", "title middle");
    }
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double top = i * step + GAP / 2 + (beside ? 0 : Box.LINE);
      double baseline = top + BAR_HEIGHT / 2 + 4;
      double value = bar.quantity.value();
      // A value beside a much larger one stays visible as a hairline.
      double length = most > 0 && Double.isFinite(value) ? value / most * room : 0;
      double drawn = value > 0 ? Math.max(1, length) : 0;
      if (beside) {
        double x = left - TEXT_GAP;
        svg.leaf("text", bar.label, "x", x, "y", baseline, "class", "end label");
      } else {
        String label = Box.shortened(bar.label, size.width());
        svg.leaf("text", label, "x", 0.0, "y", top - 5, "class", "label");
      }
      String style = bar.role == Role.RESULT ? "bar" : "bar reference";
      svg.empty("rect", "x", left, "y", top, "width", drawn, "height", BAR_HEIGHT, "class", style);
      double end = left + drawn + TEXT_GAP;
      svg.leaf("text", bar.quantity.text(), "x", end, "y", baseline, "class", "value").line();
    }
    return svg.close().toString();
  }

  private BarChart plus(Bar bar) {
    List<Bar> more = new ArrayList<>(bars);
    more.add(bar);
    return new BarChart(title, more);
  }
}
