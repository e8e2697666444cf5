// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed in the middle of their chains, and go on here to the same bits.
 */
class PosteriorKillTest {
  private static List<Row> whole = List.of();

  @TempDir Path folder;

  private List<String> keys(String output, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "input.path=" + folder.resolve("rows"),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "likelihood=logistic",
                "method=random-walk",
                "chains=3",
                "draws=1500",
                "warmup=30",
                "gate=false",
                "report=false",
                "output.path=" + folder.resolve(output)));
    keys.addAll(Arrays.asList(more));
    return keys;
  }

  private JobProcess start(String output, String... more) throws IOException {
    PosteriorSamples.frame(PosteriorSamples.logistic(200))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("rows").toString());
    return JobProcess.start(folder, 1, "posterior", keys(output, more));
  }

  private Path checkpoint(String output) {
    return folder.resolve(output).resolve("_lemma/checkpoint");
  }

  private List<Row> finish(String output) {
    JobCall call =
        JobCall.of(new PosteriorJob(), keys(output, "resume=required").toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).anyMatch(line -> line.startsWith("goes on from a checkpoint"));
    return draws(output);
  }

  private List<Row> draws(String output) {
    return PosteriorSamples.SPARK
        .read()
        .parquet(folder.resolve(output).toString())
        .orderBy("chain", "iteration")
        .collectAsList();
  }

  /** The draws of a run that nothing stopped; made once. */
  private List<Row> whole() {
    if (whole.isEmpty()) {
      JobCall call = JobCall.of(new PosteriorJob(), keys("whole").toArray(String[]::new));
      assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
      whole = draws("whole");
    }
    return whole;
  }

  @Test
  void aTerminatedRunKeepsWhatItHas() throws Exception {
    JobProcess process = start("out", "driver-rows=1", "checkpoint-every=1h");
    process.await("the mode", () -> Files.exists(checkpoint("out").resolve("centre")));
    // Some steps, each a Spark job.
    Thread.sleep(1500);
    assertThat(process.terminate()).isEqualTo(ExitCode.TERMINATED.code());
    assertThat(finish("out")).isEqualTo(whole());
  }

  @Test
  void aKilledRunGoesOnFromItsLastCheckpoint() throws Exception {
    JobProcess process = start("out", "driver-rows=1", "checkpoint-every=0s");
    process.await("a step", () -> Files.exists(checkpoint("out").resolve("random-walk")));
    Thread.sleep(500);
    process.kill();
    JobProcess.copy(checkpoint("out"), checkpoint("moved"));
    assertThat(finish("moved")).isEqualTo(whole());
  }
}
