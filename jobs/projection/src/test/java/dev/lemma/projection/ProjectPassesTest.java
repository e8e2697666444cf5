// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
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
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

/** How often the input is read: told by the records that tasks read and the stages that scan. */
class ProjectPassesTest {
  private static final int ROWS = 500;

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    Samples.texts(ROWS).repartition(3).write().parquet(inputs.resolve("texts").toString());
    Samples.dense(Samples.values(ROWS, 40))
        .repartition(3)
        .write()
        .parquet(inputs.resolve("vectors").toString());
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

  private Reads reads(Runnable work) throws Exception {
    Reads reads = new Reads();
    Samples.SPARK.sparkContext().listenerBus().waitUntilEmpty();
    Samples.SPARK.sparkContext().addSparkListener(reads);
    try {
      work.run();
      Samples.SPARK.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      Samples.SPARK.sparkContext().removeSparkListener(reads);
    }
    return reads;
  }

  /** Reading d off one vector row is a scan of its own, of one row a task at most. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "texts   | pairs=0                                     | 1 | 1",
        "texts   | pairs=100                                   | 2 | 2",
        "texts   | pairs=0 on-bad-row=quarantine               | 1 | 1",
        "texts   | pairs=0 output.partitions=2                 | 1 | 1",
        "texts   | pairs=0 text.weighting=tf-idf               | 2 | 2",
        "texts   | pairs=100 text.weighting=tf-idf             | 3 | 3",
        "vectors | pairs=0 d=40                                | 1 | 1",
        "vectors | pairs=100 d=40                              | 2 | 2",
        "vectors | pairs=0 d=40 kernel=fast                    | 1 | 1"
      })
  void readsEachRecordAsOftenAsItSays(String input, String keys, int passes, int scans)
      throws Exception {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + folder.resolve("out"),
                "k=8",
                "report=false"));
    assignments.addAll(Arrays.asList(keys.split(" ")));
    String[] all = assignments.toArray(String[]::new);
    Reads reads = reads(() -> assertThat(Calls.project(all).code()).isEqualTo(ExitCode.DONE));
    assertThat(reads.records.get()).isEqualTo((long) passes * ROWS);
    assertThat(reads.scans.get()).isEqualTo(scans);
    Reads none = reads(() -> Calls.dryProject(all));
    assertThat(none.records.get()).as("a dry run reads no rows").isZero();
  }

  @Test
  void theFirstRowAloneTellsTheDimension() throws Exception {
    Dataset<Row> rows = Samples.SPARK.read().parquet(inputs.resolve("vectors").toString());
    Reads reads = reads(() -> Samples.stage().setK(8).fit(rows));
    // One task looks at one file until it has a row; a batch is read at once.
    assertThat(reads.scans.get()).isEqualTo(1);
    assertThat(reads.records.get()).isPositive().isLessThan(ROWS);
  }

  @Test
  void aTransformIsOnePass() throws Exception {
    Dataset<Row> rows = Samples.SPARK.read().parquet(inputs.resolve("texts").toString());
    RandomProjectionModel model = Samples.stage().setK(8).fit(rows);
    Reads reads =
        reads(() -> model.transform(rows).write().format("noop").mode("overwrite").save());
    assertThat(reads.records.get()).isEqualTo(ROWS);
    assertThat(reads.scans.get()).isEqualTo(1);
  }
}
