// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.Success$;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/**
 * Counts what Spark does for each phase of a run. Stages carry the phase as a local property, so
 * that late events are counted where they belong and other users of a session are left out.
 */
final class PhaseMeter extends SparkListener {
  /** Local property that holds run and phase. */
  static final String PROPERTY = "lemma.phase";

  private static final class Tally {
    private int stages;
    private int tasks;
    private int tasksDone;
    private int tasksFailed;
    private long rowsRead;
    private long rowsWritten;
    private long shuffleBytes;
  }

  private final Map<Integer, String> phases = new HashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String phase = properties == null ? null : properties.getProperty(PROPERTY);
    if (phase != null) {
      StageInfo stage = event.stageInfo();
      phases.put(stage.stageId(), phase);
      Tally tally = tallies.computeIfAbsent(phase, name -> new Tally());
      tally.stages++;
      tally.tasks += stage.numTasks();
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    String phase = phases.get(event.stageId());
    if (phase == null) {
      return;
    }
    Tally tally = tallies.get(phase);
    // A task that ended well and was lost with its executor is told once more, as resubmitted.
    if (event.taskInfo().successful() && event.reason() == Success$.MODULE$) {
      tally.tasksDone++;
    } else {
      tally.tasksFailed++;
    }
    // Tasks of a lost executor have no metrics.
    TaskMetrics metrics = event.taskMetrics();
    if (metrics != null) {
      tally.rowsRead += metrics.inputMetrics().recordsRead();
      tally.rowsWritten += metrics.outputMetrics().recordsWritten();
      tally.shuffleBytes += metrics.shuffleWriteMetrics().bytesWritten();
    }
  }

  /** The counts so far under a property value. */
  synchronized PhaseCounts counts(String property, String name, double seconds) {
    Tally tally = tallies.getOrDefault(property, new Tally());
    return new PhaseCounts(
        name,
        seconds,
        tally.stages,
        tally.tasks,
        tally.tasksDone,
        tally.tasksFailed,
        tally.rowsRead,
        tally.rowsWritten,
        tally.shuffleBytes);
  }
}
