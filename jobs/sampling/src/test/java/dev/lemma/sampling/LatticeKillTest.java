// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are stopped in the middle of their sweeps, each cut in a way of its own. */
class LatticeKillTest {
  @TempDir Path folder;

  private List<String> keys(String output, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "height=32",
                "replicas=2",
                "start=random",
                "warmup=10",
                "sweeps=3000",
                "seed=3",
                "report=false",
                "output.path=" + folder.resolve(output)));
    keys.addAll(Arrays.asList(more));
    return keys;
  }

  private Path checkpoint(String output) {
    return folder.resolve(output).resolve("_lemma/checkpoint");
  }

  private List<String> result(String output, String... more) {
    JobCall call = JobCall.of(new LatticeJob(), keys(output, more).toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    List<String> all = new ArrayList<>();
    for (String table : List.of(".", "_lemma/tables/configuration")) {
      SharedSpark.session()
          .read()
          .parquet(folder.resolve(output).resolve(table).toString())
          .collectAsList()
          .stream()
          .map(Row::toString)
          .sorted()
          .forEach(all::add);
    }
    return all;
  }

  /** The state is written down every 16 rounds. */
  private boolean hasMadeRounds(String output) {
    try (Stream<Path> files = Files.walk(checkpoint(output))) {
      return files.anyMatch(path -> path.getFileName().toString().startsWith("rdd-"));
    } catch (IOException | UncheckedIOException e) {
      // Not there yet, or moved while it is walked.
      return false;
    }
  }

  private boolean holdsAnother(String output, List<String> before) {
    try {
      return Files.exists(checkpoint(output).resolve("progress")) && !states(output).equals(before);
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> states(String output) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint(output))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("spins-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void terminatedAndKilledRunsGoOnToTheSameSpins() throws Exception {
    JobProcess first =
        JobProcess.start(
            folder,
            1,
            "lattice",
            keys("out", "strips=2", "sweeps-per-shuffle=1", "checkpoint-every=1h"));
    first.await("16 rounds", () -> hasMadeRounds("out"));
    assertThat(first.terminate()).isEqualTo(ExitCode.TERMINATED.code());
    List<String> kept = states("out");
    assertThat(kept).hasSize(1);

    JobProcess second =
        JobProcess.start(
            folder,
            2,
            "lattice",
            keys(
                "out",
                "strips=3",
                "sweeps-per-shuffle=2",
                "checkpoint-every=0s",
                "resume=required"));
    second.await("a further checkpoint", () -> holdsAnother("out", kept));
    second.kill();
    JobProcess.copy(checkpoint("out"), checkpoint("moved"));
    assertThat(result("moved", "strips=1", "resume=required"))
        .isEqualTo(result("whole"))
        .hasSize(2 * (3000 + 32));
  }
}
