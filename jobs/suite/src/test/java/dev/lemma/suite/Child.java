// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process that a test has started. What it says goes to files, so that it never waits for a
 * reader; it and whatever it started end with the test, or with the Java machine of the tests.
 */
final class Child implements AutoCloseable {
  /** A limit for a machine with much else to do, not an expectation. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final long POLL_MILLIS = 10;

  private final Process process;
  private final Path out;
  private final Path err;
  private final Thread hook = new Thread(this::kill);

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a process.
   *
   * @param words command and arguments
   * @param directory where it works
   * @param environment variables set on top of those of the tests; those with an empty value are
   *     taken away
   * @param log where its output is kept
   */
  static Child start(List<String> words, Path directory, Map<String, String> environment, Path log)
      throws IOException {
    Files.createDirectories(log);
    Path out = Files.createTempFile(log, "stdout", ".txt");
    Path err = Files.createTempFile(log, "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return new Child(builder.start(), out, err);
  }

  /** Waits for the end and tells its code. */
  int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("no end within " + PATIENCE + "; stderr:\n" + err());
    }
    return process.exitValue();
  }

  /** Waits until something has come about while this process runs. */
  void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            what
                + (process.isAlive() ? " took too long" : " never came, the process is over")
                + "; stderr:\n"
                + err());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  /** Writes a line to its standard input. */
  void tell(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Sends SIGTERM to the process itself. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL to the process itself. */
  void killAlone() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** The parent first, lest it start the children anew. */
  private void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    Stream.concat(descendants.stream(), process.descendants())
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** A file that may be growing. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }
}
