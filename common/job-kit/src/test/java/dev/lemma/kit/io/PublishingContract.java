// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What publishing promises, on any file system. Rows are stood in for by small files, so that every
 * change to the file system can be counted and stopped at.
 */
abstract class PublishingContract {
  /** No heartbeat comes between the changes that are counted. */
  private static final LeaseTiming SLOW = new LeaseTiming(Duration.ofHours(1), Duration.ofHours(2));

  private static final String OLD = "20260101T000000Z-aaaaaa";
  private static final String NEW = "20260102T000000Z-bbbbbb";
  private static final String NEXT = "20260103T000000Z-cccccc";

  /** What the probe throws to play a killed process: nobody catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Path folder;
  private Path out;

  /** A fresh folder. */
  abstract Path freshFolder() throws IOException;

  abstract Configuration configuration();

  /** Most changes of a repair that are stopped at in turn. */
  abstract int repairStops(OutputMode mode);

  /** Whether runs are stopped before changes of this kind. */
  abstract boolean isStop(String change);

  @BeforeEach
  void prepare() throws IOException {
    folder = freshFolder();
    out = new Path(folder, "out");
  }

  @Test
  void firstRunPublishesAndLeavesNothingElse() throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one"));

    assertThat(visible()).containsExactly(Map.entry("part-1", "one"));
    assertThat(names(folder)).containsExactly("out");
    assertThat(read(new Path(out, "_lemma/manifest.json"))).contains(OLD);
    assertThat(read(new Path(out, "_lemma/runs/" + OLD + "/manifest.json"))).contains("succeeded");
  }

  @Test
  void errorRefusesWhatExistsAndTouchesNothing() throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one"));
    Map<String, String> before = tree(folder);

    Publisher second = publisher(NEW, OutputMode.ERROR, (change, path) -> {});

    LemmaException refused =
        catchThrowableOfType(LemmaException.class, () -> second.begin(line -> {}));
    assertThat(refused.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(refused).hasMessageContaining("the output exists");
    assertThat(tree(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void noModeTouchesDataThatIsNotOurs(OutputMode mode) throws IOException {
    write(new Path(out, "precious.csv"), "a,b");
    Map<String, String> before = tree(folder);

    LemmaException refused =
        catchThrowableOfType(
            LemmaException.class,
            () -> publisher(NEW, mode, (change, path) -> {}).begin(line -> {}));

    assertThat(refused.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(refused).hasMessageContaining("no manifest of Lemma");
    assertThat(tree(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"taken/out", "taken/deeper/out"})
  void noFolderLiesBelowAFile(String name) throws IOException {
    write(new Path(folder, "taken"), "a,b");
    Map<String, String> before = tree(folder);
    out = new Path(folder, name);

    LemmaException refused =
        catchThrowableOfType(
            LemmaException.class,
            () -> publisher(NEW, OutputMode.OVERWRITE, (change, path) -> {}).begin(line -> {}));

    assertThat(refused.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(refused)
        .hasMessageContaining("a file, not a folder, at")
        .hasMessageContaining("/taken");
    assertThat(tree(folder)).isEqualTo(before);
  }

  @Test
  void recordsOfRunsAndCheckpointsAloneAreNoOutput() throws IOException {
    write(new Path(out, "_lemma/runs/" + OLD + "/manifest.json"), "{}");
    write(new Path(out, "_lemma/checkpoint/state"), "chain");

    publish(NEW, OutputMode.ERROR, Map.of("part-1", "one"));

    assertThat(visible()).containsExactly(Map.entry("part-1", "one"));
    assertThat(read(new Path(out, "_lemma/checkpoint/state"))).isEqualTo("chain");
    assertThat(names(new Path(out, "_lemma/runs"))).containsExactly(OLD, NEW);
  }

  @Test
  void overwriteReplacesRowsAndKeepsRecords() throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one", "part-2", "two"));

    publish(NEW, OutputMode.OVERWRITE, Map.of("part-3", "three"));

    assertThat(visible()).containsExactly(Map.entry("part-3", "three"));
    assertThat(names(new Path(out, "_lemma/runs"))).containsExactly(OLD, NEW);
    assertThat(names(folder)).containsExactly("out");
  }

  @Test
  void appendKeepsOldFilesEvenUnderEqualNames() throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one"));

    publish(NEW, OutputMode.APPEND, Map.of("part-1", "uno", "_p=2/part-2", "two"));

    assertThat(visible())
        .containsOnly(
            Map.entry("part-1", "one"),
            Map.entry(NEW + "-part-1", "uno"),
            Map.entry("_p=2/part-2", "two"));
    assertThat(read(new Path(out, "_lemma/manifest.json"))).contains(NEW);
    assertThat(names(folder)).containsExactly("out");
  }

  @Test
  void overwritePartitionsReplacesExactlyThoseWritten() throws IOException {
    publish(
        OLD,
        OutputMode.ERROR,
        Map.of("_p=1/_q=1/a", "1", "_p=1/_q=2/a", "2", "_p=2/_q=1/a", "3", "_p=2/_q=1/b", "4"));

    publish(NEW, OutputMode.OVERWRITE_PARTITIONS, Map.of("_p=2/_q=1/c", "new", "_p=3/_q=1/d", "5"));

    assertThat(visible())
        .containsOnly(
            Map.entry("_p=1/_q=1/a", "1"),
            Map.entry("_p=1/_q=2/a", "2"),
            Map.entry("_p=2/_q=1/c", "new"),
            Map.entry("_p=3/_q=1/d", "5"));
    assertThat(names(folder)).containsExactly("out");
  }

  /**
   * Kills a run before each of its changes in turn, then lets the next run repair, which is itself
   * killed before each of its changes, when it has a journal to carry out. Fails if any stop loses
   * old rows before the new ones count, mixes the two (other than in append), or leaves litter.
   */
  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void everyStopIsRepaired(OutputMode mode) throws IOException {
    Map<String, String> oldRows = Map.of("p=1/q=1/a", "1", "p=2/q=1/b", "2");
    Map<String, String> newRows = Map.of("p=2/q=1/c", "3", "p=3/q=1/d", "4");
    int outcomes = 0;
    for (int stop = 1; ; stop++) {
      Path start = startWith(mode, oldRows);
      if (!killed(stop, mode, newRows)) {
        break;
      }
      // Without a journal a repair only removes what nobody reads.
      Path journal = new Path(folder, ".out.lemma-" + NEW + ".journal");
      int repairStops = configuredFileSystem().exists(journal) ? repairStops(mode) : 0;
      outcomes |= repairedIn(mode, oldRows, newRows, stop) ? 2 : 1;
      for (int second = 1; second <= repairStops; second++) {
        configuredFileSystem().delete(start, true);
        startWith(mode, oldRows);
        killed(stop, mode, newRows);
        if (!repairKilled(second, mode)) {
          break;
        }
        repairedIn(mode, oldRows, newRows, stop);
      }
      configuredFileSystem().delete(start, true);
    }
    // Both sides of the moment that counts were seen.
    assertThat(outcomes).isEqualTo(3);
  }

  private Path startWith(OutputMode mode, Map<String, String> rows) throws IOException {
    folder = freshFolder();
    out = new Path(folder, "out");
    if (mode != OutputMode.ERROR) {
      publish(OLD, OutputMode.ERROR, rows);
    }
    return folder;
  }

  /** Whether a run was killed before its change number {@code stop}; false if it had fewer. */
  private boolean killed(int stop, OutputMode mode, Map<String, String> rows) throws IOException {
    int[] changes = {0};
    Publisher run =
        publisher(
            NEW,
            mode,
            (change, path) -> {
              if (isStop(change) && ++changes[0] == stop) {
                throw new Killed();
              }
            });
    boolean died = false;
    try {
      begin(run, NEW);
      stage(NEW, rows);
      run.publish(manifest(NEW, "succeeded"), PublishingContract::noSession);
      run.release();
    } catch (Killed e) {
      died = true;
    }
    run.die();
    dropLease();
    return died;
  }

  private boolean repairKilled(int stop, OutputMode mode) throws IOException {
    int[] changes = {0};
    OutputMode next = mode == OutputMode.ERROR ? OutputMode.OVERWRITE : mode;
    Publisher run =
        publisher(
            NEXT,
            next,
            (change, path) -> {
              if (++changes[0] == stop) {
                throw new Killed();
              }
            });
    boolean died = false;
    try {
      run.begin(line -> {});
      run.abandon();
    } catch (Killed e) {
      died = true;
    }
    run.die();
    dropLease();
    return died;
  }

  /** Lets the next run repair and answers whether the new rows are there; else the old ones are. */
  private boolean repairedIn(
      OutputMode mode, Map<String, String> oldRows, Map<String, String> newRows, int stop)
      throws IOException {
    OutputMode next = mode == OutputMode.ERROR ? OutputMode.OVERWRITE : mode;
    Publisher run = publisher("20260104T000000Z-dddddd", next, (change, path) -> {});
    run.begin(line -> {});
    run.abandon();
    run.release();
    Map<String, String> before = mode == OutputMode.ERROR ? Map.of() : oldRows;
    Map<String, String> after = expected(mode, oldRows, newRows);
    Map<String, String> found = visible();
    assertThat(found).as("rows after stop %d", stop).isIn(before, after);
    boolean isNew = found.equals(after);
    String described = isNew ? NEW : OLD;
    Path manifest = new Path(out, "_lemma/manifest.json");
    if (!found.isEmpty()) {
      assertThat(read(manifest)).as("manifest after stop %d", stop).contains(described);
    }
    assertThat(names(folder)).as("litter after stop %d", stop).isSubsetOf("out");
    Path record = new Path(out, "_lemma/runs/" + NEW + "/manifest.json");
    if (configuredFileSystem().exists(record)) {
      assertThat(read(record)).contains(isNew ? "succeeded" : "interrupted");
    }
    return isNew;
  }

  private static Map<String, String> expected(
      OutputMode mode, Map<String, String> oldRows, Map<String, String> newRows) {
    Map<String, String> rows = new TreeMap<>();
    if (mode == OutputMode.APPEND) {
      rows.putAll(oldRows);
    } else if (mode == OutputMode.OVERWRITE_PARTITIONS) {
      rows.put("p=1/q=1/a", "1");
    }
    rows.putAll(newRows);
    return rows;
  }

  /** Lets each change fail in turn: the run ends in order and the old output stands again. */
  @ParameterizedTest
  @EnumSource(
      value = OutputMode.class,
      names = {"OVERWRITE", "APPEND", "OVERWRITE_PARTITIONS"})
  void aFailedMoveIsTakenBack(OutputMode mode) throws IOException {
    Map<String, String> oldRows = Map.of("p=1/q=1/a", "1", "p=2/q=1/b", "2");
    Map<String, String> newRows = Map.of("p=2/q=1/c", "3", "p=3/q=1/d", "4");
    int failures = 0;
    for (int stop = 1; ; stop++) {
      startWith(mode, oldRows);
      int[] changes = {0};
      int fault = stop;
      Publisher run =
          publisher(
              NEW,
              mode,
              (change, path) -> {
                if (change.equals("move") && ++changes[0] == fault) {
                  throw new IOException("the store refuses");
                }
              });
      begin(run, NEW);
      stage(NEW, newRows);
      try {
        run.publish(manifest(NEW, "succeeded"), PublishingContract::noSession);
        run.release();
        break;
      } catch (IOException e) {
        failures++;
        run.abandon();
        run.release();
      }
      assertThat(visible()).as("rows after failure %d", stop).isEqualTo(oldRows);
      assertThat(read(new Path(out, "_lemma/manifest.json"))).contains(OLD);
      assertThat(names(folder)).containsExactly("out");
    }
    assertThat(failures).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aRunWhoseStagedRowsWereRemovedPublishesNothing() throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one"));
    Publisher run = publisher(NEW, OutputMode.OVERWRITE, (change, path) -> {});
    begin(run, NEW);
    stage(NEW, Map.of("part-2", "two"));
    // A run that takes another for dead removes this, and may give the lease back unnoticed.
    configuredFileSystem().delete(new Path(folder, ".out.lemma-" + NEW), true);

    LemmaException refused =
        catchThrowableOfType(
            LemmaException.class,
            () -> run.publish(manifest(NEW, "succeeded"), PublishingContract::noSession));

    assertThat(refused.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(visible()).containsExactly(Map.entry("part-1", "one"));
    run.abandon();
    run.release();
    assertThat(names(folder)).containsExactly("out");
  }

  @Test
  void aClaimOnALeaseThatIsLeftBehindIsRemoved() throws IOException {
    write(new Path(folder, ".out.lemma-lease-claim"), "{}");

    publish(NEW, OutputMode.ERROR, Map.of("part-1", "one"));

    assertThat(names(folder)).containsExactly("out");
  }

  /** Once the journal is written and its moves are made, the rows count: no failure may say no. */
  @ParameterizedTest
  @ValueSource(strings = {"draft", "delete"})
  void nothingFailsARunWhoseRowsAreThere(String refused) throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one"));
    boolean[] committed = {false};
    Publisher run =
        publisher(
            NEW,
            OutputMode.APPEND,
            (change, path) -> {
              // The manifest is what is moved last.
              committed[0] |= change.equals("move") && path.getName().equals("manifest.json");
              if (committed[0] && change.equals(refused)) {
                throw new IOException("the store refuses");
              }
            });
    begin(run, NEW);
    stage(NEW, Map.of("part-2", "two"));

    List<String> undone = run.publish(manifest(NEW, "succeeded"), PublishingContract::noSession);

    assertThat(undone).isNotEmpty();
    run.die();
    dropLease();
    assertThat(repairedIn(OutputMode.APPEND, Map.of(), Map.of("part-1", "one", "part-2", "two"), 0))
        .isTrue();
  }

  @Test
  void somethingForeignInTheGapIsNotDestroyed() throws IOException {
    publish(OLD, OutputMode.ERROR, Map.of("part-1", "one"));
    Publisher run = publisher(NEW, OutputMode.OVERWRITE, stopAtSecondMove());
    begin(run, NEW);
    stage(NEW, Map.of("part-2", "two"));
    assertThatThrownBy(() -> run.publish(manifest(NEW, "succeeded"), PublishingContract::noSession))
        .isInstanceOf(Killed.class);
    run.die();
    dropLease();
    write(new Path(out, "intruder"), "x");

    assertThatThrownBy(() -> publisher(NEXT, OutputMode.OVERWRITE, (c, p) -> {}).begin(line -> {}))
        .isInstanceOf(LemmaException.class);

    assertThat(read(new Path(out, "intruder"))).isEqualTo("x");
    assertThat(read(new Path(folder, ".out.lemma-" + NEW + ".old/part-1"))).isEqualTo("one");
    assertThat(read(new Path(folder, ".out.lemma-" + NEW + "/part-2"))).isEqualTo("two");
  }

  private static Storage.Probe stopAtSecondMove() {
    int[] moves = {0};
    return (change, path) -> {
      if (change.equals("move") && ++moves[0] == 2) {
        throw new Killed();
      }
    };
  }

  @Test
  void cleaningSparesOutputsWithLongerNames() throws IOException {
    Path other = new Path(folder, ".out.lemma-x.lemma-" + OLD + "/part-1");
    write(other, "of output out.lemma-x");

    publish(NEW, OutputMode.ERROR, Map.of("part-1", "one"));

    assertThat(read(other)).isEqualTo("of output out.lemma-x");
  }

  // --- what the tests are told in ---

  private void publish(String run, OutputMode mode, Map<String, String> rows) throws IOException {
    Publisher publisher = publisher(run, mode, (change, path) -> {});
    begin(publisher, run);
    stage(run, rows);
    publisher.publish(manifest(run, "succeeded"), PublishingContract::noSession);
    publisher.release();
  }

  private static void begin(Publisher publisher, String run) throws IOException {
    publisher.begin(line -> {});
    publisher.writeRunFile("manifest.json", manifest(run, "running"));
  }

  private Publisher publisher(String run, OutputMode mode, Storage.Probe probe) throws IOException {
    List<String> partitions =
        mode == OutputMode.OVERWRITE_PARTITIONS ? List.of("p", "q") : List.of();
    OutputConfig output =
        new OutputConfig(
            "parquet",
            Optional.of(out.toString()),
            Optional.empty(),
            mode,
            OptionalInt.empty(),
            partitions,
            Map.of());
    return Publisher.of(Optional.of(output), Optional.empty(), configuration(), run, SLOW, probe)
        .orElseThrow();
  }

  private void stage(String run, Map<String, String> rows) throws IOException {
    for (Map.Entry<String, String> row : rows.entrySet()) {
      write(new Path(folder, ".out.lemma-" + run + "/" + row.getKey()), row.getValue());
    }
  }

  private void dropLease() throws IOException {
    configuredFileSystem().delete(new Path(folder, ".out.lemma-lease"), false);
  }

  private static byte[] manifest(String run, String status) {
    return ("{\"run\": \"" + run + "\", \"job\": \"test\", \"status\": \"" + status + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static org.apache.spark.sql.SparkSession noSession() {
    throw new AssertionError("no session is needed to publish a folder");
  }

  private FileSystem configuredFileSystem() throws IOException {
    return folder.getFileSystem(configuration());
  }

  /** The rows as a reader finds them: relative name and content of each data file. */
  private Map<String, String> visible() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    tree(out)
        .forEach(
            (name, content) -> {
              if (List.of(name.split("/")).stream()
                  .noneMatch(part -> part.matches("_[^=]*|[.].*"))) {
                rows.put(name, content);
              }
            });
    return rows;
  }

  private Map<String, String> tree(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    FileSystem system = configuredFileSystem();
    if (!system.exists(root)) {
      return files;
    }
    for (FileStatus entry : system.listStatus(root)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        tree(entry.getPath()).forEach((inner, content) -> files.put(name + "/" + inner, content));
      } else {
        files.put(name, read(entry.getPath()));
      }
    }
    return files;
  }

  private List<String> names(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus entry : configuredFileSystem().listStatus(root)) {
      names.add(entry.getPath().getName());
    }
    names.sort(null);
    return names;
  }

  private void write(Path file, String content) throws IOException {
    if (file.toUri().getScheme().equals("file")) {
      // Hadoop starts a process for the permissions of each file.
      Files.createDirectories(Paths.get(file.getParent().toUri()));
      Files.writeString(Paths.get(file.toUri()), content);
      return;
    }
    try (FSDataOutputStream stream = configuredFileSystem().create(file, false)) {
      stream.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(Path file) throws IOException {
    try (FSDataInputStream stream = configuredFileSystem().open(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
