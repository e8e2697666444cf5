// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real standalone cluster on this machine: a Master and two Workers, each a process, out of the
 * build's jars of Spark. Workers start executors, and drivers in cluster mode, as processes of
 * their own.
 */
final class Cluster implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+)");

  private final Path folder;
  private final List<Child> children = new ArrayList<>();
  private String master = "";

  private Cluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts a cluster that keeps its files in the folder; when it fails, nothing is left running.
   */
  static Cluster start(Path folder) throws IOException, InterruptedException {
    Cluster cluster = new Cluster(folder);
    try {
      cluster.launch();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void launch() throws IOException, InterruptedException {
    Path jars = Files.createDirectories(home().resolve("jars"));
    for (String jar : Checkout.sparkJars()) {
      Path file = Path.of(jar);
      Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
    }
    Child first = start("master.Master", List.of());
    first.awaitUntil("the master's address", () -> URL.matcher(first.err()).find());
    master = URL.matcher(first.err()).results().findFirst().orElseThrow().group(1);
    for (int worker = 0; worker < WORKERS; worker++) {
      String work = workFolder(worker).toString();
      start("worker.Worker", List.of("-c", "4", "-m", "4g", "-d", work, master));
    }
    first.awaitUntil(
        "the registration of the workers",
        () -> first.err().split("Registering worker", -1).length > WORKERS);
  }

  private Child start(String daemon, List<String> words) throws IOException {
    List<String> command = java("256m", daemon);
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    command.addAll(words);
    Child child = Child.start(command, folder, environment(), folder.resolve("daemons"));
    children.add(child);
    return child;
  }

  private List<String> java(String heap, String main, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Checkout.jvmOptions(),
                "-Xmx" + heap));
    command.addAll(List.of(BinLemma.JAVA_OPTIONS.split(" ")));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", home().resolve("jars") + "/*"));
    command.add("org.apache.spark.deploy." + main);
    return command;
  }

  /** What makes a process of Spark say no more than a user of bin/lemma sees. */
  static String logging() {
    return "-Dlog4j2.configurationFile=" + Checkout.file("conf/log4j2.properties");
  }

  /** Submits an application, in client mode, as the arguments of spark-submit say. */
  Child submit(List<String> words) throws IOException {
    List<String> command = java("768m", "SparkSubmit", logging());
    command.addAll(words);
    return Child.start(command, folder, environment(), folder.resolve("drivers"));
  }

  /** What a process needs to know of Spark where none is installed. */
  Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "SPARK_HOME",
        home().toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        "127.0.0.1");
  }

  private Path home() {
    return folder.resolve("spark");
  }

  /** Address of the master. */
  String master() {
    return master;
  }

  /** The executors that live now. */
  List<ProcessHandle> executors() {
    return children.stream()
        .map(Child::handle)
        .flatMap(ProcessHandle::descendants)
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Brings a process to a stand that looks alive from outside. */
  static void stop(ProcessHandle process) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("process " + process.pid() + " cannot be stopped");
    }
  }

  /** What drivers and executors said, for the message of a test that failed. */
  String told() {
    StringBuilder text = new StringBuilder();
    logs().forEach(log -> text.append("\n== ").append(log).append('\n').append(Child.read(log)));
    return text.toString();
  }

  private List<Path> logs() {
    List<Path> logs = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      try (Stream<Path> files = Files.walk(workFolder(worker))) {
        files.filter(file -> file.endsWith("stderr")).sorted().forEach(logs::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return logs;
  }

  /** Where a worker keeps the folders of its executors, {@code <application>/<number>}. */
  Path workFolder(int worker) {
    return folder.resolve("worker-" + worker);
  }

  /** The master first, so that nobody is told to start anything anew. */
  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
