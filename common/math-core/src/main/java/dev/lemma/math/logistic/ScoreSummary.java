// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ExactSum;
import java.util.Arrays;

/**
 * The distribution of a binary score by class, in bounded memory: what calibration, AUC,
 * precision-recall, KS, thresholds and reliability are computed from. A score is a logit, ln P(1) /
 * P(0).
 *
 * <p>Up to {@value #ROWS_HELD} rows are held one by one and everything that follows is exact.
 * Beyond, they are a histogram of 3842 fixed bins with the weight, mean and variance of the scores
 * of either class inside each: 64 bins an octave from 2<sup>-10</sup> to 2<sup>20</sup> of |z|.
 * What the histogram costs:
 *
 * <ul>
 *   <li>Counts at a bin's edge are exact, so is any threshold that is one; 0 is.
 *   <li>The mean log-loss after a calibration s z + t is off by what its third derivative makes of
 *       a bin: were all rows crowded at the worst places of the worst bin, 3e-7 for |t| up to 2 and
 *       2e-6 for |t| up to 5; in practice below 1e-8.
 *   <li>AUC, average precision and KS come with a rigorous bound ({@link RankingCurve}); AUC in
 *       practice is within a hundredth of its own standard error.
 * </ul>
 *
 * <p>All states are sums and counts that no order can change: the same rows give the same bits
 * whatever their order, their parts and the order of merging. At most 0.2 MB with unit weights, 0.6
 * MB with others. Not thread-safe.
 *
 * <p>A score that is NaN is counted as unscored and otherwise left out. Scores beyond
 * &plusmn;2<sup>20</sup> count as if they stood there, infinite ones too when they favour the row's
 * own class; against it the row is counted as impossible, as its loss would be infinite, and left
 * out. Rows of weight 0 are counted only.
 */
public final class ScoreSummary {
  /** Rows that are held one by one before they become a histogram. */
  public static final int ROWS_HELD = 4096;

  private static final int HEADER = 6;
  private static final int HELD = 0;
  private static final int BINNED = 1;

  private final long[] rows = new long[2];
  private long unscored;
  private long impossible;
  // Of the weights other than 1; those are counted.
  private final ExactSum squares;
  private long ones;
  private int held;
  private double[] scores = new double[16];
  private double[] weights = new double[16];
  private byte[] labels = new byte[16];
  // Null as long as rows are held.
  private ScoreBins bins;

  /** No rows. */
  public ScoreSummary() {
    this(new ExactSum());
  }

  private ScoreSummary(ExactSum squares) {
    this.squares = squares;
  }

  /**
   * Adds a row.
   *
   * @param score its logit
   * @param label its class, 0 or 1
   * @param weight finite and at least 0
   * @throws IllegalArgumentException if label or weight are not as said
   */
  public void add(double score, int label, double weight) {
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException("the class of a row must be 0 or 1, found " + label);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of a row must be finite and at least 0, found " + weight);
    }
    if (Double.isNaN(score)) {
      unscored++;
    } else if (score == (label == 1 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)) {
      impossible++;
    } else {
      rows[label]++;
      if (weight > 0) {
        if (weight == 1) {
          ones++;
        } else {
          squares.add(weight * weight);
        }
        take(ScoreBins.inside(score), label, weight);
      }
    }
  }

  /** Adds the rows of another summary, which stays as it is. */
  public void merge(ScoreSummary other) {
    rows[0] += other.rows[0];
    rows[1] += other.rows[1];
    unscored += other.unscored;
    impossible += other.impossible;
    squares.merge(other.squares);
    ones += other.ones;
    if (other.bins != null) {
      spill();
      bins.merge(other.bins);
    } else {
      for (int i = 0; i < other.held; i++) {
        take(other.scores[i], other.labels[i], other.weights[i]);
      }
    }
  }

  /** Number of rows of a class with a score, those of weight 0 included. */
  public long rows(int label) {
    return rows[label];
  }

  /** Number of rows whose score was NaN. */
  public long unscored() {
    return unscored;
  }

  /** Number of rows whose score said that their class cannot be. */
  public long impossible() {
    return impossible;
  }

  /** The distribution, by ascending score. O(n log n) while rows are held, else O(bins). */
  public ScoreGroups groups() {
    return bins == null
        ? ScoreGroups.ofRows(sorted(), squares().value())
        : ScoreGroups.ofBins(bins, squares().value());
  }

  /** The exact sum of w&sup2;. */
  private ExactSum squares() {
    squares.add(ones);
    ones = 0;
    return squares;
  }

  /** The state as longs: equal rows give equal states. Read by {@link #of}. */
  public long[] toLongs() {
    LongBuilder state = new LongBuilder();
    state.add(bins == null ? HELD : BINNED).add(rows[0]).add(rows[1]);
    state.add(unscored).add(impossible).addBlock(squares().toLongs());
    if (bins == null) {
      for (HeldRow row : sorted()) {
        state.add(Double.doubleToLongBits(row.score));
        state.add(Double.doubleToLongBits(row.weight));
        state.add(row.label);
      }
    } else {
      state.addBlock(bins.toLongs());
    }
    return state.toLongs();
  }

  /**
   * The summary with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  public static ScoreSummary of(long[] state) {
    LongCursor cursor = new LongCursor("a score summary", state);
    long kind = cursor.next();
    if (state.length < HEADER || kind != HELD && kind != BINNED) {
      throw cursor.broken();
    }
    long[] counts = {cursor.next(), cursor.next(), cursor.next(), cursor.next()};
    ScoreSummary summary = new ScoreSummary(ExactSum.of(cursor.nextBlock()));
    summary.rows[0] = counts[0];
    summary.rows[1] = counts[1];
    summary.unscored = counts[2];
    summary.impossible = counts[3];
    if (kind == BINNED) {
      summary.spill();
      summary.bins.merge(ScoreBins.of(cursor.nextBlock()));
    }
    while (cursor.hasNext()) {
      double score = Double.longBitsToDouble(cursor.next());
      double weight = Double.longBitsToDouble(cursor.next());
      long label = cursor.next();
      if (kind == BINNED || label < 0 || label > 1 || !(weight > 0) || Double.isNaN(score)) {
        throw cursor.broken();
      }
      summary.take(score, (int) label, weight);
    }
    return summary;
  }

  private void take(double score, int label, double weight) {
    if (bins == null && held == ROWS_HELD) {
      spill();
    }
    if (bins != null) {
      bins.add(score, label, weight);
      return;
    }
    if (held == scores.length) {
      scores = Arrays.copyOf(scores, 2 * held);
      weights = Arrays.copyOf(weights, 2 * held);
      labels = Arrays.copyOf(labels, 2 * held);
    }
    scores[held] = score;
    weights[held] = weight;
    labels[held] = (byte) label;
    held++;
  }

  private void spill() {
    if (bins != null) {
      return;
    }
    bins = new ScoreBins();
    for (int i = 0; i < held; i++) {
      bins.add(scores[i], labels[i], weights[i]);
    }
    held = 0;
    scores = new double[0];
    weights = new double[0];
    labels = new byte[0];
  }

  private HeldRow[] sorted() {
    HeldRow[] order = new HeldRow[held];
    for (int i = 0; i < held; i++) {
      order[i] = new HeldRow(scores[i], labels[i], weights[i]);
    }
    Arrays.sort(order);
    return order;
  }

  /** A row held singly, in the order in which all results are summed. */
  record HeldRow(double score, int label, double weight) implements Comparable<HeldRow> {
    @Override
    public int compareTo(HeldRow other) {
      int byScore = Double.compare(score, other.score);
      int byLabel = byScore != 0 ? byScore : Integer.compare(label, other.label);
      return byLabel != 0 ? byLabel : Double.compare(weight, other.weight);
    }
  }
}
