// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed in the middle of their chains, and go on here to the same bits.
 */
class PosteriorKillTest {
  private static final long SECONDS = 90;

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

  private Process start(String output, String... more) throws IOException {
    PosteriorSamples.frame(PosteriorSamples.logistic(200))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("rows").toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dspark.master=local[1]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.local.dir=" + Files.createDirectories(folder.resolve("local")),
            "-cp",
            System.getProperty("java.class.path"),
            PosteriorProcess.class.getName()));
    command.addAll(keys(output, more));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private Path checkpoint(String output) {
    return folder.resolve(output).resolve("_lemma/checkpoint");
  }

  private void await(Process process, Path file) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(file) && process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(file).as(Files.readString(folder.resolve("err.txt"))).exists();
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
    Process process = start("out", "driver-rows=1", "checkpoint-every=1h");
    await(process, checkpoint("out").resolve("independence"));
    // The mode is found: some steps, each a Spark job.
    Thread.sleep(1500);
    process.destroy();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.TERMINATED.code());
    assertThat(finish("out")).isEqualTo(whole());
  }

  @Test
  void aKilledRunGoesOnFromItsLastCheckpoint() throws Exception {
    Process process = start("out", "driver-rows=1", "checkpoint-every=0s");
    await(process, checkpoint("out").resolve("random-walk"));
    Thread.sleep(500);
    process.destroyForcibly().waitFor();
    // Elsewhere, where no lease of the dead run is to be waited out.
    try (Stream<Path> files = Files.list(checkpoint("out"))) {
      Files.createDirectories(checkpoint("moved"));
      for (Path file : files.toList()) {
        Files.copy(file, checkpoint("moved").resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(finish("moved")).isEqualTo(whole());
  }
}
