// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.testing.SharedSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes that are told to stop, or are stopped. */
class SignalTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private final SparkSession spark = SharedSpark.session();
  private Path out;

  @BeforeEach
  void publishSomething() {
    out = folder.resolve("out");
    assertThat(overwrite(5)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void killedWhileSparkWritesLeavesTheOldOutputAndTheNextRunCleansUp() throws Exception {
    Process process = start("spark");
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(5);
    assertThat(siblings()).hasSizeGreaterThan(1);

    assertThat(overwrite(7)).isEqualTo(ExitCode.DONE);

    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(7);
    assertThat(siblings()).containsExactly("out");
    assertThat(statuses()).containsExactlyInAnyOrder("succeeded", "interrupted", "succeeded");
  }

  @ParameterizedTest
  @CsvSource({"INT, idle, 130", "TERM, spark, 143"})
  void toldToStopEndsInOrder(String signal, String work, int code) throws Exception {
    Process process = start(work);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).as(said()).isEqualTo(code);
    assertThat(said())
        .contains(
            "(exit code "
                + code
                + "): interrupted by SIG"
                + signal
                + "; nothing was published; run again");
    assertThat(siblings()).containsExactly("out");
    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(5);
    assertThat(statuses()).containsExactlyInAnyOrder("succeeded", "interrupted");
  }

  private ExitCode overwrite(long rows) {
    Bound<ScriptedConfig> bound =
        ConfigLoader.of(List.of(), List.of("output.path=" + out, "output.mode=overwrite"))
            .load(ScriptedConfig.class);
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return JobRunner.run(
        new ScriptedJob(
            (config, run) -> run.publication().write(run.spark().range(rows).toDF("n"))),
        bound.config(),
        bound.resolved(),
        RunMode.RUN,
        nowhere,
        nowhere);
  }

  /** Starts the process and waits until it is in the middle of its work. */
  private Process start(String work) throws Exception {
    List<String> command = new ArrayList<>(heedingInterrupts());
    command.add(ProcessHandle.current().info().command().orElse("java"));
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--add-") || option.startsWith("-XX") || option.startsWith("-D")) {
        command.add(option);
      }
    }
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.local.dir="
                + Files.createDirectories(folder.resolveSibling("local-" + folder.getFileName())),
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            work,
            "output.path=" + out,
            "output.mode=overwrite"));
    Process process = new ProcessBuilder(command).redirectError(errors().toFile()).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.equals("ready")) {
      line = lines.readLine();
    }
    assertThat(line).as(said()).isEqualTo("ready");
    return process;
  }

  /**
   * A shell starts what it sends to the background with SIGINT ignored, and all that such a process
   * starts inherits that: the build may be one of them. GNU's env gives the signal back.
   */
  private static List<String> heedingInterrupts() throws InterruptedException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    List<String> probe = new ArrayList<>(prefix);
    probe.add("true");
    try {
      return new ProcessBuilder(probe).start().waitFor() == 0 ? prefix : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path errors() {
    return folder.resolveSibling(folder.getFileName() + ".err");
  }

  private String said() throws IOException {
    return Files.readString(errors());
  }

  private List<String> siblings() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private List<String> statuses() throws IOException {
    List<String> statuses = new ArrayList<>();
    try (Stream<Path> runs = Files.list(out.resolve("_lemma/runs"))) {
      for (Path run : runs.toList()) {
        JsonNode manifest = JobRunnerTest.valid(run.resolve("manifest.json"));
        statuses.add(manifest.path("status").asText());
      }
    }
    return statuses;
  }
}
