// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Times jobs against each other by the clock on the wall: all of them in turn, one round that warms
 * up, then the measured ones, the median of each.
 */
final class Rounds {
  private static final double NANOS = 1e9;

  private Rounds() {}

  /** A job to time. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * Medians over the rounds.
   *
   * @param seconds by the clock on the wall
   * @param coreSeconds processor time of the whole process, its compiler and collector too: what
   *     else runs on the machine hardly touches it
   */
  record Time(double seconds, double coreSeconds) {}

  /** Times each piece of work. */
  static Time[] of(int repeats, Work... work) {
    double[][] wall = new double[work.length][repeats];
    double[][] core = new double[work.length][repeats];
    for (int round = -1; round < repeats; round++) {
      for (int i = 0; i < work.length; i++) {
        long coreStart = processorNanos();
        long start = System.nanoTime();
        run(work[i]);
        if (round >= 0) {
          wall[i][round] = (System.nanoTime() - start) / NANOS;
          core[i][round] = (processorNanos() - coreStart) / NANOS;
        }
      }
    }
    Time[] times = new Time[work.length];
    for (int i = 0; i < work.length; i++) {
      times[i] = new Time(median(wall[i]), median(core[i]));
    }
    return times;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The median; sorts the values. */
  static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
