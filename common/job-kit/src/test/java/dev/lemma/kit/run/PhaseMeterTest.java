// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import org.apache.spark.Resubmitted$;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;

class PhaseMeterTest {
  private static final String PHASE = "run/work";

  /** Hands the events of one small action on, and its last task once more. */
  private static final class Relay extends SparkListener {
    private final PhaseMeter meter;
    private SparkListenerTaskEnd last;

    Relay(PhaseMeter meter) {
      this.meter = meter;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
      meter.onStageSubmitted(event);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      last = event;
      meter.onTaskEnd(event);
    }

    void again(TaskEndReason reason) {
      meter.onTaskEnd(
          new SparkListenerTaskEnd(
              last.stageId(),
              last.stageAttemptId(),
              last.taskType(),
              reason,
              last.taskInfo(),
              last.taskExecutorMetrics(),
              null));
    }
  }

  @Test
  void aTaskThatIsLostWithItsExecutorAfterItsEndCountsAsFailed() throws Exception {
    PhaseMeter meter = new PhaseMeter();
    Relay relay = new Relay(meter);
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
    spark.sc().addSparkListener(relay);
    try {
      spark.sc().setLocalProperty(PhaseMeter.PROPERTY, PHASE);
      spark.parallelize(java.util.List.of(1, 2, 3), 3).count();
      spark.sc().listenerBus().waitUntilEmpty();
    } finally {
      spark.sc().setLocalProperty(PhaseMeter.PROPERTY, null);
      spark.sc().removeSparkListener(relay);
    }
    assertThat(meter.counts(PHASE, "work", 1).tasksFailed()).isZero();
    // As Spark tells it: the reason is new, the task still the one that ended well.
    relay.again(Resubmitted$.MODULE$);
    assertThat(meter.counts(PHASE, "work", 1).tasksFailed()).isEqualTo(1);
    relay.again(Success$.MODULE$);
    assertThat(meter.counts(PHASE, "work", 1).tasksFailed()).isEqualTo(1);
  }
}
