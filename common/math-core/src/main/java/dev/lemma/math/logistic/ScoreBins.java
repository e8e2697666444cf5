// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ExactSums;

/**
 * A weighted histogram of logits by class, in bins that are fixed once and for all: 64 to an octave
 * of |z| from 2<sup>-10</sup> to 2<sup>20</sup>, so that a bin is at most 1/64 of its |z| wide
 * however a calibration scales it, and one bin on either side of 0. Every bin is [lower, upper), 0
 * is an edge.
 *
 * <p>A bin holds for each class the exact sums of w, w u and w u&sup2;, where u in [0, 1] is the
 * place of the score in its bin, rounded to 2<sup>-31</sup>: the first two moments about the bin.
 * 184 kB with unit weights, about three times that with weights of all sizes.
 *
 * <p>While all weights are 1 the sums are {@link UnitBins}; whether they are follows from the rows
 * alone, whatever their order.
 */
final class ScoreBins {
  private static final int BITS_OF_OCTAVE = 6;
  private static final int LOWEST_OCTAVE = -10;
  private static final int OCTAVES = 30;
  private static final double SMALLEST = 0x1p-10;
  private static final double LARGEST = 0x1p20;

  private static final int SHIFT = 52 - BITS_OF_OCTAVE;
  private static final long SMALLEST_BITS = Double.doubleToLongBits(SMALLEST);
  private static final long BASE = SMALLEST_BITS >>> SHIFT;

  /** Number of bins below 0, and of those above. */
  private static final int SIDE = (OCTAVES << BITS_OF_OCTAVE) + 1;

  /** Number of bins. */
  static final int BINS = 2 * SIDE;

  private static final double UNIT = 0x1p-31;
  private static final double UNITS = 0x1p31;

  // The three sums of a bin lie side by side, bins of class 0 before those of class 1.
  private static final int SUMS = 3;

  /** What a state of unit weights begins with; another one with the number of its sums. */
  private static final long UNITS_ONLY = 0;

  // One of the two is null.
  private UnitBins ones = new UnitBins(2 * BINS);
  private ExactSums sums;

  ScoreBins() {}

  static ScoreBins of(long[] state) {
    ScoreBins bins = new ScoreBins();
    if (state.length > 0 && state[0] == UNITS_ONLY) {
      bins.ones = UnitBins.of(state, 1, 2 * BINS);
      return bins;
    }
    bins.ones = null;
    bins.sums = ExactSums.of(state);
    if (bins.sums.size() != 2 * BINS * SUMS) {
      throw new IllegalArgumentException("not the state of score bins: of another number of bins");
    }
    return bins;
  }

  long[] toLongs() {
    if (ones == null) {
      return sums.toLongs();
    }
    LongBuilder state = new LongBuilder();
    state.add(UNITS_ONLY);
    ones.appendTo(state);
    return state.toLongs();
  }

  /** The score, brought into [-2^20, 2^20); one zero only. */
  static double inside(double score) {
    return Math.max(-LARGEST, Math.min(score, Math.nextDown(LARGEST))) + 0.0;
  }

  /** Adds a row: a score inside [-2^20, 2^20) and a positive weight. */
  void add(double score, int label, double w) {
    int bin = binOf(score);
    double low = lower(bin);
    double place = (score - low) / (lower(bin + 1) - low);
    double first = Math.rint(place * UNITS);
    double second = Math.rint(first * UNIT * (first * UNIT) * UNITS);
    int cell = label * BINS + bin;
    if (ones != null && w == 1) {
      ones.add(cell, (long) first, (long) second);
      if (ones.isFull()) {
        weigh();
      }
      return;
    }
    weigh();
    int at = cell * SUMS;
    sums.add(at, w);
    sums.add(at + 1, w * (first * UNIT));
    sums.add(at + 2, w * (second * UNIT));
  }

  void merge(ScoreBins other) {
    if (ones != null && other.ones != null) {
      ones.merge(other.ones);
      if (ones.isFull()) {
        weigh();
      }
      return;
    }
    weigh();
    if (other.ones != null) {
      other.ones.addTo(sums);
    } else {
      sums.merge(other.sums);
    }
  }

  /** From here on with weights. */
  private void weigh() {
    if (ones != null) {
      sums = new ExactSums(2 * BINS * SUMS);
      ones.addTo(sums);
      ones = null;
    }
  }

  private double sum(int i) {
    return ones != null ? ones.value(i) : sums.value(i);
  }

  /** Weight of a class in a bin. */
  double weight(int label, int bin) {
    return sum((label * BINS + bin) * SUMS);
  }

  /** Sum of w u of a class in a bin. */
  double first(int label, int bin) {
    return sum((label * BINS + bin) * SUMS + 1);
  }

  /** Sum of w u&sup2; of a class in a bin. */
  double second(int label, int bin) {
    return sum((label * BINS + bin) * SUMS + 2);
  }

  /** The bin of a score inside [-2^20, 2^20). */
  static int binOf(double score) {
    if (score >= 0) {
      return score < SMALLEST
          ? SIDE
          : SIDE + 1 + (int) ((Double.doubleToRawLongBits(score) >>> SHIFT) - BASE);
    }
    // One bit less puts |z| into (low, high], so that z is in [-high, -low) as on the other side.
    long below = Double.doubleToRawLongBits(-score) - 1;
    return below < SMALLEST_BITS ? SIDE - 1 : SIDE - 2 - (int) ((below >>> SHIFT) - BASE);
  }

  /** The lower edge of a bin, which is the upper edge of the one before; bins + 1 edges. */
  static double lower(int bin) {
    if (bin == SIDE) {
      return 0;
    }
    return bin > SIDE ? edge(bin - SIDE - 1) : -edge(SIDE - 1 - bin);
  }

  private static double edge(int steps) {
    return Double.longBitsToDouble(BASE + steps << SHIFT);
  }

  static {
    assert LOWEST_OCTAVE == Math.getExponent(SMALLEST);
    assert edge(SIDE - 1) == LARGEST;
  }
}
