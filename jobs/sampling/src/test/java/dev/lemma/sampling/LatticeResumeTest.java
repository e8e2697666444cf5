// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps that stop and go on. */
class LatticeResumeTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir Path folder;

  private JobCall call(String output, String keys, String... more) {
    List<String> all =
        new ArrayList<>(List.of("report=false", "output.path=" + folder.resolve(output)));
    all.addAll(Arrays.asList(keys.split(" ")));
    all.addAll(Arrays.asList(more));
    return JobCall.of(new LatticeJob(), all.toArray(String[]::new));
  }

  private List<String> rows(String output) {
    List<String> all = new ArrayList<>();
    for (Path table :
        List.of(
            folder.resolve(output),
            folder.resolve(output).resolve("_lemma/tables/configuration"))) {
      SPARK.read().parquet(table.toString()).collectAsList().stream()
          .map(Row::toString)
          .sorted()
          .forEach(all::add);
    }
    return all;
  }

  private void stops(String keys, String... more) {
    JobCall call = call("out", keys, more);
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.TIME_BUDGET);
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
  }

  private void endsAsIfItHadNotStopped(String keys, String... last) {
    List<String> more = new ArrayList<>(Arrays.asList(last));
    more.add("resume=required");
    JobCall call = call("out", keys, more.toArray(String[]::new));
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings()).anyMatch(line -> line.startsWith("goes on from a checkpoint"));
    assertThat(folder.resolve("out/_lemma/checkpoint")).doesNotExist();
    JobCall whole = call("whole", keys, "strips=1");
    if (keys.contains("input.path")) {
      whole = call("whole", keys);
    }
    assertThat(whole.code()).as(String.join("\n", whole.err())).isEqualTo(ExitCode.DONE);
    assertThat(rows("out")).isEqualTo(rows("whole"));
  }

  /** Each run makes a round, cut in a way of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "height=24 replicas=2 start=random warmup=3 sweeps=9",
        "height=24 replicas=3 model=potts states=3 warmup=0 sweeps=12",
        "height=24 coupling=-1 start=random replicas=2 sweeps=12 annealing.law=geometric"
      })
  void anotherCutGoesOnToTheSameSpins(String keys) {
    for (int strips : new int[] {2, 5}) {
      stops(keys, "time-budget=1ms", "sweeps-per-shuffle=2", "strips=" + strips);
    }
    endsAsIfItHadNotStopped(keys, "strips=3", "sweeps-per-shuffle=1", "checkpoint-every=0s");
  }

  private String ring(String name, int chords) {
    SPARK
        .range(0, 40 + chords, 1, 2)
        .selectExpr("if(id < 40, id, id - 40) as from", "if(id < 40, (id + 1) % 40, id - 20) as to")
        .write()
        .parquet(folder.resolve(name).toString());
    return "input.path=" + folder.resolve(name) + " beta=0.4 warmup=2 sweeps=9 replicas=2";
  }

  @Test
  void graphsGoOnToo() {
    String keys = ring("ring", 20);
    stops(keys, "time-budget=1ms", "sweeps-per-shuffle=3");
    JobCall other = call("out", ring("other", 19));
    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.lastLine()).contains("the checkpoint was made from other rows");
    endsAsIfItHadNotStopped(keys, "sweeps-per-shuffle=2");
  }

  @Test
  void aCheckpointOfAnotherTemperatureIsRefused() {
    String keys = "height=8 warmup=0 sweeps=20 sweeps-per-shuffle=2";
    stops(keys, "time-budget=1ms");
    JobCall other = call("out", keys, "beta=0.3");
    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.lastLine())
        .contains("the checkpoint was made with another configuration of keys that decide");
    assertThat(call("out", keys, "beta=0.3", "resume=never").code()).isEqualTo(ExitCode.DONE);
  }

  /** Killed between the spins of a later round and the progress that would count on them. */
  @Test
  void spinsWithoutProgressAreLeftOvers() throws IOException {
    String keys = "height=8 replicas=1 warmup=0 sweeps=20";
    stops(keys, "time-budget=1ms", "sweeps-per-shuffle=4");
    Path checkpoint = folder.resolve("out/_lemma/checkpoint");
    Files.createDirectories(checkpoint.resolve("spins-8"));
    Files.writeString(checkpoint.resolve("spins-8/part-00000"), "half");
    Files.writeString(checkpoint.resolve("trace-000000000004"), "half");
    stops(keys, "time-budget=1ms", "sweeps-per-shuffle=4");
    try (Stream<Path> names = Files.list(checkpoint)) {
      assertThat(names.map(path -> path.getFileName().toString()))
          .contains("spins-8", "progress", "identity");
    }
    endsAsIfItHadNotStopped(keys);
  }

  @Test
  void aFullDiskAtACheckpointIsAWarning() {
    SPARK.sparkContext().hadoopConfiguration().set("fs.full.impl", FullFileSystem.class.getName());
    JobCall call =
        call(
            "out",
            "height=8 sweeps=6 sweeps-per-shuffle=3 warmup=0 checkpoint-every=0s",
            "output.path=full://" + folder.resolve("out"));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .filteredOn(line -> line.startsWith("the checkpoint could not be written at full:"))
        .hasSize(1);
  }
}
