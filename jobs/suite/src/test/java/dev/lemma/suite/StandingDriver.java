// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/**
 * A driver that stays: it runs the commands that it reads, a line each with tabs between the words,
 * one after the other in one Spark application. On its standard output it says which application it
 * is, after each command how it ended, and whenever it changes how many tasks each executor has.
 */
public final class StandingDriver {
  static final String APPLICATION = "application ";
  static final String ENDED = "ended ";
  static final String TASKS = "tasks ";

  private StandingDriver() {}

  /** Runs commands until there are no more. */
  public static void main(String[] args) throws IOException {
    SparkSession session = SparkSession.builder().getOrCreate();
    say(APPLICATION + session.sparkContext().applicationId());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      say(ENDED + Main.run(line.split("\t"), System.out, System.err));
    }
    session.stop();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /**
   * Counts the tasks that executors have in hand, as the scheduler tells of them. Spark makes it,
   * before it has executors.
   */
  public static final class Watch extends SparkListener {
    private final SortedMap<String, Integer> tasks = new TreeMap<>();

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
      tasks.putIfAbsent(event.executorId(), 0);
      say(TASKS + tasks);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      tasks.remove(event.executorId());
      say(TASKS + tasks);
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
      change(event.taskInfo().executorId(), 1);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      change(event.taskInfo().executorId(), -1);
    }

    private void change(String executor, int by) {
      if (tasks.computeIfPresent(executor, (id, count) -> count + by) != null) {
        say(TASKS + tasks);
      }
    }
  }
}
