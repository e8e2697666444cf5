// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/**
 * The cells of some pivots in which a row's neighbours within a radius can lie: all others need not
 * be searched.
 *
 * <p>A row x belongs to cell r where its score f = s<sub>r</sub>(x) - s<sub>q</sub>(x) is at least
 * 0 for every q, s being the scores of {@link PivotCells}. They are linear in x, with gradient r -
 * q, so that a row y of cell q, where f(y) is at most 0, is at least f(x) / |r - q| away: the
 * distance of x from the plane between the two pivots. Cell q is left out where that is more than
 * the radius. For the cosine x and the pivots are taken at length 1, where the distance is (|x -
 * y|<sup>2</sup>) / 2. Scores are binary32: four times a bound on their error, of x and of y, is
 * added to the radius.
 *
 * <p>In metric search this is Hilbert exclusion: R. Connor, F. A. Cardillo, L. Vadicamo and F.
 * Rabitti, 2016, <a href="https://doi.org/10.1145/3001583">doi:10.1145/3001583</a>.
 *
 * <p>n d multiplications for a row and n pivots; n<sup>2</sup> doubles. Not thread-safe.
 */
public final class PivotReach {
  private static final double LARGEST = 1e37;
  private static final double LONGEST = 1e15;

  private final Metric metric;
  private final PivotCells cells;
  private final int d;
  private final double radius;
  private final double longest;
  // n x n: what a score may differ by within the radius.
  private final double[] limits;

  private PivotReach(Metric metric, float[] pivots, int d, double radius) {
    this.metric = metric;
    this.d = d;
    cells = PivotCells.of(metric, pivots, d);
    int count = cells.cells();
    this.radius =
        metric == Metric.COSINE
            ? Math.sqrt(2 * (radius + d * 0x1p-50))
            : radius * (1 + d * 0x1p-50);
    double[] scales = new double[count];
    double most = 0;
    for (int p = 0; p < count; p++) {
      double length = length(pivots, p * d);
      scales[p] = metric == Metric.COSINE && length > 0 ? 1 / length : 1;
      most = Math.max(most, length * scales[p]);
    }
    longest = most;
    limits = new double[count * count];
    for (int p = 0; p < count; p++) {
      for (int q = 0; q < p; q++) {
        double square = 0;
        for (int j = 0; j < d; j++) {
          double difference = pivots[p * d + j] * scales[p] - pivots[q * d + j] * scales[q];
          square += difference * difference;
        }
        double limit = this.radius * Math.sqrt(square) * (1 + d * 0x1p-50);
        limits[p * count + q] = limit;
        limits[q * count + p] = limit;
      }
    }
  }

  /**
   * What lies within a radius of rows.
   *
   * @param pivots n x d, row-major, n at least 1; not kept
   * @param d number of features, at least 1
   * @param radius at least 0 and finite; of the cosine below 1, where a row of zeros has no
   *     neighbours but its like
   * @throws IllegalArgumentException if there is no pivot, or the radius is out of range
   */
  public static PivotReach of(Metric metric, float[] pivots, int d, double radius) {
    double bound = metric == Metric.COSINE ? 1 : Double.POSITIVE_INFINITY;
    if (!(radius >= 0 && radius < bound)) {
      throw new IllegalArgumentException(
          "radius of cells: expected at least 0 and below " + bound + ", found " + radius);
    }
    return new PivotReach(metric, pivots, d, radius);
  }

  /** Number of cells. */
  public int cells() {
    return cells.cells();
  }

  /** Longs that a set of cells takes: cell c is bit c mod 64 of long c / 64. */
  public int words() {
    return cells() + Long.SIZE - 1 >> 6;
  }

  /**
   * Whether sums of a row stay within binary32. Where they do not for some row, cells tell nothing
   * about its neighbours, and no cell may be left out for any row.
   *
   * @param values holds the row's d values from a place on
   */
  public boolean isSafe(float[] values, int at) {
    double length = length(values, at);
    return metric == Metric.COSINE
        ? length == 0 || length > 1 / LONGEST && length < LONGEST
        : (length + radius + longest) * longest < LARGEST;
  }

  /**
   * The cells in which rows within the radius of a row can lie, its own among them.
   *
   * @param values holds the row's d values from a place on
   * @param reached takes the set from a place on
   * @return the row's own cell
   */
  public int of(float[] values, int at, long[] reached, int place) {
    int own = cells.cell(values, at);
    float[] scores = cells.scores();
    double length = length(values, at);
    double unit = metric == Metric.COSINE ? length : 1;
    double slack = slack(length);
    int count = cells();
    for (int word = 0; word < words(); word++) {
      long set = 0;
      for (int q = word * Long.SIZE; q < Math.min(count, (word + 1) * Long.SIZE); q++) {
        double apart = (double) scores[own] - scores[q];
        // Written so that a NaN is reached.
        set |= apart > limits[own * count + q] * unit + slack ? 0 : 1L << q;
      }
      reached[place + word] = set;
    }
    return own;
  }

  /** Four times a bound on the error of a score of a row within the radius. */
  private double slack(double length) {
    double sums =
        metric == Metric.COSINE ? length : (length + radius) * longest + 0.5 * longest * longest;
    return 4 * ((d + 4) * 0x1p-23 * sums + (d + 2) * 0x1p-149);
  }

  private double length(float[] values, int at) {
    double square = 0;
    for (int j = 0; j < d; j++) {
      square += (double) values[at + j] * values[at + j];
    }
    return Math.sqrt(square);
  }
}
