// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;

/** Work on Spark that is given up when its time is over: a cluster at a stand keeps nobody. */
final class TimedWork {
  private TimedWork() {}

  /**
   * Does the work on a thread that inherits this one's place in the run. Given up, its Spark jobs
   * are cancelled.
   *
   * @param late what is looked at when the time is over, before its jobs are cancelled
   * @return what it returns; empty when the time was over before
   * @throws Exception what the work throws
   */
  static <T> Optional<T> within(
      SparkContext context, Duration limit, Callable<T> work, Runnable late) throws Exception {
    String tag = "lemma-selfcheck-" + UUID.randomUUID();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              context.addJobTag(tag);
              return work.call();
            });
    Thread thread = new Thread(task, "lemma-selfcheck");
    thread.setDaemon(true);
    thread.start();
    boolean isOver = false;
    try {
      T result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      isOver = true;
      return Optional.of(result);
    } catch (TimeoutException e) {
      late.run();
      return Optional.empty();
    } catch (ExecutionException e) {
      isOver = true;
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } finally {
      if (!isOver) {
        context.cancelJobsWithTag(tag);
      }
    }
  }
}
