// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static dev.lemma.logistic.StageSamples.SPARK;
import static dev.lemma.logistic.StageSamples.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** How often scoring and fitting read their input: told by records read and stages that scan. */
class ScorePassesTest {
  private static final int ROWS = 300;

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    Dataset<Row> data = data(ROWS, 4, 3);
    data.write().parquet(inputs.resolve("rows").toString());
    new AnalyticLogisticRegression().fit(data).save(inputs.resolve("fit/_lemma/model").toString());
  }

  private static final class Reads extends SparkListener {
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong scans = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      records.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      boolean scan =
          CollectionConverters.asJava(completed.stageInfo().rddInfos()).stream()
              .anyMatch(rdd -> rdd.name().equals("FileScanRDD"));
      if (scan) {
        scans.incrementAndGet();
      }
    }
  }

  private static Reads reads(Runnable work) throws Exception {
    Reads reads = new Reads();
    SPARK.sparkContext().listenerBus().waitUntilEmpty();
    SPARK.sparkContext().addSparkListener(reads);
    try {
      work.run();
      SPARK.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      SPARK.sparkContext().removeSparkListener(reads);
    }
    return reads;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report=false",
        "columns.label=label",
        "columns.label=label columns.weight=weight on-bad-row=quarantine",
        "columns.label=label output.partitions=2"
      })
  void scoringAndEvaluationTogetherAreOnePass(String keys) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("rows"),
                "model=" + inputs.resolve("fit"),
                "columns.id=id",
                "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(keys.split(" ")));
    String[] assignments = all.toArray(String[]::new);
    Reads reads = reads(() -> assertThat(Calls.score(assignments).code()).isEqualTo(ExitCode.DONE));
    // The one more is the line of the metadata of the model.
    assertThat(reads.records.get()).isEqualTo(ROWS + 1L);
  }

  /** Where tasks before a shuffle may have been run twice, what they observed is not believed. */
  @Test
  void anEvaluationThatMayBeCountedTwiceIsMadeByAPassOfItsOwn() throws Exception {
    JsonNode once = scored("once", "output.partitions=2").path("metrics");
    // Read by the job alone: the scheduler has made up its mind long ago.
    SPARK.sparkContext().conf().set("spark.speculation", "true");
    try {
      Reads reads = reads(() -> scored("twice", "output.partitions=2"));
      // The rows that were written are counted too, where they lie.
      assertThat(reads.records.get()).isEqualTo(3L * ROWS + 1);
      // Without a shuffle Spark counts each task once.
      Reads straight = reads(() -> scored("straight", "report=false"));
      assertThat(straight.records.get()).isEqualTo(ROWS + 1L);
    } finally {
      SPARK.sparkContext().conf().remove("spark.speculation");
    }
    for (String out : List.of("twice", "straight")) {
      assertThat(JobCall.manifest(folder.resolve(out)).path("metrics")).isEqualTo(once);
    }
  }

  private JsonNode scored(String out, String more) {
    JobCall call =
        Calls.score(
            "input.path=" + inputs.resolve("rows"),
            "model=" + inputs.resolve("fit"),
            "columns.id=id",
            "columns.label=label",
            "output.path=" + folder.resolve(out),
            more);
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return JobCall.manifest(folder.resolve(out));
  }

  /** Reading d off one row is a scan of its own, which the metadata of the column saves. */
  @Test
  void aFitOfOnePassReadsEachRecordOnce() throws Exception {
    Dataset<Row> rows = SPARK.read().parquet(inputs.resolve("rows").toString());
    Dataset<Row> sized =
        new org.apache.spark.ml.feature.VectorSizeHint()
            .setInputCol("features")
            .setSize(4)
            .setHandleInvalid("optimistic")
            .transform(rows);
    Reads reads = reads(() -> new AnalyticLogisticRegression().setKernel("fast").fit(sized));
    assertThat(reads.records.get()).isEqualTo(ROWS);
    assertThat(reads.scans.get()).isEqualTo(1);
  }
}
