// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** The executors that have registered, and waiting for them. */
final class Executors {
  private static final long POLL_MILLIS = 50;

  /** Where nobody says how many will come: the first ones, and whoever comes within this time. */
  private static final long SETTLED_MILLIS = 3000;

  /** How long a task that is there to make Spark ask for executors holds its place. */
  private static final long HELD_MILLIS = 500;

  /** By number, as Spark counts them. */
  static final Comparator<Place> ORDER =
      Comparator.comparingInt((Place place) -> place.executor().length())
          .thenComparing(Place::executor);

  private Executors() {}

  /** Those that live now; in local mode the driver, which is the only one. */
  static List<Place> registered(SparkContext context) {
    return CollectionConverters.asJava(context.statusStore().executorList(true)).stream()
        .filter(summary -> context.isLocal() || !summary.id().equals(Place.DRIVER))
        .map(Executors::place)
        .sorted(ORDER)
        .toList();
  }

  /**
   * Those of them that have tasks in hand. The scheduler is asked: of tasks that begin soon after
   * others the status store knows only ten seconds later, with the next heartbeat.
   */
  static List<Place> atWork(SparkContext context) {
    return context.taskScheduler() instanceof TaskSchedulerImpl scheduler
        ? registered(context).stream()
            .filter(place -> scheduler.isExecutorBusy(place.executor()))
            .toList()
        : List.of();
  }

  /** Why an executor is gone, as far as Spark says; empty where it does not, or where it lives. */
  static String farewell(SparkContext context, Place place) {
    return CollectionConverters.asJava(context.statusStore().executorList(false)).stream()
        .filter(summary -> !summary.isActive() && place(summary).equals(place))
        .findFirst()
        .flatMap(summary -> OptionConverters.toJava(summary.removeReason()))
        .flatMap(reason -> reason.lines().findFirst())
        .orElse("");
  }

  /**
   * Has the cluster manager end executors that stand still: Spark would give them further tasks,
   * and at the end of the run wait two minutes for each to answer. With dynamic allocation it does
   * not let itself be told, in local mode there is nobody to end.
   */
  static void end(SparkContext context, Collection<Place> places) {
    if (!places.isEmpty() && !isDynamic(context) && !context.isLocal()) {
      context.killExecutors(
          CollectionConverters.asScala(places.stream().map(Place::executor).toList()).toSeq());
    }
  }

  private static Place place(ExecutorSummary summary) {
    return new Place(summary.id(), summary.hostPort().replaceFirst(":\\d+$", ""));
  }

  /** How many executors the session was told to start, where that is known beforehand. */
  static OptionalInt told(SparkConf conf, String master) {
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      return OptionalInt.of(1);
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return OptionalInt.empty();
    }
    if (master.startsWith("spark:")) {
      return conf.contains("spark.cores.max") && conf.contains("spark.executor.cores")
          ? OptionalInt.of(
              conf.getInt("spark.cores.max", 1) / conf.getInt("spark.executor.cores", 1))
          : OptionalInt.empty();
    }
    return conf.contains("spark.executor.instances")
        ? OptionalInt.of(conf.getInt("spark.executor.instances", 1))
        : OptionalInt.empty();
  }

  /**
   * Waits until as many have registered as are wanted, or, where nobody says how many, until none
   * has come for three seconds; returns those that are there when the time is up. In local mode
   * there is nobody to wait for.
   */
  static List<Place> await(SparkContext context, OptionalInt wanted, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Place> found = registered(context);
    long since = System.nanoTime();
    while (!context.isLocal() && !suffices(found, wanted, since) && System.nanoTime() < deadline) {
      if (isDynamic(context) && (wanted.isPresent() || found.isEmpty())) {
        askFor(context, wanted.orElse(1), deadline);
      } else {
        Thread.sleep(POLL_MILLIS);
      }
      List<Place> now = registered(context);
      if (!now.equals(found)) {
        found = now;
        since = System.nanoTime();
      }
    }
    return found;
  }

  private static boolean suffices(List<Place> found, OptionalInt wanted, long since) {
    return wanted.isPresent()
        ? found.size() >= wanted.getAsInt()
        : !found.isEmpty() && System.nanoTime() - since > SETTLED_MILLIS * 1_000_000;
  }

  /** Tasks that an executor has at a time, where its cores are set; else 1. */
  static int slots(SparkConf conf) {
    return Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
  }

  static boolean isDynamic(SparkContext context) {
    return context.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
  }

  /** With dynamic allocation executors come when tasks wait for them. */
  private static void askFor(SparkContext context, int executors, long deadline)
      throws InterruptedException {
    int tasks = Math.multiplyExact(executors, slots(context.getConf()));
    JavaFutureAction<Long> waiting =
        JavaSparkContext.fromSparkContext(context)
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(
                task -> {
                  Thread.sleep(HELD_MILLIS);
                  return task;
                })
            .countAsync();
    while (!waiting.isDone() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
    }
    waiting.cancel(true);
  }
}
