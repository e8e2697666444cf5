// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Times pieces of work against each other: all of them in turn, many rounds, the median of each.
 * Processor time of the calling thread, so that what else runs on the machine counts as little as
 * can be; each piece must do its work in this thread.
 */
final class Alternation {
  private static final int ROUNDS = 9;
  private static final long ROUND_NANOS = 100_000_000;
  private static final int WARM_UPS = 4;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Alternation() {}

  /**
   * Work on input that is made beforehand, untimed.
   *
   * @param prepare makes the input of the next piece
   * @param work at least some 10 microseconds: the clock is a system call
   */
  record Prepared(Runnable prepare, Runnable work) {}

  /**
   * Nanoseconds that each piece of work takes.
   *
   * @param work pieces of at least some 10 microseconds: the clock is a system call
   */
  static double[] nanos(Runnable... work) {
    return nanos(
        Arrays.stream(work).map(piece -> new Prepared(() -> {}, piece)).toArray(Prepared[]::new));
  }

  /** Nanoseconds that each piece of work takes, its preparation apart. */
  static double[] nanos(Prepared... work) {
    double[][] times = new double[work.length][ROUNDS];
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      for (int i = 0; i < work.length; i++) {
        double nanos = once(work[i]);
        if (round >= 0) {
          times[i][round] = nanos;
        }
      }
    }
    double[] medians = new double[work.length];
    for (int i = 0; i < work.length; i++) {
      Arrays.sort(times[i]);
      medians[i] = times[i][ROUNDS / 2];
    }
    return medians;
  }

  private static double once(Prepared piece) {
    long elapsed = 0;
    long count = 0;
    do {
      piece.prepare.run();
      long start = THREADS.getCurrentThreadCpuTime();
      piece.work.run();
      elapsed += THREADS.getCurrentThreadCpuTime() - start;
      count++;
    } while (elapsed < ROUND_NANOS);
    return (double) elapsed / count;
  }
}
