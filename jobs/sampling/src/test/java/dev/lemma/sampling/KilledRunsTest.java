// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.testing.JobCall;
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

/**
 * Real processes that are stopped in the middle of their chains and sweeps, by SIGTERM and by
 * SIGKILL; with other cores and cut in other ways each time, they end in the same bits. Both jobs
 * run side by side, since most of their time is their start.
 */
class KilledRunsTest {
  /** More than are swept before a signal comes, on any machine. */
  private static final int SWEEPS = 2_000;

  @TempDir Path folder;

  private List<String> posterior(String output, String... more) {
    return keys(
        output,
        more,
        "input.path=" + folder.resolve("rows"),
        "columns.id=id",
        "columns.features=[x]",
        "columns.label=y",
        "likelihood=logistic",
        "method=random-walk",
        "chains=3",
        "draws=1500",
        "warmup=30",
        "gate=false");
  }

  private List<String> lattice(String output, String... more) {
    return keys(
        output, more, "height=32", "replicas=2", "start=random", "warmup=10", "sweeps=" + SWEEPS);
  }

  private List<String> keys(String output, String[] more, String... own) {
    List<String> keys =
        new ArrayList<>(List.of("report=false", "output.path=" + folder.resolve(output)));
    keys.addAll(Arrays.asList(own));
    keys.addAll(Arrays.asList(more));
    return keys;
  }

  private Path checkpoint(String output) {
    return folder.resolve(output).resolve("_lemma/checkpoint");
  }

  private <C extends Record> List<String> result(Job<C> job, List<String> keys, Path output) {
    JobCall call = JobCall.of(job, keys.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    List<String> all = new ArrayList<>(rows(output));
    Path configuration = output.resolve("_lemma/tables/configuration");
    if (Files.exists(configuration)) {
      all.addAll(rows(configuration));
    }
    return all;
  }

  private static List<String> rows(Path table) {
    return PosteriorSamples.SPARK.read().parquet(table.toString()).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  /** Names in a checkpoint that begin so, at any depth; none while it is moved or not there. */
  private List<String> names(String output, String beginning) {
    try (Stream<Path> files = Files.walk(checkpoint(output))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(beginning))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private byte[] file(String output, String name) {
    try {
      return Files.readAllBytes(checkpoint(output).resolve(name));
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static void stop(JobProcess process) throws Exception {
    assertThat(process.terminate()).isEqualTo(ExitCode.TERMINATED.code());
    List<String> lines = process.errors().lines().toList();
    // Spark has rounds in hand when it is stopped: nothing of them comes behind the last words.
    assertThat(lines.get(lines.size() - 1)).as(process.errors()).contains("(exit code 143)");
    assertThat(lines)
        .as(process.errors())
        .filteredOn(line -> line.contains(": warning: what is done so far is kept at "))
        .hasSize(1);
  }

  @Test
  void goOnToTheSameBits() throws Exception {
    PosteriorSamples.frame(PosteriorSamples.logistic(200))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("rows").toString());
    JobProcess chains =
        JobProcess.start(
            folder, 1, "posterior", posterior("chains", "driver-rows=1", "checkpoint-every=1h"));
    JobProcess spins =
        JobProcess.start(
            folder,
            2,
            "lattice",
            lattice("spins", "strips=2", "sweeps-per-shuffle=1", "checkpoint-every=1h"));
    // Spins are written down every 16 rounds, to keep lineages short.
    spins.await("16 rounds", () -> !names("spins", "rdd-").isEmpty());
    stop(spins);
    chains.await("the mode", () -> !names("chains", "centre").isEmpty());
    Thread.sleep(500);
    stop(chains);
    byte[] steps = file("chains", "random-walk");
    assertThat(steps).isNotEmpty();
    byte[] sweeps = file("spins", "progress");
    assertThat(sweeps).isNotEmpty();

    String[] goOn = {"resume=required", "checkpoint-every=0s"};
    chains =
        JobProcess.start(
            folder,
            2,
            "posterior",
            posterior("chains", "driver-rows=1", "proposals=1", goOn[0], goOn[1]));
    spins =
        JobProcess.start(
            folder,
            1,
            "lattice",
            lattice("spins", "strips=3", "sweeps-per-shuffle=2", goOn[0], goOn[1]));
    chains.await("further steps", () -> !Arrays.equals(file("chains", "random-walk"), steps));
    spins.await("further sweeps", () -> !Arrays.equals(file("spins", "progress"), sweeps));
    chains.kill();
    spins.kill();

    for (String output : List.of("chains", "spins")) {
      JobProcess.copy(checkpoint(output), checkpoint("moved-" + output));
    }
    assertThat(
            result(
                new PosteriorJob(),
                posterior("moved-chains", "resume=required"),
                folder.resolve("moved-chains")))
        .isEqualTo(result(new PosteriorJob(), posterior("whole"), folder.resolve("whole")))
        .hasSize(3 * 1500);
    assertThat(
            result(
                new LatticeJob(),
                lattice("moved-spins", "strips=1", "resume=required"),
                folder.resolve("moved-spins")))
        .isEqualTo(result(new LatticeJob(), lattice("all"), folder.resolve("all")))
        .hasSize(2 * (SWEEPS + 32));
  }
}
