// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.JobRunner;
import dev.lemma.kit.run.RunMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** A process that runs a job, to be killed. */
final class JobProcess {
  /** A limit for a machine with much else to do, not an expectation. */
  private static final long SECONDS = 90;

  private final Process process;
  private final Path errors;

  private JobProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Runs a job.
   *
   * @param args its name and its keys
   */
  public static void main(String[] args) {
    List<String> keys = List.of(args).subList(1, args.length);
    boolean chains = args[0].equals("posterior");
    System.exit((chains ? run(new PosteriorJob(), keys) : run(new LatticeJob(), keys)).code());
  }

  private static <C extends Record> ExitCode run(Job<C> job, List<String> keys) {
    Bound<C> bound = ConfigLoader.of(List.of(), keys).load(job.configuration());
    return JobRunner.run(
        job, bound.config(), bound.resolved(), RunMode.RUN, System.out, System.err);
  }

  /**
   * Starts a process.
   *
   * @param folder for what it says and for its temporary files
   * @param cores of its Spark
   * @param job its name
   */
  static JobProcess start(Path folder, int cores, String job, List<String> keys)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve("process-" + job));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.addAll(
        List.of(
            "-Xmx700m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dspark.master=local[" + cores + "]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.local.dir=" + Files.createDirectories(own.resolve("local")),
            "-cp",
            System.getProperty("java.class.path"),
            JobProcess.class.getName()));
    command.add(job);
    command.addAll(keys);
    Path errors = own.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(own.resolve("out.txt").toFile())
            .redirectError(errors.toFile())
            .start();
    return new JobProcess(process, errors);
  }

  /** Waits until something has come about. */
  void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean() && process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).as(what + "; " + Files.readString(errors)).isTrue();
  }

  /** Sends SIGTERM, and tells how it ended. */
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** What it has said on stderr. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Copies a folder elsewhere, where no lease of a dead run is to be waited out. */
  static void copy(Path folder, Path other) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path to = other.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }
}
