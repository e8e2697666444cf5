// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import dev.lemma.math.probability.RatioLaw;

/**
 * The work of one column of draws, C chains of n: what {@link Summary}, {@link RHat}, {@link
 * EffectiveSize} and {@link MonteCarloError} document, on work arrays that serve column after
 * column. About 160 bytes a draw. For one thread.
 */
final class Column {
  /**
   * Standard Gaussian probabilities below -1 and below 1, with the digits that R's posterior has.
   */
  private static final double MINUS_ONE_SIGMA = 0.1586553;

  private static final double PLUS_ONE_SIGMA = 0.8413447;

  /** Distances from the mean that differ by less than this share of the largest draw are equal. */
  private static final double SAME = 0x1p-50;

  /** Scaling goes no further, so that the scale itself is an ordinary number. */
  private static final int MOST_EXPONENT = 1000;

  private final int chains;
  private final int draws;
  private final Sequences whole;
  private final Sequences split;
  private final SortedDraws sorted;
  private final NormalScores scores;
  private final GeyerSum splitSum;
  private final double[] work;
  private final double[] squares;

  /** (draw - median) times the scale: means of neighbours in size keep their digits. */
  private final double[] centred;

  private double[] values;
  private boolean diagnosable;
  private double scale;
  private double mean;
  private double centredMean;
  private double deviation;
  private double largest;

  Column(int chains, int draws) {
    if (chains < 1 || draws < 1) {
      throw new IllegalArgumentException(
          "diagnostics need at least 1 chain of 1 draw, found " + chains + " x " + draws);
    }
    if ((long) chains * draws > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "at most 2^29 draws of a parameter, found " + chains + " x " + draws);
    }
    this.chains = chains;
    this.draws = draws;
    whole = Sequences.whole(chains, draws);
    split = Sequences.split(chains, draws);
    sorted = new SortedDraws(chains * draws);
    scores = new NormalScores(draws, split);
    splitSum = new GeyerSum(split);
    work = new double[chains * draws];
    squares = new double[chains * draws];
    centred = new double[chains * draws];
  }

  /** A column of ragged or empty chains is the caller's mistake. */
  static Column of(double[][] chains) {
    if (chains.length == 0) {
      throw new IllegalArgumentException("diagnostics need at least 1 chain, found none");
    }
    int draws = chains[0].length;
    Column column = new Column(chains.length, draws);
    double[] flat = new double[chains.length * draws];
    for (int c = 0; c < chains.length; c++) {
      if (chains[c].length != draws) {
        throw new IllegalArgumentException(
            "chains must have equally many draws: chain 0 has "
                + draws
                + ", chain "
                + c
                + " has "
                + chains[c].length);
      }
      System.arraycopy(chains[c], 0, flat, c * draws, draws);
    }
    column.accept(flat);
    return column;
  }

  /** Takes C n draws, chain after chain; they are read until the next call. */
  void accept(double[] column) {
    if (column.length != chains * draws) {
      throw new IllegalArgumentException(
          "a column must have " + chains + " x " + draws + " draws, found " + column.length);
    }
    values = column;
    mean = Double.NaN;
    deviation = Double.NaN;
    boolean number = true;
    largest = 0;
    for (double x : column) {
      number &= x == x;
      largest = Math.max(largest, Math.abs(x));
    }
    boolean finite = number && largest < Double.POSITIVE_INFINITY;
    diagnosable = finite && !whole.constant(column);
    if (number) {
      sorted.accept(column);
    }
    if (finite) {
      centre(column);
    } else if (number) {
      mean = sumOfInfinities(column);
    }
  }

  private void centre(double[] column) {
    // A power of two changes no digit, and keeps fourth powers from vanishing or overflowing.
    int exponent = Math.max(-MOST_EXPONENT, Math.min(MOST_EXPONENT, Math.getExponent(largest)));
    scale = Math.scalb(1.0, -exponent);
    double median = sorted.median() * scale;
    for (int i = 0; i < column.length; i++) {
      centred[i] = column[i] * scale - median;
    }
    centredMean = Moments.mean(centred, 0, centred.length);
    mean = (median + centredMean) / scale;
    double variance = Moments.variance(centred, 0, centred.length, centredMean);
    deviation = Math.sqrt(Math.max(0, variance));
  }

  /** An infinity, or NaN where both occur. */
  private static double sumOfInfinities(double[] column) {
    double sum = 0;
    for (double x : column) {
      sum += Double.isInfinite(x) ? x : 0;
    }
    return sum;
  }

  double mean() {
    return mean;
  }

  double standardDeviation() {
    return values.length > 1 ? deviation / scale : Double.NaN;
  }

  double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a probability must lie in [0, 1], found " + p);
    }
    return hasNaN() ? Double.NaN : sorted.quantile(p);
  }

  double median() {
    return hasNaN() ? Double.NaN : sorted.median();
  }

  double medianDeviation() {
    return hasNaN() || Double.isInfinite(largest) ? Double.NaN : sorted.scaledMedianDeviation();
  }

  private boolean hasNaN() {
    return Double.isNaN(largest);
  }

  double plainRHat() {
    return diagnosable ? rHat(centred, whole) : Double.NaN;
  }

  double splitRHat() {
    return diagnosable && !split.constant(values) ? rHat(centred, split) : Double.NaN;
  }

  /** Leaves the scores of the draws behind for {@link #bulkSize}. */
  private void writeScores() {
    scores.write(sorted.ascending(), sorted.order(), work);
  }

  double rankRHat() {
    if (!diagnosable || split.constant(values)) {
      return Double.NaN;
    }
    scores.write(sorted.folded(), sorted.foldedOrder(), work);
    double tail = split.constant(work) ? Double.NaN : rHat(work, split);
    writeScores();
    return Math.max(rHat(work, split), tail);
  }

  double bulkSize() {
    if (!diagnosable) {
      return Double.NaN;
    }
    writeScores();
    return splitSum.size(work);
  }

  double meanSize() {
    return diagnosable ? splitSum.size(centred) : Double.NaN;
  }

  double plainSize() {
    return diagnosable ? new GeyerSum(whole).size(centred) : Double.NaN;
  }

  /** Of (x - mean)^2. */
  double deviationSize() {
    if (!diagnosable) {
      return Double.NaN;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < values.length; i++) {
      double distance = Math.abs(centred[i] - centredMean);
      least = Math.min(least, distance);
      most = Math.max(most, distance);
      squares[i] = distance * distance;
    }
    return most - least <= SAME * largest * scale ? Double.NaN : splitSum.size(squares);
  }

  /** Of the indicator of what lies at or below the quantile. */
  double quantileSize(double p) {
    if (!diagnosable) {
      return Double.NaN;
    }
    // The largest draw lies below nothing: R's posterior steps half a draw inside.
    double inside = p == 1 ? (values.length - 0.5) / values.length : p;
    double threshold = quantile(inside);
    for (int i = 0; i < values.length; i++) {
      work[i] = values[i] <= threshold ? 1 : 0;
    }
    return splitSum.size(work);
  }

  double meanError(double size) {
    return standardDeviation() / Math.sqrt(size);
  }

  /** From the fourth moment, after a call of {@link #deviationSize}. */
  double deviationError(double size) {
    if (Double.isNaN(size)) {
      return Double.NaN;
    }
    double second = 0;
    double fourth = 0;
    for (double square : squares) {
      second += square;
      fourth += square * square;
    }
    second /= values.length;
    fourth /= values.length;
    return Math.sqrt(Math.max(0, fourth - second * second) / size / second / 4) / scale;
  }

  /** Half the distance of the order statistics one standard error of the rank away. */
  double quantileError(double p, double size) {
    if (Double.isNaN(size)) {
      return Double.NaN;
    }
    RatioLaw law = RatioLaw.beta(size * p + 1, size * (1 - p) + 1);
    int count = values.length;
    double below = Math.floor(law.scale() * law.quantile(MINUS_ONE_SIGMA) * count);
    double above = Math.ceil(law.scale() * law.quantile(PLUS_ONE_SIGMA) * count);
    double[] ascending = sorted.ascending();
    return (ascending[(int) Math.min(above, count) - 1] - ascending[(int) Math.max(below, 1) - 1])
        / 2;
  }

  private static double rHat(double[] x, Sequences sequences) {
    int n = sequences.length();
    int m = sequences.count();
    double[] means = new double[m];
    double within = 0;
    for (int s = 0; s < m; s++) {
      means[s] = Moments.mean(x, sequences.starts()[s], n);
      within += Moments.variance(x, sequences.starts()[s], n, means[s]) / m;
    }
    double between = n * Moments.variance(means, 0, m, Moments.mean(means, 0, m));
    return Math.sqrt((between / within + n - 1) / n);
  }

  double nestedRHat(Superchains superchains) {
    if (!diagnosable) {
      return Double.NaN;
    }
    double[] means = new double[chains];
    double[] variances = new double[chains];
    for (int c = 0; c < chains; c++) {
      means[c] = Moments.mean(centred, c * draws, draws);
      variances[c] = draws == 1 ? 0 : Moments.variance(centred, c * draws, draws, means[c]);
    }
    return superchains.rHat(means, variances);
  }
}
