// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that stop and go on. */
class PosteriorResumeTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    PosteriorSamples.SPARK
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.full.impl", FullFileSystem.class.getName());
    List<Row> rows = PosteriorSamples.logistic(300);
    PosteriorSamples.frame(rows).write().parquet(inputs.resolve("rows").toString());
    PosteriorSamples.frame(rows.subList(0, 299))
        .write()
        .parquet(inputs.resolve("fewer").toString());
  }

  private JobCall call(String input, String output, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.features=[x]",
                "columns.label=y",
                "likelihood=logistic",
                "chains=3",
                "draws=40",
                "warmup=20",
                "gate=false",
                "report=false",
                "output.path=" + folder.resolve(output)));
    all.addAll(Arrays.asList(keys));
    return JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
  }

  private List<Row> draws(String output) {
    return PosteriorSamples.SPARK
        .read()
        .parquet(folder.resolve(output).toString())
        .orderBy("chain", "iteration")
        .collectAsList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"independence", "random-walk", "delayed", "gibbs"})
  void aRunThatStoppedGoesOnToTheSameBits(String method) {
    String[] stop = {"method=" + method, "time-budget=1ms", "proposals=16"};
    for (int run = 0; run < 2; run++) {
      JobCall stopped = call("rows", "out", stop);
      assertThat(stopped.code()).as(stopped.lastLine()).isEqualTo(ExitCode.TIME_BUDGET);
      assertThat(stopped.lastLine())
          .startsWith("lemma posterior: stopped in phase ")
          .contains(
              "(exit code 6): time-budget = 0 s: the time is used up; what is done so far is");
      assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
    }
    JobCall resumed = call("rows", "out", "method=" + method, "resume=required");
    assertThat(resumed.code()).as(resumed.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(resumed.warnings()).anyMatch(line -> line.startsWith("goes on from a checkpoint"));
    JobCall whole = call("rows", "whole", "method=" + method);
    assertThat(whole.code()).as(whole.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(draws("out")).isEqualTo(draws("whole"));
  }

  @Test
  void aCheckpointOfSomethingElseIsRefused() {
    assertThat(call("rows", "out", "time-budget=1ms", "proposals=16").code())
        .isEqualTo(ExitCode.TIME_BUDGET);
    JobCall otherRows = call("fewer", "out");
    assertThat(otherRows.code()).isEqualTo(ExitCode.INPUT);
    assertThat(otherRows.lastLine())
        .endsWith(
            "the checkpoint was made from other rows; set resume = never to give it up, or choose"
                + " another output.path");
    JobCall otherSeed = call("rows", "out", "seed=4");
    assertThat(otherSeed.code()).isEqualTo(ExitCode.INPUT);
    assertThat(otherSeed.lastLine())
        .contains("the checkpoint was made with another configuration of keys that decide");
    JobCall anew = call("fewer", "out", "resume=never");
    assertThat(anew.code()).as(anew.lastLine()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aCheckpointThatIsRequiredMustBeThere() {
    JobCall call = call("rows", "out", "resume=required");
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine()).contains("resume = required: there is no checkpoint at");
  }

  @Test
  void aFullDiskWhenTheTimeIsUsedUpIsNoCheckpoint() {
    JobCall call =
        call(
            "rows",
            "out",
            "time-budget=1ms",
            "proposals=16",
            "output.path=full://" + folder.resolve("out"));
    assertThat(call.lastLine())
        .isEqualTo(
            "lemma posterior: failed in phase evaluate proposals (exit code 1): time-budget = 0 s:"
                + " the time is used up, and the checkpoint could not be written at full:"
                + folder.resolve("out/_lemma/checkpoint")
                + " (No space left on device); make room; a further run goes on from an earlier"
                + " checkpoint, if there is one");
    assertThat(call.code()).isEqualTo(ExitCode.UNEXPECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"independence", "random-walk"})
  void aFullDiskAtACheckpointIsAWarning(String method) {
    JobCall call =
        call(
            "rows",
            "out",
            "method=" + method,
            "proposals=16",
            "checkpoint-every=0s",
            "output.path=full://" + folder.resolve("out"));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .filteredOn(line -> line.startsWith("the checkpoint could not be written at full:"))
        .hasSize(1);
    assertThat(draws("out")).hasSize(120);
  }
}
