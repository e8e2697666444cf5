// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.List;
import java.util.stream.DoubleStream;

/** The stretch of numbers that an axis shows; never empty, so it can be divided by. */
record Range(Axis axis, double low, double high) {
  /** Ends closer than this share of their size cannot be told apart by tick labels. */
  private static final double RESOLUTION = 1e-9;

  /** Narrower than this, steps between ticks would fall among the subnormal numbers. */
  private static final double NARROWEST = 1e-300;

  /** The room given to equal values, as a share of their size. */
  private static final double ROOM = 0.1;

  private static final int TICKS = 6;

  /**
   * The ends that the axis fixes, and those of the data for the rest. Values that the axis cannot
   * show are passed over; without any the range is 0 to 1 (1 to 10 on a logarithmic axis); equal
   * values get room around them.
   */
  static Range of(Axis axis, DoubleStream values) {
    boolean log = axis.scale() == Axis.Scale.LOG;
    double[] shown = values.filter(axis::canShow).toArray();
    double low = DoubleStream.of(shown).min().orElse(log ? 1 : 0);
    double high = DoubleStream.of(shown).max().orElse(log ? 10 : 1);
    if (axis.highFixed()) {
      high = axis.high();
      low = Math.min(low, high);
    }
    if (axis.lowFixed()) {
      low = axis.low();
      high = Math.max(low, high);
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double least = log ? low * RESOLUTION : Math.max(size * RESOLUTION, NARROWEST);
    if (high - low > least || (axis.lowFixed() && axis.highFixed())) {
      return new Range(axis, low, high);
    }
    double room = size == 0 ? 1 : Math.max(size * ROOM, NARROWEST);
    double below = log ? Math.max(low / 2, Double.MIN_VALUE) : low - room;
    double above = log ? Math.max(high * 2, Double.MIN_NORMAL) : high + room;
    return new Range(axis, low, high).widened(below, above);
  }

  /** This range with the ends that the axis does not fix moved out to the next tick or decade. */
  Range rounded() {
    if (axis.scale() == Axis.Scale.LOG) {
      return widened(
          StrictMath.pow(10, Math.floor(StrictMath.log10(low))),
          StrictMath.pow(10, Math.ceil(StrictMath.log10(high))));
    }
    List<Tick> ticks = Tick.of(this, TICKS);
    if (ticks.size() < 2) {
      return this;
    }
    double step = ticks.get(1).value() - ticks.get(0).value();
    return widened(Math.floor(low / step) * step, Math.ceil(high / step) * step);
  }

  boolean holds(double value) {
    return axis.canShow(value) && value >= low && value <= high;
  }

  private Range widened(double below, double above) {
    double least = axis.scale() == Axis.Scale.LOG ? Double.MIN_VALUE : -Double.MAX_VALUE;
    return new Range(
        axis,
        axis.lowFixed() ? low : Math.min(low, Math.max(below, least)),
        axis.highFixed() ? high : Math.max(high, Math.min(above, Double.MAX_VALUE)));
  }
}
