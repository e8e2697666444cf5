// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The same task on each of some executors: for each a job of its own with one partition that
 * prefers this executor. Preference is no promise (Spark sends a task elsewhere when an executor
 * stays busy), so a task that finds itself on the wrong one does nothing and is sent again, until
 * the time is up. So a silent executor keeps nobody waiting but itself, and is known by name.
 *
 * <p>With speculation Spark may start a copy of a task that takes long, on another host. The copy
 * waits there until it is killed, lest its empty answer end the task that it is a copy of.
 */
final class Errand {
  private static final long POLL_MILLIS = 1;

  /** Between two attempts for one executor, and between two looks at who is there. */
  private static final long AGAIN_MILLIS = 200;

  /** Between two looks of a copy at whether it is still wanted. */
  private static final long COPY_MILLIS = 20;

  private final SparkContext context;
  private final Task task;
  private final List<Answer> answers = new ArrayList<>();
  private final Map<Place, String> failures = new LinkedHashMap<>();
  private final Set<Place> lost = new HashSet<>();

  /** What is done on an executor; its fields travel there by Java's serialisation. */
  interface Task extends Serializable {
    /** Does it. */
    List<Reading> perform(Place place);
  }

  /**
   * What came back from an executor.
   *
   * @param sent the driver's clock in milliseconds before the task was sent
   * @param received and after its result was there
   */
  record Answer(Place place, List<Reading> readings, double sent, double received) {}

  /**
   * What became of an errand.
   *
   * @param answers of those that answered
   * @param failures messages of those where the task failed
   * @param silent those that did not answer in time
   * @param lost those that Spark lost meanwhile
   */
  record Outcome(
      List<Answer> answers, Map<Place, String> failures, Set<Place> silent, Set<Place> lost) {}

  private record Attempt(JavaFutureAction<List<Row>> result, double sent) {}

  private Errand(SparkContext context, Task task) {
    this.context = context;
    this.task = task;
  }

  /** Runs the task on every one of these executors, at the same time, for so long at most. */
  static Outcome run(SparkContext context, List<Place> places, Task task, Duration patience)
      throws InterruptedException {
    return new Errand(context, task).run(places, patience);
  }

  private Outcome run(List<Place> places, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<Place, Attempt> open = new LinkedHashMap<>();
    Map<Place, Long> resting = new HashMap<>();
    places.forEach(place -> open.put(place, attempt(place)));
    long looked = System.nanoTime();
    while (!(open.isEmpty() && resting.isEmpty()) && System.nanoTime() < deadline) {
      Iterator<Map.Entry<Place, Attempt>> attempts = open.entrySet().iterator();
      while (attempts.hasNext()) {
        Map.Entry<Place, Attempt> entry = attempts.next();
        if (entry.getValue().result().isDone()) {
          attempts.remove();
          if (!settle(entry.getKey(), entry.getValue())) {
            resting.put(entry.getKey(), System.nanoTime() + AGAIN_MILLIS * 1_000_000);
          }
        }
      }
      sendAgain(resting, open);
      if (System.nanoTime() - looked > AGAIN_MILLIS * 1_000_000) {
        giveUpLost(open);
        looked = System.nanoTime();
      }
      Thread.sleep(POLL_MILLIS);
    }
    open.values().forEach(attempt -> attempt.result().cancel(true));
    Set<Place> silent = new HashSet<>(open.keySet());
    silent.addAll(resting.keySet());
    return new Outcome(answers, failures, silent, lost);
  }

  private void sendAgain(Map<Place, Long> resting, Map<Place, Attempt> open) {
    if (resting.isEmpty()) {
      return;
    }
    Iterator<Map.Entry<Place, Long>> rested = resting.entrySet().iterator();
    while (rested.hasNext()) {
      Map.Entry<Place, Long> entry = rested.next();
      if (System.nanoTime() >= entry.getValue()) {
        rested.remove();
        if (Executors.registered(context).contains(entry.getKey())) {
          open.put(entry.getKey(), attempt(entry.getKey()));
        } else {
          lost.add(entry.getKey());
        }
      }
    }
  }

  /** Spark would do the task of a lost executor on another, which can say nothing of it. */
  private void giveUpLost(Map<Place, Attempt> open) {
    List<Place> registered = Executors.registered(context);
    Iterator<Map.Entry<Place, Attempt>> attempts = open.entrySet().iterator();
    while (attempts.hasNext()) {
      Map.Entry<Place, Attempt> entry = attempts.next();
      if (!registered.contains(entry.getKey()) && !entry.getValue().result().isDone()) {
        attempts.remove();
        entry.getValue().result().cancel(true);
        lost.add(entry.getKey());
      }
    }
  }

  private Attempt attempt(Place place) {
    double sent = ClockWindow.now();
    return new Attempt(directed(context, place, task).collectAsync(), sent);
  }

  private static JavaRDD<Row> directed(SparkContext context, Place place, Task task) {
    List<String> preferred = List.of("executor_" + place.host() + "_" + place.executor());
    Tuple2<Integer, scala.collection.immutable.Seq<String>> one =
        new Tuple2<>(0, CollectionConverters.asScala(preferred).toList());
    return context
        .makeRDD(
            CollectionConverters.asScala(List.of(one)).toList(),
            ClassTag$.MODULE$.<Integer>apply(Integer.class))
        .toJavaRDD()
        .mapPartitions(
            ignored ->
                SparkEnv.get().executorId().equals(place.executor())
                    ? performed(place, task).iterator()
                    : elsewhere(TaskContext.get()).iterator());
  }

  /** The readings, or how the task broke: Spark would only try again, perhaps elsewhere. */
  private static List<Row> performed(Place place, Task task) {
    try {
      return task.perform(place).stream().map(Reading::toRow).toList();
    } catch (Exception | LinkageError e) {
      TaskContext.get().killTaskIfInterrupted();
      return List.of(RowFactory.create(firstLine(e)));
    }
  }

  /** Nothing, once it is certain that this is no copy, or one that is no longer wanted. */
  static List<Row> elsewhere(TaskContext self) throws InterruptedException {
    while (self.attemptNumber() > 0 && !self.isInterrupted()) {
      Thread.sleep(COPY_MILLIS);
    }
    return List.of();
  }

  /** Whether nothing more is to be done for this executor. */
  private boolean settle(Place place, Attempt attempt) throws InterruptedException {
    try {
      List<Row> rows = attempt.result().get();
      if (rows.isEmpty()) {
        return false;
      }
      if (rows.get(0).size() == 1) {
        failures.put(place, rows.get(0).getString(0));
        return true;
      }
      List<Reading> readings = rows.stream().map(Reading::of).toList();
      answers.add(new Answer(place, readings, attempt.sent(), ClockWindow.now()));
    } catch (ExecutionException e) {
      failures.put(place, firstLine(e.getCause()));
    }
    return true;
  }

  /** What went wrong, in a line. */
  static String firstLine(Throwable thrown) {
    // Spark's own messages name executor and exception.
    String text = thrown instanceof SparkException ? thrown.getMessage() : thrown.toString();
    return text.lines().findFirst().orElse(thrown.toString());
  }
}
