// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.linalg.ExactSum;
import java.util.Arrays;

/**
 * The entropy in nats of the softmax of a stream of scores: add them one by one, merge parts, read
 * the result. Equal multisets of scores give equal bits, in whatever order and parts they come.
 *
 * <p>With M the largest score, w<sub>i</sub> = exp(x<sub>i</sub> - M) and S their sum, H = ln S +
 * sum w<sub>i</sub> (M - x<sub>i</sub>) / S: two terms that are never negative. The sums of
 * e<sup>r</sup> and r e<sup>r</sup>, r the remainder of x as in {@link LogSumExpSum}, are exact, so
 * that moving them to M costs no digits. Within 1e-14 relative for scores up to 1e4 in magnitude.
 *
 * <p>0 for a single score; -infinity counts as nothing; NaN where there is nothing, an infinity or
 * a NaN. About 2.3 kB. Not thread-safe.
 */
public final class SoftmaxEntropySum {
  private static final int PARTS = 4;
  private static final int HEADER = 3 + PARTS;
  private static final double SHELF_RATIO = Math.exp(-ScaledSum.WIDTH);

  private final ScaledSum weights = new ScaledSum();
  private final ScaledSum moments = new ScaledSum();
  private double largest = Double.NEGATIVE_INFINITY;
  private double shelf = Double.NEGATIVE_INFINITY;
  private long count;

  /** Adds a score. */
  public void add(double x) {
    count++;
    // Math.max lets a NaN through and keeps it.
    largest = Math.max(largest, x);
    if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) {
      return;
    }
    double own = ScaledSum.shelf(x);
    raise(own);
    double rest = x - ScaledSum.WIDTH * own;
    double weight = Math.exp(rest);
    double moment = rest * weight;
    double below = shelf - own;
    weights.add(weight, below);
    moments.add(moment, below);
    moments.add(Math.fma(rest, weight, -moment), below);
  }

  /** Adds all scores of another sum, which stays as it is in value. */
  public void merge(SoftmaxEntropySum other) {
    count += other.count;
    largest = Math.max(largest, other.largest);
    if (other.shelf == Double.NEGATIVE_INFINITY) {
      return;
    }
    raise(other.shelf);
    double below = shelf - other.shelf;
    weights.merge(other.weights, below);
    moments.merge(other.moments, below);
  }

  /** Number of scores, infinite and NaN ones included. */
  public long count() {
    return count;
  }

  /** The entropy so far, in nats. */
  public double value() {
    if (!(Math.abs(largest) < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double remainder = largest - ScaledSum.WIDTH * shelf;
    double own = Math.exp(remainder);
    // Without the largest score itself, whose distance is 0: beside its weight, those of scores
    // far below would be beyond the digits of two doubles.
    add(-own, remainder);
    double rest = weights.top().value() + weights.next().value() * SHELF_RATIO;
    double distances =
        distance(weights.top(), moments.top(), remainder)
            + distance(weights.next(), moments.next(), remainder + ScaledSum.WIDTH) * SHELF_RATIO;
    add(own, remainder);
    return Math.log1p(rest / own) + distances / (own + rest);
  }

  /** Adds a weight, or takes it away, and its moment, both exactly. */
  private void add(double weight, double remainder) {
    double moment = remainder * weight;
    weights.add(weight, 0);
    moments.add(moment, 0);
    moments.add(Math.fma(remainder, weight, -moment), 0);
  }

  /** remainder S - T from an exact S = sum w and T = sum r w, rounded as if it were exact. */
  private static double distance(ExactSum weights, ExactSum moments, double remainder) {
    ExactSum sum = new ExactSum();
    double head = weights.value();
    weights.add(-head);
    double tail = weights.value();
    weights.add(head);
    double product = remainder * head;
    sum.add(product);
    sum.add(Math.fma(remainder, head, -product));
    sum.add(remainder * tail);
    double moment = moments.value();
    moments.add(-moment);
    double momentTail = moments.value();
    moments.add(moment);
    sum.add(-moment);
    sum.add(-momentTail);
    return sum.value();
  }

  /** The state as few longs: equal multisets have equal states. */
  public long[] toLongs() {
    long[][] parts = {
      weights.top().toLongs(),
      weights.next().toLongs(),
      moments.top().toLongs(),
      moments.next().toLongs()
    };
    long[] state = new long[HEADER + Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    state[0] = Double.doubleToLongBits(largest);
    state[1] = Double.doubleToLongBits(shelf);
    state[2] = count;
    int at = HEADER;
    for (int i = 0; i < PARTS; i++) {
      System.arraycopy(parts[i], 0, state, at, parts[i].length);
      at += parts[i].length;
      state[3 + i] = at;
    }
    return state;
  }

  /**
   * The sum with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  public static SoftmaxEntropySum of(long[] state) {
    ExactSum[] parts = new ExactSum[PARTS];
    int at = HEADER;
    for (int i = 0; i < PARTS; i++) {
      long end = state.length < HEADER ? -1 : state[3 + i];
      if (end <= at || end > state.length) {
        throw new IllegalArgumentException(
            "the state of a softmax entropy is a header of 7 longs and four exact sums, found "
                + state.length
                + " longs");
      }
      parts[i] = ExactSum.of(Arrays.copyOfRange(state, at, (int) end));
      at = (int) end;
    }
    SoftmaxEntropySum sum = new SoftmaxEntropySum();
    sum.largest = Double.longBitsToDouble(state[0]);
    sum.shelf = Double.longBitsToDouble(state[1]);
    sum.count = state[2];
    sum.weights.restore(parts[0], parts[1]);
    sum.moments.restore(parts[2], parts[3]);
    return sum;
  }

  private void raise(double to) {
    if (to > shelf) {
      weights.raise(shelf, to);
      moments.raise(shelf, to);
      shelf = to;
    }
  }
}
