// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many values fall into each of some bins of equal width, with the counts that one or more laws
 * would give drawn over them.
 *
 * @param title what is counted
 * @param axis the axis of the values, linear; its ends are not used
 * @param unit the noun for what is counted, the title of the vertical axis
 * @param low lower end of the first bin
 * @param high upper end of the last bin, above {@code low}
 * @param counts values in each bin; a value on an inner boundary belongs to the upper bin
 * @param below values below {@code low}
 * @param above values above {@code high}
 * @param unusable values that are not finite
 * @param laws densities to compare with, as sampled by {@link #law}
 * @param markers vertical lines
 * @param inside the values that are as they should be; bars outside have the colour of a warning
 */
public record Histogram(
    String title,
    Axis axis,
    String unit,
    double low,
    double high,
    List<Long> counts,
    long below,
    long above,
    long unusable,
    List<Law> laws,
    List<Marker> markers,
    Band inside)
    implements Chart {

  /** Laws are sampled at about this many steps, a whole number of steps a bin. */
  private static final int STEPS = 240;

  /** Values from {@code low} to {@code high}; infinite ends are allowed. */
  public record Band(double low, double high) {
    /** Every value. */
    public static final Band ALL = new Band(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if not low &lt; high
     */
    public Band {
      if (!(low < high)) {
        throw new IllegalArgumentException("no band from " + low + " to " + high);
      }
    }
  }

  /** A named density, sampled from the low to the high end of the histogram. */
  public record Law(String name, List<Double> density) {
    /** Keeps a copy. */
    public Law {
      Objects.requireNonNull(name, "name");
      density = List.copyOf(density);
    }
  }

  /**
   * Keeps copies and checks.
   *
   * @throws IllegalArgumentException if the ends are not finite or not in order, there is no bin, a
   *     count is negative, or the axis is not linear
   */
  public Histogram {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(inside, "inside");
    counts = List.copyOf(counts);
    laws = List.copyOf(laws);
    markers = List.copyOf(markers);
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException("no bins from " + low + " to " + high);
    }
    if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("counts have to be at least one and not negative");
    }
    if (axis.scale() != Axis.Scale.LINEAR) {
      throw new IllegalArgumentException("bins of equal width need a linear axis");
    }
  }

  /** Counts made elsewhere, of bins of equal width from low to high. */
  public static Histogram ofCounts(String title, double low, double high, long... counts) {
    return new Histogram(
        title,
        Axis.linear("value"),
        "count",
        low,
        high,
        Arrays.stream(counts).boxed().toList(),
        0,
        0,
        0,
        List.of(),
        List.of(),
        Band.ALL);
  }

  /** Counts the finite ones of some values in bins over their whole range. */
  public static Histogram of(String title, double[] values, int bins) {
    Range range = Range.of(Axis.linear(""), DoubleStream.of(values));
    return of(title, values, range.low(), range.high(), bins);
  }

  /** Counts values in bins from low to high; those outside are counted beside. */
  public static Histogram of(String title, double[] values, double low, double high, int bins) {
    long[] counts = new long[bins];
    long below = 0;
    long above = 0;
    long unusable = 0;
    // Halved, so that the width of the largest range is finite.
    double halfWidth = high / 2 - low / 2;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        unusable++;
      } else if (value < low) {
        below++;
      } else if (value > high) {
        above++;
      } else {
        int bin = (int) ((value / 2 - low / 2) / halfWidth * bins);
        counts[Math.min(bin, bins - 1)]++;
      }
    }
    Histogram within = ofCounts(title, low, high, counts);
    return within.with(below, above, unusable);
  }

  /** This histogram with another axis of values. */
  public Histogram x(Axis values) {
    return new Histogram(
        title, values, unit, low, high, counts, below, above, unusable, laws, markers, inside);
  }

  /** This histogram with a noun for what is counted, such as {@code pairs}. */
  public Histogram counting(String noun) {
    return new Histogram(
        title, axis, noun, low, high, counts, below, above, unusable, laws, markers, inside);
  }

  /** This histogram with the number of values that its bins do not hold. */
  public Histogram with(long below, long above, long unusable) {
    return new Histogram(
        title, axis, unit, low, high, counts, below, above, unusable, laws, markers, inside);
  }

  /**
   * This histogram with a law drawn over it, scaled to the number of values.
   *
   * @param name what the legend calls it
   * @param density its density, integrating to one over all values; what is not finite is left out
   */
  public Histogram law(String name, DoubleUnaryOperator density) {
    int steps = perBin() * counts.size();
    List<Double> sampled =
        IntStream.rangeClosed(0, steps)
            .mapToObj(i -> density.applyAsDouble(at((double) i / steps)))
            .toList();
    List<Law> more = new ArrayList<>(laws);
    more.add(new Law(name, sampled));
    return new Histogram(
        title, axis, unit, low, high, counts, below, above, unusable, more, markers, inside);
  }

  /** This histogram with a labelled vertical line. */
  public Histogram marker(double at, String label) {
    List<Marker> more = new ArrayList<>(markers);
    more.add(new Marker(at, label));
    return new Histogram(
        title, axis, unit, low, high, counts, below, above, unusable, laws, more, inside);
  }

  /** This histogram with what lies outside of a band in the colour of a warning. */
  public Histogram inside(double from, double to) {
    return new Histogram(
        title,
        axis,
        unit,
        low,
        high,
        counts,
        below,
        above,
        unusable,
        laws,
        markers,
        new Band(from, to));
  }

  @Override
  public String description() {
    int fullest = 0;
    for (int bin = 1; bin < counts.size(); bin++) {
      fullest = counts.get(bin) > counts.get(fullest) ? bin : fullest;
    }
    String names = laws.stream().map(Law::name).collect(Collectors.joining(", "));
    return "Histogram of "
        + Quantity.count(total()).in(unit)
        + " in "
        + counts.size()
        + " bins from "
        + Quantity.of(low)
        + " to "
        + Quantity.of(high)
        + "; the fullest bin starts at "
        + Quantity.of(edge(fullest))
        + (names.isEmpty() ? "." : "; compared with " + names + ".");
  }

  @Override
  public Table data() {
    List<String> columns = new ArrayList<>(List.of("from", "to", unit));
    laws.forEach(law -> columns.add(law.name() + " (expected)"));
    List<List<Object>> rows = new ArrayList<>();
    for (int bin = 0; bin < counts.size(); bin++) {
      List<Object> row = new ArrayList<>(List.of(edge(bin), edge(bin + 1), counts.get(bin)));
      for (Law law : laws) {
        row.add(expected(law, bin));
      }
      rows.add(row);
    }
    return Table.of(columns, rows);
  }

  @Override
  public List<String> notes() {
    List<String> missing = new ArrayList<>();
    if (below > 0) {
      missing.add(Quantity.count(below) + " below " + Quantity.of(low));
    }
    if (above > 0) {
      missing.add(Quantity.count(above) + " above " + Quantity.of(high));
    }
    if (unusable > 0) {
      missing.add(Quantity.count(unusable) + " not finite");
    }
    return missing.isEmpty()
        ? List.of()
        : List.of("Not drawn: " + String.join(", ", missing) + ".");
  }

  @Override
  public String svg(ChartWidth width) {
    return HistogramDrawing.draw(this, width);
  }

  /** All finite values, in the bins or not. */
  long total() {
    return counts.stream().mapToLong(Long::longValue).sum() + below + above;
  }

  /** The lower end of a bin. */
  double edge(int bin) {
    return at((double) bin / counts.size());
  }

  double at(double share) {
    return share == 1 ? high : low * (1 - share) + high * share;
  }

  int perBin() {
    return Math.max(1, STEPS / counts.size());
  }

  /** Turns a density into a number of values per bin. */
  double perDensity() {
    return (high / counts.size() - low / counts.size()) * total();
  }

  /** The expected number of values in a bin, by the trapezoidal rule. */
  private double expected(Law law, int bin) {
    int start = bin * perBin();
    double sum = 0;
    for (int i = 0; i < perBin(); i++) {
      sum += (law.density().get(start + i) + law.density().get(start + i + 1)) / 2;
    }
    return sum / perBin() * perDensity();
  }
}
