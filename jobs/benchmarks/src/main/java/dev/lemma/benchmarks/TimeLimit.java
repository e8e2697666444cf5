// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** Runs a peer's Spark jobs for so long and no longer. */
final class TimeLimit {
  private TimeLimit() {}

  /**
   * Seconds that a piece of work takes; empty where its jobs were stopped at the limit.
   *
   * @param limit seconds; nothing else may run jobs in this session meanwhile
   */
  static OptionalDouble seconds(SparkContext context, double limit, Runnable work) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    long start = System.nanoTime();
    long nanos = (long) (limit * 1e9);
    // Again and again: a query begins further jobs after some of its own were stopped.
    clock.scheduleAtFixedRate(
        context::cancelAllJobs, nanos, TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
    context.setInterruptOnCancel(true);
    try {
      work.run();
      return OptionalDouble.of((System.nanoTime() - start) / 1e9);
    } catch (RuntimeException e) {
      if (System.nanoTime() - start < nanos) {
        throw e;
      }
      return OptionalDouble.empty();
    } catch (Exception e) {
      // Spark's own exceptions are checked ones that Java is not told of.
      if (System.nanoTime() - start < nanos) {
        throw new IllegalStateException("the peer failed", e);
      }
      return OptionalDouble.empty();
    } finally {
      context.setInterruptOnCancel(false);
      clock.shutdownNow();
    }
  }
}
