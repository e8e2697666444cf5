// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.random.Philox4x64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jobs on a standalone cluster of separate Java machines: the same bits as here, whatever the
 * partitions are and whoever dies. {@code bin/lemma --submit} starts what is about submitting, in
 * client and in cluster mode; all else runs in one {@link Application}, where a test costs no start
 * of a driver.
 */
class ClusterIT {
  private static final int ROWS = 20_000;
  private static final int FILES = 24;

  /** So many that the first are written well before the last. */
  private static final int SHUFFLED_FILES = 32;

  private static final int SWEEPS = 80;

  /** Just enough for two tiles. */
  private static final int TEXTS = 4200;

  /** So that each file of the input is a partition of its own. */
  private static final String FILE_A_PARTITION = "spark.sql.files.openCostInBytes";

  @TempDir static Path folder;

  private static Cluster cluster;
  private static Application application;
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
    Path properties = folder.resolve("cluster.properties");
    Files.writeString(
        properties,
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
        spark.shuffle.io.maxRetries                          1
        spark.shuffle.io.retryWait                           100ms
        spark.ui.enabled                                     false
        %3$s                                                 128m
        """
            .formatted(
                cluster.master(),
                BinLemma.JAVA_OPTIONS + " \"" + Cluster.logging() + '"',
                FILE_A_PARTITION));
    application = Application.start(cluster, folder, properties);
  }

  @AfterAll
  static void end() {
    if (application != null) {
      application.close();
    }
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
      List<ProcessHandle> executors =
          cluster.executors().stream().filter(one -> !application.isOwn(one)).toList();
      assertThat(executors).hasSize(2);
      // An executor that stands still is given tasks that it never begins: it dies with work in
      // hand however quick the work is.
      ProcessHandle victim = executors.get(0);
      Cluster.stop(victim);
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
    assertLostTasks(manifest, "project rows");
  }

  private static void assertLostTasks(JsonNode manifest, String phase) {
    assertThat(manifest.path("phases"))
        .as("the death came in the middle of the work")
        .anyMatch(
            one ->
                one.path("name").asText().startsWith(phase)
                    && one.path("tasksFailed").asLong() > 0);
  }

  /** Rows that were shuffled die with the executor that holds them, and are projected anew. */
  @Test
  void anExecutorDiesWithShuffledRowsAndTheBitsAreTheSame() throws Exception {
    Path output = Files.createDirectory(folder.resolve("shuffled")).resolve("projected");
    List<String> words = new ArrayList<>(List.of(project(input, output)));
    words.add("output.partitions=" + SHUFFLED_FILES);
    application.begin(words.toArray(String[]::new));
    application.awaitUntil("the first file", () -> hasDelivered(output));
    application.killAnExecutor();
    application.endsWell();
    assertThat(ProjectedBits.of(output)).isEqualTo(expected);
    assertThat(parts(output)).isEqualTo(SHUFFLED_FILES);
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("rows").toString())
        .as("rows that were projected twice count once")
        .isEqualTo("{\"read\":%1$d,\"written\":%1$d,\"rejected\":0}".formatted(ROWS));
    assertThat(manifest.path("metrics").path("distortion")).isEqualTo(measured);
    assertLostTasks(manifest, "project rows");
  }

  /** Features, bandwidth and error are those of a run in this process. */
  @Test
  void anExecutorDiesWhileFeaturesAreMadeAndTheBitsAreTheSame() throws Exception {
    Path local = folder.resolve("features-here");
    here(features(local));
    Path output = Files.createDirectory(folder.resolve("features")).resolve("made");
    application.begin(features(output));
    application.awaitPhase("settle the features");
    application.killAnExecutor();
    application.endsWell();
    assertThat(ProjectedBits.of(output, "random_features"))
        .startsWith(ROWS + " rows ")
        .isEqualTo(ProjectedBits.of(local, "random_features"));
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("metrics").path("kernel-error"))
        .isEqualTo(manifest(local.resolve("_lemma")).path("metrics").path("kernel-error"));
    assertLostTasks(manifest, "map rows");
  }

  /**
   * Buckets and tiles of points that an executor holds die with it: pairs, distances and measured
   * recall are those of a run in this process.
   */
  @Test
  void anExecutorDiesUnderASearchAndTheBitsAreTheSame() throws Exception {
    Path rows = folder.resolve("neighbors-rows");
    here(
        "generate",
        "data=dense-clusters",
        "rows=" + ROWS,
        "features=16",
        "output.path=" + rows,
        "output.partitions=4");
    Path local = folder.resolve("neighbors-here");
    here(neighbors(rows, local));
    Path output = Files.createDirectory(folder.resolve("neighbors")).resolve("pairs");
    application.begin(neighbors(rows, output));
    application.awaitPhase("collect distinct rows of input");
    application.killAnExecutor();
    application.endsWell();
    assertThat(pairs(output)).hasSizeGreaterThan(ROWS).isEqualTo(pairs(local));
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(manifest.path("metrics").path("recall"))
        .isEqualTo(manifest(local.resolve("_lemma")).path("metrics").path("recall"));
    assertLostTasks(manifest, "");
  }

  private static String[] neighbors(Path rows, Path output) {
    return new String[] {
      "neighbors",
      "input.path=" + rows,
      "output.path=" + output,
      "columns.id=id",
      "columns.features=features",
      "task=radius",
      "radius=0.8",
      "distance=euclidean",
      "method=lsh",
      "recall-rows=200"
    };
  }

  private static List<Row> pairs(Path output) {
    return SharedSpark.session()
        .read()
        .parquet(output.toString())
        .orderBy("id", "neighbor")
        .collectAsList();
  }

  /** Texts and their index die with the executor that holds them. */
  @Test
  void anExecutorDiesUnderASearchForTextsAndTheBitsAreTheSame() throws Exception {
    Path texts = folder.resolve("texts");
    SharedSpark.session()
        .range(0, TEXTS, 1, 4)
        .selectExpr(
            "concat('d', id) AS id",
            "concat_ws(' ', transform(sequence(1, 6), i -> 'w' || int("
                + "pow(2000, pmod(xxhash64(id, i), 1024) / 1023)))) AS text")
        .write()
        .parquet(texts.toString());
    Path local = folder.resolve("related-here");
    here(related(texts, local));
    Path output = Files.createDirectory(folder.resolve("related")).resolve("found");
    application.begin(related(texts, output));
    application.awaitPhase("read the documents");
    application.killAnExecutor();
    application.endsWell();
    assertThat(pairs(output)).hasSize(3 * TEXTS).isEqualTo(pairs(local));
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(manifest.path("metrics").path("corpus").path("tiles").asInt()).isEqualTo(2);
    assertLostTasks(manifest, "");
  }

  private static String[] related(Path texts, Path output) {
    List<String> words = new ArrayList<>(List.of("related", "input.path=" + texts));
    words.addAll(List.of("output.path=" + output, "columns.id=id", "columns.features=[text]"));
    words.addAll(List.of("k=3", "terms=3", "report=false"));
    return words.toArray(String[]::new);
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
   * A fit with exact sums: rows in their leaves die with the executor that holds them, and the
   * coefficients have the bits of a fit in this process.
   */
  @Test
  void anExecutorDiesDuringAFitAndTheBitsAreTheSame() throws Exception {
    Path local = folder.resolve("fit-here");
    here(fit(local));
    Path output = Files.createDirectory(folder.resolve("fit")).resolve("coefficients");
    application.begin(fit(output));
    application.awaitPhase("open the input");
    application.killAnExecutor();
    application.endsWell();
    assertThat(coefficients(output)).hasSizeGreaterThan(10).isEqualTo(coefficients(local));
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertLostTasks(manifest, "pass ");
  }

  /** Chains over leaves that executors hold. */
  @Test
  void anExecutorDiesUnderAPosteriorAndTheBitsAreTheSame() throws Exception {
    Path rows = folder.resolve("posterior-rows");
    here("generate", "rows=70000", "features=3", "output.path=" + rows, "output.partitions=4");
    Path local = folder.resolve("posterior-here");
    here(posterior(rows, local, "driver-rows=16MB"));
    Path output = Files.createDirectory(folder.resolve("posterior")).resolve("draws");
    application.begin(posterior(rows, output, "driver-rows=1"));
    application.awaitPhase("read rows into leaves");
    application.killAnExecutor();
    application.endsWell();
    assertThat(draws(output)).hasSize(2 * 20).isEqualTo(draws(local));
    assertLostTasks(manifest(output.resolve("_lemma")), "");
  }

  /** Sweeps of strips that change rows, more than half of them after a checkpoint. */
  @Test
  void anExecutorDiesUnderALatticeAndTheBitsAreTheSame() throws Exception {
    Path local = folder.resolve("lattice-here");
    here(lattice(local, "strips=1"));
    Path output = Files.createDirectory(folder.resolve("lattice")).resolve("draws");
    Path checkpoint = output.resolve("_lemma/checkpoint/lattice");
    application.begin(lattice(output, "strips=4", "sweeps-per-shuffle=2"));
    application.awaitUntil("sixteen rounds", () -> holds(checkpoint, "rdd-"));
    application.killAnExecutor();
    application.endsWell();
    assertThat(draws(output)).hasSize(2 * SWEEPS).isEqualTo(draws(local));
    assertLostTasks(manifest(output.resolve("_lemma")), "");
  }

  /**
   * A decomposition with exact sums, W held whole and in blocks of columns: rows in their leaves
   * and blocks of vectors die with the executor that holds them.
   */
  @ParameterizedTest
  @CsvSource({"whole, memory=2GB, open the input", "blocks, block-columns=40, read 1"})
  void anExecutorDiesUnderADecompositionAndTheBitsAreTheSame(String name, String more, String after)
      throws Exception {
    Path local = folder.resolve("svd-here-" + name);
    here(svd(local, more));
    Path output = Files.createDirectory(folder.resolve("svd-" + name)).resolve("scores");
    application.begin(svd(output, more));
    application.awaitPhase(after);
    application.killAnExecutor();
    application.endsWell();
    assertThat(ProjectedBits.of(output, "scores"))
        .startsWith(ROWS + " rows ")
        .isEqualTo(ProjectedBits.of(local, "scores"));
    JsonNode found = manifest(output.resolve("_lemma"));
    JsonNode expected = manifest(local.resolve("_lemma"));
    assertThat(found.path("bits").asText()).isEqualTo("any");
    assertThat(found.path("metrics").path("singular-values"))
        .isEqualTo(expected.path("metrics").path("singular-values"));
    if (name.equals("whole")) {
      assertLostTasks(found, "");
    }
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
    words.addAll(
        List.of("height=64", "start=random", "replicas=2", "warmup=0", "sweeps=" + SWEEPS));
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

  /**
   * In a class that the executors of one worker alone find, before that of the jar, a bit of a
   * constant of the generator is flipped. Beside it a run on sound executors, to spare time.
   */
  @Test
  void theSelfcheckNamesTheExecutorWhoseKernelIsBroken() throws Exception {
    String shadow = "shadow";
    flipABit(Philox4x64.class, 0xD2E7470EE14C6C93L, cluster.workFolder(0).resolve(shadow));
    Path broken = Files.createDirectory(folder.resolve("check")).resolve("broken");
    Path sound = folder.resolve("check/sound");
    // An executor works in work/application/number, so each looks beside its own worker's folders.
    String path = "spark.conf.\"spark.executor.extraClassPath\"=../../" + shadow;
    try (Child faulty = submit("client", selfcheck(broken, path))) {
      application.begin(selfcheck(sound, "executors=2"));
      application.endsWell();
      assertThat(faulty.await()).as(() -> faulty.out() + faulty.err()).isEqualTo(5);
      String last = faulty.err().lines().reduce((one, other) -> other).orElseThrow();
      JsonNode run = onlyRun(broken);
      String application = run.path("environment").path("application").asText();
      String executor = FileTree.names(cluster.workFolder(0).resolve(application)).get(0);
      String name = "executor " + executor + " on 127.0.0.1";
      assertThat(last).contains("(exit code 5): " + name + ": computes wrong: found generator");
      assertThat(run.path("status").asText()).isEqualTo("rejected");
      assertThat(run.path("metrics").path("executors").asInt()).isEqualTo(2);
      assertThat(run.path("metrics").path("at-fault").toString()).isEqualTo("[\"" + name + "\"]");
    }
    assertThat(FileTree.published(broken)).isEmpty();
    assertThat(broken.resolve("_lemma/checkpoint")).as("rows of its own").doesNotExist();
    JsonNode metrics = manifest(sound.resolve("_lemma")).path("metrics");
    assertThat(metrics.path("executors").asInt()).isEqualTo(2);
    assertThat(metrics.path("answers-wrong").asInt()).isZero();
    assertThat(metrics.path("rates").has("network")).isTrue();
    assertThat(
            SharedSpark.session()
                .read()
                .parquet(sound.toString())
                .where("check = 'projection, sign' AND status = 'right'")
                .select("executor")
                .distinct()
                .count())
        .isEqualTo(2);
  }

  /** Rates are not judged: other tests' processes may be at work. */
  private static String[] selfcheck(Path output, String more) {
    return new String[] {
      "selfcheck", "output.path=" + output, "volume=1MB", "slower=1000000", more
    };
  }

  /** Writes the class to a folder of classes, with one bit of a constant changed. */
  private static void flipABit(Class<?> type, long constant, Path classes) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    byte[] code;
    try (InputStream stream = type.getClassLoader().getResourceAsStream(name)) {
      code = stream.readAllBytes();
    }
    ByteBuffer bytes = ByteBuffer.wrap(code);
    int at = 0;
    while (bytes.getLong(at) != constant) {
      at++;
    }
    bytes.putLong(at, constant ^ 1L << 17);
    Path file = classes.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, code);
  }

  /** Both at once, as drivers and executors take their time to start. */
  @Test
  void inClusterModeTheDriverFindsTheSampleAndOfOneThatFailedTheManifestTells() throws Exception {
    Path output = Files.createDirectory(folder.resolve("sample")).resolve("glosses");
    Path failed = Files.createDirectory(folder.resolve("failed")).resolve("projected");
    String[] mistaken = project(input, failed);
    mistaken[4] = "columns.features=nonsense";
    try (Child sample = submit("cluster", glosses(output));
        Child failing = submit("cluster", mistaken)) {
      Path local = folder.resolve("glosses-here");
      here(glosses(local));
      endsWell(sample);
      assertThat(ProjectedBits.of(output)).isEqualTo(ProjectedBits.of(local));
      // Its code says nothing: spark-submit may take a failed driver for a finished one.
      failing.await();
    }
    JsonNode manifest = manifest(output.resolve("_lemma"));
    assertThat(manifest.path("status").asText()).isEqualTo("succeeded");
    assertThat(manifest.path("rows").path("written").asLong()).isEqualTo(117_791);
    JsonNode truth = onlyRun(failed);
    assertThat(truth.path("status").asText()).isEqualTo("failed");
    assertThat(truth.path("exitCode").asInt()).isEqualTo(3);
    assertThat(truth.path("error").path("message").asText()).contains("nonsense");
    assertThat(FileTree.published(failed)).isEmpty();
  }

  private static String[] glosses(Path output) {
    return new String[] {
      "project",
      "input.sample=wordnet",
      "columns.id=id",
      "columns.features=gloss",
      "k=16",
      "pairs=0",
      "output.path=" + output
    };
  }
}
