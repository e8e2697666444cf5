// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.linalg.ExactSum;
import java.util.Arrays;

/**
 * Log-sum-exp of a stream: add arguments one by one, merge parts, read the result. Equal multisets
 * of arguments give equal bits, in whatever order and parts they come.
 *
 * <p>e<sup>x</sup> = e<sup>256 q</sup> e<sup>r</sup> with q = round(x / 256) and |r| at most 128
 * exactly; the e<sup>r</sup> of the largest q and of the next lower one are summed without any
 * rounding ({@link ExactSum}), and those further down are below 2<sup>-184</sup> of the largest
 * term. The result is max + ln(1 + rest), the rest being the exact sum without the largest term:
 * absolute error below 2 ulp of |max| plus 4 2<sup>-53</sup>, whatever the number of terms up to
 * 2<sup>63</sup>.
 *
 * <p>-infinity counts as nothing; an infinity gives infinity, a NaN gives NaN; nothing at all gives
 * -infinity. About 1.2 kB. Not thread-safe.
 *
 * @see LogSumExp
 */
public final class LogSumExpSum {
  private static final int HEADER = 4;
  private static final double SHELF_RATIO = Math.exp(-ScaledSum.WIDTH);

  private final ScaledSum exponentials = new ScaledSum();
  private double largest = Double.NEGATIVE_INFINITY;
  private double shelf = Double.NEGATIVE_INFINITY;
  private long count;

  /** Adds an argument. */
  public void add(double x) {
    count++;
    // Math.max lets a NaN through and keeps it.
    largest = Math.max(largest, x);
    if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) {
      return;
    }
    double own = ScaledSum.shelf(x);
    raise(own);
    exponentials.add(Math.exp(x - ScaledSum.WIDTH * own), shelf - own);
  }

  /** Adds all arguments of another sum, which stays as it is in value. */
  public void merge(LogSumExpSum other) {
    count += other.count;
    largest = Math.max(largest, other.largest);
    if (other.shelf == Double.NEGATIVE_INFINITY) {
      return;
    }
    raise(other.shelf);
    exponentials.merge(other.exponentials, shelf - other.shelf);
  }

  /** Number of arguments, infinite and NaN ones included. */
  public long count() {
    return count;
  }

  /** The largest argument: the lower bound; -infinity where there is none. */
  public double largest() {
    return largest;
  }

  /** The largest plus ln of the number of arguments: the upper bound. */
  public double upperBound() {
    return count == 0 ? Double.NEGATIVE_INFINITY : largest + Math.log(count);
  }

  /** ln of the sum of exponentials so far. */
  public double value() {
    if (!(Math.abs(largest) < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    double own = Math.exp(largest - ScaledSum.WIDTH * shelf);
    ExactSum top = exponentials.top();
    top.add(-own);
    double rest = top.value() + exponentials.next().value() * SHELF_RATIO;
    top.add(own);
    return largest + Math.log1p(rest / own);
  }

  /** The state as few longs: equal multisets have equal states. */
  public long[] toLongs() {
    long[] top = exponentials.top().toLongs();
    long[] next = exponentials.next().toLongs();
    long[] state = new long[HEADER + top.length + next.length];
    state[0] = count;
    state[1] = Double.doubleToLongBits(largest);
    state[2] = Double.doubleToLongBits(shelf);
    state[3] = top.length;
    System.arraycopy(top, 0, state, HEADER, top.length);
    System.arraycopy(next, 0, state, HEADER + top.length, next.length);
    return state;
  }

  /**
   * The sum with this state.
   *
   * @param state from {@link #toLongs}
   * @throws IllegalArgumentException if it is none
   */
  public static LogSumExpSum of(long[] state) {
    if (state.length < HEADER + 2 || state[3] < 1 || state[3] > state.length - HEADER - 1) {
      throw new IllegalArgumentException(
          "the state of a log-sum-exp is a header of 4 longs and two exact sums, found "
              + state.length
              + " longs");
    }
    LogSumExpSum sum = new LogSumExpSum();
    sum.count = state[0];
    sum.largest = Double.longBitsToDouble(state[1]);
    sum.shelf = Double.longBitsToDouble(state[2]);
    int split = HEADER + (int) state[3];
    sum.exponentials.restore(
        ExactSum.of(Arrays.copyOfRange(state, HEADER, split)),
        ExactSum.of(Arrays.copyOfRange(state, split, state.length)));
    return sum;
  }

  private void raise(double to) {
    if (to > shelf) {
      exponentials.raise(shelf, to);
      shelf = to;
    }
  }
}
