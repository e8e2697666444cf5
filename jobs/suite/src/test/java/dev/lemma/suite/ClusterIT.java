// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code project} and others on a standalone cluster of separate Java machines, submitted by {@code
 * bin/lemma --submit}: the same bits as here, whatever the partitions are and whoever dies.
 */
class ClusterIT {
  private static final int ROWS = 20_000;
  private static final int FILES = 64;

  /** Long enough for the driver to give an executor work, whose stage cannot end without it. */
  private static final long STANDING_MILLIS = 5000;

  /** So that each file of the input is a partition of its own. */
  private static final String FILE_A_PARTITION = "spark.sql.files.openCostInBytes";

  @TempDir static Path folder;

  private static Cluster cluster;
  private static BinLemma lemma;
  private static Path input;
  private static String expected;
  private static JsonNode measured;

  @BeforeAll
  static void begin() throws Exception {
    cluster = Cluster.start(Files.createDirectory(folder.resolve("cluster")));
    SharedSpark.session();
    input = folder.resolve("input");
    here("generate", "rows=" + ROWS, "output.path=" + input, "output.partitions=" + FILES);
    Path output = folder.resolve("expected");
    here(project(input, output));
    expected = ProjectedBits.of(output);
    assertThat(expected).startsWith(ROWS + " rows ");
    assertThat(parts(output)).isEqualTo(FILES);
    measured = manifest(output.resolve("_lemma")).path("metrics").path("distortion");
    assertThat(measured.path("pairs").asLong()).isEqualTo(1000);
    lemma = BinLemma.in(folder).with("LEMMA_HEAP", "768m");
    for (var variable : cluster.environment().entrySet()) {
      lemma = lemma.with(variable.getKey(), variable.getValue());
    }
    Files.writeString(
        folder.resolve("cluster.properties"),
        """
        spark.master                                         %s
        spark.driver.host                                    127.0.0.1
        spark.driver.memory                                  768m
        spark.driver.extraJavaOptions                        %2$s
        spark.executor.memory                                512m
        spark.executor.cores                                 1
        spark.executor.extraJavaOptions                      %2$s
        spark.cores.max                                      2
        spark.scheduler.minRegisteredResourcesRatio          1.0
        spark.scheduler.maxRegisteredResourcesWaitingTime    120s
        spark.standalone.submit.waitAppCompletion            true
        spark.ui.enabled                                     false
        %3$s                                                 128m
        """
            .formatted(cluster.master(), BinLemma.JAVA_OPTIONS, FILE_A_PARTITION));
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The same command in this process, on the local session of the tests. */
  private static void here(String... words) {
    List<String> more = new ArrayList<>(List.of(words));
    more.add("spark.conf.\"" + FILE_A_PARTITION + "\"=128m");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Main.run(more.toArray(String[]::new), stream, stream);
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
  }

  private static String[] project(Path input, Path output) {
    return new String[] {
      "project",
      "input.path=" + input,
      "output.path=" + output,
      "columns.id=id",
      "columns.features=features",
      "k=64",
      "pairs=1000"
    };
  }

  private static Child submit(String deployMode, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("--submit");
    command.addAll(List.of("--properties-file", "cluster.properties"));
    command.addAll(List.of("--deploy-mode", deployMode, "--"));
    command.addAll(List.of(words));
    return lemma.start(command.toArray(String[]::new));
  }

  private static void endsWell(Child run) throws InterruptedException {
    int code = run.await();
    assertThat(code).as(() -> run.out() + run.err() + cluster.told()).isZero();
  }

  private static JsonNode manifest(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
  }

  /** The manifest of the only run. */
  private static JsonNode onlyRun(Path output) throws IOException {
    Path runs = output.resolve("_lemma/runs");
    assertThat(FileTree.names(runs)).hasSize(1);
    return manifest(runs.resolve(FileTree.names(runs).get(0)));
  }

  private static long parts(Path output) {
    return FileTree.names(output).stream().filter(name -> name.startsWith("part-")).count();
  }

  /**
   * Whether the first tasks of a run have delivered their files, and thus others work on theirs.
   */
  private static boolean hasDelivered(Path output) {
    try (Stream<Path> siblings = Files.list(output.getParent())) {
      return siblings
          .filter(path -> path.getFileName().toString().startsWith("." + output.getFileName()))
          .flatMap(staging -> FileTree.names(staging.resolve("_temporary/0")).stream())
          .anyMatch(name -> name.startsWith("task_"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theBitsDoNotDependOnPartitions() throws Exception {
    Dataset<Row> rows = SharedSpark.session().read().parquet(input.toString());
    for (Dataset<Row> layout : Layouts.of(rows)) {
      int partitions = layout.rdd().getNumPartitions();
      Path in = folder.resolve("input-" + partitions);
      Path out = folder.resolve("local-" + partitions);
      layout.write().parquet(in.toString());
      here(project(in, out));
      assertThat(parts(out)).isEqualTo(partitions);
      assertThat(ProjectedBits.of(out)).as(partitions + " partitions").isEqualTo(expected);
      assertThat(manifest(out.resolve("_lemma")).path("metrics").path("distortion"))
          .isEqualTo(measured);
    }
  }

  @Test
  void anExecutorDiesInClientModeAndTheBitsAreTheSame() throws Exception {
    Path output = Files.createDirectory(folder.resolve("client")).resolve("projected");
    try (Child run = submit("client", project(input, output))) {
      run.awaitUntil("the first phase", () -> run.err().contains(": settle the projection: "));
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).hasSize(2);
      // An executor that stands still is given tasks that it never begins: it dies with work in
      // hand however quick the work is.
      ProcessHandle victim = executors.get(0);
      stop(victim);
      run.awaitUntil("what the other one delivers", () -> hasDelivered(output));
      victim.destroyForcibly();
      endsWell(run);
    }
    assertThat(ProjectedBits.of(output)).isEqualTo(expected);
    assertThat(parts(output)).isEqualTo(FILES);
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("environment").path("master").asText()).isEqualTo(cluster.master());
    assertThat(manifest.path("rows").path("written").asLong()).isEqualTo(ROWS);
    assertThat(manifest.path("metrics").path("distortion"))
        .as("the same pairs are measured")
        .isEqualTo(measured);
    assertThat(manifest.path("phases"))
        .as("the death came in the middle of the work")
        .anyMatch(
            phase ->
                phase.path("name").asText().equals("project rows")
                    && phase.path("tasksFailed").asLong() > 0);
  }

  /** Features, bandwidth and error are those of a run in this process. */
  @Test
  void anExecutorDiesWhileFeaturesAreMadeAndTheBitsAreTheSame() throws Exception {
    Path local = folder.resolve("features-here");
    here(features(local));
    Path output = Files.createDirectory(folder.resolve("features")).resolve("made");
    try (Child run = submit("client", features(output))) {
      run.awaitUntil("the first phase", () -> run.err().contains(": settle the features: "));
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).hasSize(2);
      ProcessHandle victim = executors.get(0);
      stop(victim);
      run.awaitUntil("what the other one delivers", () -> hasDelivered(output));
      victim.destroyForcibly();
      endsWell(run);
    }
    assertThat(ProjectedBits.of(output, "random_features"))
        .startsWith(ROWS + " rows ")
        .isEqualTo(ProjectedBits.of(local, "random_features"));
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("metrics").path("kernel-error"))
        .isEqualTo(manifest(local.resolve("_lemma")).path("metrics").path("kernel-error"));
    assertThat(manifest.path("phases"))
        .as("the death came in the middle of the work")
        .anyMatch(
            phase ->
                phase.path("name").asText().equals("map rows")
                    && phase.path("tasksFailed").asLong() > 0);
  }

  private static String[] features(Path output) {
    return new String[] {
      "features",
      "input.path=" + input,
      "output.path=" + output,
      "columns.id=id",
      "columns.features=features",
      "k=64",
      "pairs=1000"
    };
  }

  /**
   * A fit with exact sums, by Kryo: rows in their leaves die with the executor that holds them, and
   * the coefficients have the bits of a fit in this process.
   */
  @Test
  void anExecutorDiesDuringAFitAndTheBitsAreTheSame() throws Exception {
    Path local = folder.resolve("fit-here");
    here(fit(local));
    Path output = Files.createDirectory(folder.resolve("fit")).resolve("coefficients");
    List<String> words = new ArrayList<>(List.of(fit(output)));
    words.add("spark.conf.\"spark.serializer\"=org.apache.spark.serializer.KryoSerializer");
    try (Child run = submit("client", words.toArray(String[]::new))) {
      run.awaitUntil("the first phase", () -> run.err().contains(": open the input: "));
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).hasSize(2);
      // Stages wait for the tasks of an executor that stands still, so it dies with work in hand.
      ProcessHandle victim = executors.get(0);
      stop(victim);
      Thread.sleep(STANDING_MILLIS);
      victim.destroyForcibly();
      endsWell(run);
    }
    assertThat(coefficients(output)).hasSizeGreaterThan(10).isEqualTo(coefficients(local));
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(manifest.path("phases"))
        .as("the death came in the middle of the work")
        .anyMatch(
            phase ->
                phase.path("name").asText().startsWith("pass ")
                    && phase.path("tasksFailed").asLong() > 0);
  }

  /**
   * Chains over leaves that executors hold, and sweeps of strips that change rows: of each run one
   * of two executors dies with work in hand. Side by side, to spare time.
   */
  @Test
  void executorsDieUnderAPosteriorAndALatticeAndTheBitsAreTheSame() throws Exception {
    Path rows = folder.resolve("posterior-rows");
    here("generate", "rows=70000", "features=3", "output.path=" + rows, "output.partitions=4");
    Path local = folder.resolve("posterior-here");
    here(posterior(rows, local, "driver-rows=16MB"));
    Path whole = folder.resolve("lattice-here");
    here(lattice(whole, "strips=1"));
    Path remote = Files.createDirectory(folder.resolve("posterior")).resolve("draws");
    Path cut = Files.createDirectory(folder.resolve("lattice")).resolve("draws");
    try (Child chains = submit("client", posterior(rows, remote, "driver-rows=1"))) {
      chains.awaitUntil("leaves", () -> chains.err().contains(": read rows into leaves: "));
      List<ProcessHandle> first = cluster.executors();
      assertThat(first).hasSize(2);
      stop(first.get(0));
      try (Child sweeps = submit("client", lattice(cut, "strips=4", "sweeps-per-shuffle=2"))) {
        Path checkpoint = cut.resolve("_lemma/checkpoint/lattice");
        sweeps.awaitUntil("sixteen rounds", () -> holds(checkpoint, "rdd-"));
        ProcessHandle second =
            cluster.executors().stream()
                .filter(executor -> !first.contains(executor))
                .findFirst()
                .orElseThrow();
        stop(second);
        first.get(0).destroyForcibly();
        Thread.sleep(STANDING_MILLIS);
        second.destroyForcibly();
        endsWell(sweeps);
      }
      endsWell(chains);
    }
    assertThat(draws(remote)).hasSize(2 * 20).isEqualTo(draws(local));
    assertThat(draws(cut)).hasSize(2 * 200).isEqualTo(draws(whole));
    assertThat(List.of(manifest(remote.resolve("_lemma")), manifest(cut.resolve("_lemma"))))
        .as("the deaths came in the middle of the work")
        .allMatch(
            run ->
                StreamSupport.stream(run.path("phases").spliterator(), false)
                    .anyMatch(phase -> phase.path("tasksFailed").asLong() > 0));
  }

  /**
   * Decompositions with exact sums, W held whole and in blocks of columns, by Kryo: rows in their
   * leaves and blocks of vectors die with the executor that holds them. Side by side, to spare
   * time.
   */
  @Test
  void executorsDieUnderDecompositionsAndTheBitsAreTheSame() throws Exception {
    Path local = folder.resolve("svd-here");
    Path localBlocks = folder.resolve("svd-blocks-here");
    here(svd(local));
    here(svd(localBlocks, "block-columns=40"));
    Path remote = Files.createDirectory(folder.resolve("svd")).resolve("scores");
    Path remoteBlocks = Files.createDirectory(folder.resolve("svd-blocks")).resolve("scores");
    String kryo = "spark.conf.\"spark.serializer\"=org.apache.spark.serializer.KryoSerializer";
    try (Child whole = submit("client", svd(remote, kryo))) {
      whole.awaitUntil("the first phase", () -> whole.err().contains(": open the input: "));
      List<ProcessHandle> first = cluster.executors();
      assertThat(first).hasSize(2);
      stop(first.get(0));
      try (Child blocks = submit("client", svd(remoteBlocks, "block-columns=40", kryo))) {
        // Then each executor holds some of the blocks.
        blocks.awaitUntil("the first read", () -> blocks.err().contains(": read 1: "));
        ProcessHandle second =
            cluster.executors().stream()
                .filter(executor -> !first.contains(executor))
                .findFirst()
                .orElseThrow();
        stop(second);
        first.get(0).destroyForcibly();
        Thread.sleep(STANDING_MILLIS);
        second.destroyForcibly();
        assertThat(blocks.err()).as("the death came before the end").doesNotContain(": done in ");
        endsWell(blocks);
      }
      endsWell(whole);
    }
    for (Path[] pair : new Path[][] {{remote, local}, {remoteBlocks, localBlocks}}) {
      assertThat(ProjectedBits.of(pair[0], "scores"))
          .startsWith(ROWS + " rows ")
          .isEqualTo(ProjectedBits.of(pair[1], "scores"));
      JsonNode found = manifest(pair[0].resolve("_lemma"));
      JsonNode expected = manifest(pair[1].resolve("_lemma"));
      assertThat(found.path("bits").asText()).isEqualTo("any");
      assertThat(found.path("metrics").path("singular-values"))
          .isEqualTo(expected.path("metrics").path("singular-values"));
    }
    assertThat(manifest(remote.resolve("_lemma")).path("phases"))
        .as("the death came in the middle of the work")
        .anyMatch(
            phase ->
                phase.path("name").asText().startsWith("read ")
                    && phase.path("tasksFailed").asLong() > 0);
  }

  private static String[] svd(Path output, String... more) {
    List<String> words = new ArrayList<>(List.of("svd", "input.path=" + input));
    words.addAll(List.of("output.path=" + output, "columns.id=id", "columns.features=features"));
    words.addAll(List.of("rank=3", "oversampling=5", "kernel=exact", "report=false"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Whether a folder that changes, or is not there yet, has a file of this name below. */
  private static boolean holds(Path folder, String prefix) {
    try (Stream<Path> paths = Files.walk(folder, 3)) {
      return paths.anyMatch(path -> path.getFileName().toString().startsWith(prefix));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static String[] posterior(Path rows, Path output, String more) {
    return new String[] {
      "posterior",
      "input.path=" + rows,
      "output.path=" + output,
      "columns.id=id",
      "columns.features=features",
      "columns.label=label",
      "likelihood=logistic",
      "method=random-walk",
      "chains=2",
      "warmup=5",
      "draws=20",
      "gate=false",
      more
    };
  }

  private static String[] lattice(Path output, String... more) {
    List<String> words = new ArrayList<>(List.of("lattice", "output.path=" + output));
    words.addAll(List.of("height=64", "start=random", "replicas=2", "warmup=0", "sweeps=200"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static List<Row> draws(Path output) {
    return SharedSpark.session()
        .read()
        .parquet(output.toString())
        .orderBy("chain", "iteration")
        .collectAsList();
  }

  private static String[] fit(Path output) {
    return new String[] {
      "logistic-fit",
      "input.path=" + input,
      "output.path=" + output,
      "columns.id=id",
      "columns.features=features",
      "columns.label=label",
      "kernel=exact",
      "passes=3",
      "standard-errors=sandwich"
    };
  }

  private static List<Row> coefficients(Path output) {
    return SharedSpark.session()
        .read()
        .parquet(output.toString())
        .orderBy("class", "feature_index")
        .collectAsList();
  }

  private static void stop(ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void inClusterModeTheDriverFindsTheSample() throws Exception {
    Path output = Files.createDirectory(folder.resolve("sample")).resolve("glosses");
    try (Child run =
        submit(
            "cluster",
            "project",
            "input.sample=wordnet",
            "columns.id=id",
            "columns.features=gloss",
            "k=16",
            "pairs=0",
            "output.path=" + output)) {
      endsWell(run);
    }
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("status").asText()).isEqualTo("succeeded");
    assertThat(manifest.path("rows").path("written").asLong()).isEqualTo(117_791);
    Path local = folder.resolve("glosses-here");
    here(
        "project",
        "input.sample=wordnet",
        "columns.id=id",
        "columns.features=gloss",
        "k=16",
        "pairs=0",
        "output.path=" + local);
    assertThat(ProjectedBits.of(output)).isEqualTo(ProjectedBits.of(local));
  }

  @Test
  void ofADriverThatFailedTheManifestTellsTheTruth() throws Exception {
    Path output = Files.createDirectory(folder.resolve("failed")).resolve("projected");
    String[] words = project(input, output);
    words[4] = "columns.features=nonsense";
    try (Child run = submit("cluster", words)) {
      // Its code says nothing: spark-submit may take a failed driver for a finished one.
      run.await();
    }
    JsonNode manifest = onlyRun(output);
    assertThat(manifest.path("status").asText()).isEqualTo("failed");
    assertThat(manifest.path("exitCode").asInt()).isEqualTo(3);
    assertThat(manifest.path("error").path("message").asText()).contains("nonsense");
    assertThat(FileTree.published(output)).isEmpty();
  }
}
