// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws a {@link Histogram}. */
final class HistogramDrawing {
  /** Bars wider than this have a gap between them. */
  private static final double WIDE_BAR = 4;

  /** A law that rises higher above the fullest bin is cut off, lest its pole flatten the bars. */
  private static final double HIGHEST_CURVE = 2;

  private final Histogram histogram;
  private final Plot plot;

  private HistogramDrawing(Histogram histogram, Plot plot) {
    this.histogram = histogram;
    this.plot = plot;
  }

  static String draw(Histogram histogram, ChartWidth width) {
    Axis across = histogram.axis();
    Range x = new Range(across, histogram.low(), histogram.high());
    double fullest = histogram.counts().stream().mapToDouble(Long::doubleValue).max().orElse(0);
    DoubleStream curves =
        histogram.laws().stream()
            .flatMapToDouble(law -> law.density().stream().mapToDouble(Double::doubleValue))
            .map(density -> Math.min(density * histogram.perDensity(), HIGHEST_CURVE * fullest));
    // A whole unit at least, so that there is an axis when all bins are empty.
    DoubleStream heights = DoubleStream.concat(DoubleStream.of(1, fullest), curves);
    Range y = Range.of(Axis.linear(histogram.unit()).whole().from(0), heights).rounded();
    Plot plot =
        Plot.begin(
            histogram,
            width,
            x,
            y,
            new Plot.Surroundings(legend(histogram), histogram.markers(), 0));
    HistogramDrawing drawing = new HistogramDrawing(histogram, plot);
    if (histogram.total() == 0) {
      plot.nothing();
    } else {
      drawing.shade();
      drawing.bars();
      drawing.curves();
    }
    return plot.finish();
  }

  private static List<Key> legend(Histogram histogram) {
    boolean banded = !histogram.inside().equals(Histogram.Band.ALL);
    if (histogram.laws().isEmpty() && !banded) {
      return List.of();
    }
    List<Key> keys = new ArrayList<>();
    keys.add(new Key("measured", "bar", Key.Sign.AREA));
    if (banded) {
      keys.add(new Key("outside", "bar out", Key.Sign.AREA));
    }
    for (int i = 0; i < histogram.laws().size(); i++) {
      keys.add(new Key(histogram.laws().get(i).name(), curve(i), Key.Sign.LINE));
    }
    return keys;
  }

  private static String curve(int law) {
    return law == 0 ? "curve law" : "curve dash " + Series.colour(law + 1);
  }

  /** A faint ground where values are not as they should be. */
  private void shade() {
    double low = Math.max(histogram.low(), histogram.inside().low());
    double high = Math.min(histogram.high(), histogram.inside().high());
    ground(histogram.low(), Math.min(low, histogram.high()));
    ground(Math.max(high, histogram.low()), histogram.high());
  }

  private void ground(double from, double to) {
    if (from < to) {
      rectangle(from, to, plot.y().to(), "ground", 0);
      plot.svg().close();
    }
  }

  private void bars() {
    double barWidth = (plot.x().to() - plot.x().from()) / histogram.counts().size();
    double gap = barWidth > WIDE_BAR ? 1 : 0;
    for (int bin = 0; bin < histogram.counts().size(); bin++) {
      long count = histogram.counts().get(bin);
      if (count == 0) {
        continue;
      }
      double from = histogram.edge(bin);
      double to = histogram.edge(bin + 1);
      // A bin that the end of the band cuts is drawn in pieces.
      double low = Math.max(from, Math.min(to, histogram.inside().low()));
      double high = Math.max(low, Math.min(to, histogram.inside().high()));
      String text =
          Quantity.of(from)
              + " to "
              + Quantity.of(to)
              + ": "
              + Quantity.count(count).in(histogram.unit());
      bar(from, low, count, "bar out", from < low && low < to ? 0 : gap, text);
      bar(low, high, count, "bar", high < to ? 0 : gap, text);
      bar(high, to, count, "bar out", gap, text);
    }
    plot.svg().line();
  }

  private void bar(double from, double to, long count, String style, double gap, String text) {
    if (from < to) {
      rectangle(from, to, plot.y().at(count), style, gap);
      plot.svg().leaf("title", text).close();
    }
  }

  private void rectangle(double from, double to, double top, String style, double gap) {
    double left = plot.x().at(from);
    double width = Math.max(0.5, plot.x().at(to) - left - gap);
    double height = plot.y().from() - top;
    plot.svg().open("rect", "x", left, "y", top, "width", width, "height", height, "class", style);
  }

  private void curves() {
    plot.openInner();
    for (int i = 0; i < histogram.laws().size(); i++) {
      List<Double> density = histogram.laws().get(i).density();
      StringBuilder path = new StringBuilder();
      List<Point> run = new ArrayList<>();
      for (int j = 0; j < density.size(); j++) {
        double height = density.get(j) * histogram.perDensity();
        if (Double.isFinite(height) && height >= 0) {
          double x = plot.x().at(histogram.at((double) j / (density.size() - 1)));
          run.add(new Point(x, plot.y().at(height)));
        } else {
          path.append(PathData.line(run));
          run.clear();
        }
      }
      path.append(PathData.line(run));
      plot.svg().empty("path", "d", path, "class", curve(i)).line();
    }
    plot.svg().close();
  }
}
