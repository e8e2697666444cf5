// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * One Spark application on the cluster in which many tests run their commands, as a driver and its
 * executors take longer to start than any of them takes. Executors that a test kills are replaced.
 */
final class Application implements AutoCloseable {
  private static final int EXECUTORS = 2;

  /** So that what the scheduler said last has arrived. */
  private static final long SETTLING_MILLIS = 200;

  private final Cluster cluster;
  private final Child driver;
  private int heard;
  private int ended;

  private Application(Cluster cluster, Child driver) {
    this.cluster = cluster;
    this.driver = driver;
  }

  /** Submits a {@link StandingDriver}, which has the jar of the build for its library. */
  static Application start(Cluster cluster, Path folder, Path properties) throws IOException {
    Path jar = folder.resolve("standing-driver.jar");
    writeJar(jar);
    Child driver =
        cluster.submit(
            List.of(
                "--properties-file",
                properties.toString(),
                "--conf",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                "--conf",
                "spark.extraListeners=" + StandingDriver.Watch.class.getName(),
                "--class",
                StandingDriver.class.getName(),
                "--jars",
                Checkout.JAR.toString(),
                jar.toString()));
    return new Application(cluster, driver);
  }

  private static void writeJar(Path file) throws IOException {
    Path classes = Path.of("dev", "lemma", "suite");
    ClassLoader loader = StandingDriver.class.getClassLoader();
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (String name : List.of("StandingDriver.class", "StandingDriver$Watch.class")) {
        String entry = classes.resolve(name).toString();
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream content = loader.getResourceAsStream(entry)) {
          content.transferTo(jar);
        }
      }
    }
  }

  /** Starts a command once all executors are there. */
  void begin(String... words) throws IOException, InterruptedException {
    driver.awaitUntil(
        "the executors", () -> last(StandingDriver.TASKS).split("=").length > EXECUTORS);
    heard = driver.err().length();
    ended = endings().size();
    driver.tell(String.join("\t", words));
  }

  /** What the command has said on stderr so far. */
  String err() {
    return driver.err().substring(heard);
  }

  /** Waits for a line of the progress of the command. */
  void awaitPhase(String name) throws InterruptedException {
    driver.awaitUntil(name, () -> err().contains(": " + name + ": ") || isOver());
    assertThat(err()).as("what the command said").contains(": " + name + ": ");
  }

  /** Waits until something has come about. */
  void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
    driver.awaitUntil(what, () -> condition.getAsBoolean() || isOver());
    assertThat(condition.getAsBoolean()).as(() -> what + "; stderr:\n" + err()).isTrue();
  }

  /**
   * Kills an executor with work in hand: it is brought to a stand first, so that it ends no task
   * that it is given, however quick the work is.
   */
  void killAnExecutor() throws Exception {
    ProcessHandle victim = executors().get(0);
    String mark = "--executor-id ";
    String line = victim.info().commandLine().orElseThrow();
    String id = line.substring(line.indexOf(mark) + mark.length()).split(" ")[0];
    Cluster.stop(victim);
    Thread.sleep(SETTLING_MILLIS);
    awaitUntil("work for an executor that stands still", () -> isAtWork(id));
    victim.destroyForcibly();
  }

  private boolean isAtWork(String executor) {
    return Stream.of(last(StandingDriver.TASKS).split("[{}, ]+"))
        .anyMatch(count -> count.matches(executor + "=[1-9]\\d*"));
  }

  /** Waits for the end of the command, which must be a good one. */
  void endsWell() throws InterruptedException {
    driver.awaitUntil("the end", this::isOver);
    assertThat(endings().get(ended)).as(() -> err() + cluster.told()).isEqualTo("0");
  }

  private boolean isOver() {
    return endings().size() > ended;
  }

  private List<String> endings() {
    return said(StandingDriver.ENDED).toList();
  }

  private String last(String kind) {
    return said(kind).reduce("", (earlier, later) -> later);
  }

  private Stream<String> said(String kind) {
    // The last line may not be whole yet.
    String text = driver.out();
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()));
  }

  private List<ProcessHandle> executors() {
    return cluster.executors().stream().filter(this::isOwn).toList();
  }

  /** Whether an executor works for this application. */
  boolean isOwn(ProcessHandle executor) {
    return executor.info().commandLine().orElse("").contains(last(StandingDriver.APPLICATION));
  }

  @Override
  public void close() {
    driver.close();
  }
}
