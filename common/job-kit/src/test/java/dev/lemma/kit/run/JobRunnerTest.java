// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.io.LeaseTiming;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

class JobRunnerTest {
  private static final LeaseTiming QUICK =
      new LeaseTiming(Duration.ofMillis(50), Duration.ofSeconds(10));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CANARY = "sW0rdf1sh-canary";

  @TempDir Path folder;
  private final SparkSession spark = SharedSpark.session();
  private Path out;

  /** What a run left: its code and what it said. */
  private record Ended(ExitCode code, String out, String err) {
    String lastLine() {
      String[] lines = err.strip().split("\n");
      return lines[lines.length - 1];
    }
  }

  @BeforeEach
  void place() {
    out = folder.resolve("out");
  }

  @Test
  void publishesRowsTablesRecordsAndReport() throws IOException {
    spark.range(30).write().parquet(folder.resolve("in").toString());
    Ended ended =
        run(
            (config, run) -> {
              run.input("input.path", folder.resolve("in").toString());
              Dataset<Row> rows =
                  run.spark().read().parquet(folder.resolve("in").toString()).toDF();
              run.phase("copy rows", () -> run.publication().write(rows));
              long written = run.phase("count", () -> run.publication().staged().count());
              run.publication()
                  .writeTable("summary", run.spark().range(1).selectExpr("id as answer"));
              run.publication().writeToRun("rejected", run.spark().range(2).toDF());
              run.rows(30, written, 0);
              run.metric("distortion", Map.of("p99", 0.19, "worst", Double.NaN));
              run.bits(Bits.ANY);
              run.warn("two rows look alike");
            },
            "output.partitions=3");

    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE);
    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(30);
    assertThat(dataFiles(out)).hasSize(3);
    assertThat(spark.read().parquet(out.resolve("_lemma/tables/summary").toString()).count())
        .isOne();
    JsonNode manifest = valid(out.resolve("_lemma/manifest.json"));
    assertThat(manifest.path("status").asText()).isEqualTo("succeeded");
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(manifest.path("rows").path("written").asLong()).isEqualTo(30);
    assertThat(manifest.path("metrics").path("distortion").path("worst").asText()).isEqualTo("NaN");
    assertThat(manifest.path("warnings").get(0).asText()).isEqualTo("two rows look alike");
    assertThat(manifest.path("inputs").get(0).path("files").asLong()).isPositive();
    assertThat(manifest.path("environment").has("blas")).isTrue();
    JsonNode copy = manifest.path("phases").get(0);
    assertThat(copy.path("name").asText()).isEqualTo("copy rows");
    assertThat(copy.path("rowsRead").asLong()).isEqualTo(30);
    assertThat(copy.path("rowsWritten").asLong()).isEqualTo(30);
    String id = manifest.path("run").asText();
    Path record = out.resolve("_lemma/runs").resolve(id);
    assertThat(valid(record.resolve("manifest.json"))).isEqualTo(manifest);
    assertThat(Files.readString(record.resolve("report.html"))).contains("two rows look alike");
    assertThat(spark.read().parquet(record.resolve("rejected").toString()).count()).isEqualTo(2);
    assertThat(ended.err()).contains("lemma scripted: copy rows: ").contains("30 rows written");
    assertThat(siblings()).containsExactlyInAnyOrder("in", "out");
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  @Test
  void existingOutputEndsWithCode4AndTouchesNothing() throws IOException {
    run((config, run) -> run.publication().write(numbers(run)));
    Map<String, String> before = tree(folder);

    Ended ended = run((config, run) -> run.publication().write(numbers(run)));

    assertThat(ended.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(ended.lastLine())
        .startsWith("lemma scripted: failed (exit code 4): ")
        .endsWith(
            "out: the output exists; choose another output.path, or set output.mode to overwrite"
                + " or append");
    assertThat(tree(folder)).isEqualTo(before);
  }

  @Test
  void dryRunWritesNothing() throws IOException {
    Map<String, String> before = tree(folder);
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();

    Bound<ScriptedConfig> bound = load();
    ExitCode code =
        JobRunner.run(
            new ScriptedJob((config, run) -> {}),
            bound.config(),
            bound.resolved(),
            RunMode.DRY_RUN,
            new PrintStream(stdout, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            QUICK);

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(stdout.toString(StandardCharsets.UTF_8))
        .contains("output.path = ")
        .contains("k       334  (share 0.99 at eps 0.2)")
        .contains("output  ready to be written");
    assertThat(tree(folder)).isEqualTo(before);
  }

  @Test
  void failedGatePublishesNothingButKeepsTheRecord() throws IOException {
    run((config, run) -> run.publication().write(numbers(run)));
    Map<String, String> rows = dataFiles(out);

    Ended ended =
        run(
            (config, run) -> {
              run.publication().write(numbers(run).limit(1));
              run.gate(
                  Problem.of("distortion", "share 0.91 is below 0.99", "raise k, or lower share"));
            },
            "output.mode=overwrite");

    assertThat(ended.code()).isEqualTo(ExitCode.GATE);
    assertThat(ended.lastLine())
        .isEqualTo(
            "lemma scripted: failed (exit code 5): distortion: share 0.91 is below 0.99; raise k,"
                + " or lower share");
    assertThat(dataFiles(out)).isEqualTo(rows);
    JsonNode record = valid(latestRecord());
    assertThat(record.path("status").asText()).isEqualTo("rejected");
    assertThat(record.path("exitCode").asInt()).isEqualTo(5);
    assertThat(record.path("error").path("hint").asText()).isEqualTo("raise k, or lower share");
    assertThat(valid(out.resolve("_lemma/manifest.json")).path("status").asText())
        .isEqualTo("succeeded");
    assertThat(siblings()).containsExactly("out");
  }

  /** One mistake, the code it ends with, and the last line on stderr behind the job's name. */
  private record Mistake(String name, ScriptedJob.Script script, ExitCode code, String line) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            "no such input",
            (config, run) -> run.phase("read", () -> run.spark().read().parquet("/no/such").show()),
            ExitCode.INPUT,
            "failed in phase read (exit code 3): file:/no/such: the path does not exist; check it"),
        new Mistake(
            "no such column",
            (config, run) -> run.spark().range(3).select("idd").count(),
            ExitCode.INPUT,
            "failed (exit code 3): `idd`: the input has no such column; it has `id`"),
        new Mistake(
            "no such table",
            (config, run) -> run.spark().table("nowhere").count(),
            ExitCode.INPUT,
            "failed (exit code 3): `nowhere`: the catalog has no such table; check its name and the"
                + " session's catalog"),
        new Mistake(
            "no such source",
            (config, run) -> run.spark().read().format("excel2").load("x"),
            ExitCode.INPUT,
            "failed (exit code 3): excel2: no such data source is on the class path; check the"
                + " spelling, or hand its jar to spark-submit with --packages"),
        new Mistake(
            "a value that is no number",
            (config, run) ->
                run.publication()
                    .write(
                        run.spark()
                            .range(3)
                            .selectExpr("concat('" + CANARY + "', id) as s")
                            .selectExpr("cast(s as double) as x")),
            ExitCode.INPUT,
            "failed (exit code 3): a value of the input does not fit its use (\"STRING\" to"
                + " \"DOUBLE\"), says Spark: CAST_INVALID_INPUT; clean the column, or read it as"
                + " another type"),
        new Mistake(
            "a row that a data base refuses",
            (config, run) -> {
              String text = "Batch entry 0 INSERT INTO t VALUES ('" + CANARY + "') was aborted";
              throw new IllegalStateException(
                  "Lost task 0.0: java.sql.BatchUpdateException: " + text,
                  new BatchUpdateException(text, "23505", 7, new int[0], new IOException(CANARY)));
            },
            ExitCode.INPUT,
            "failed (exit code 3): the data base refuses: BatchUpdateException, SQLState 23505,"
                + " code 7; check url, table and rights; what the state means, its manual tells"),
        new Mistake(
            "a refused row of which only Spark's words are left",
            (config, run) -> {
              throw new IllegalStateException(
                  "Lost task 0.0: java.sql.BatchUpdateException: VALUES ('" + CANARY + "')");
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): IllegalStateException: what a data base said is not repeated, as"
                + " it may quote rows; error.txt in the run's folder has the whole story"),
        new Mistake(
            "a full disk",
            (config, run) -> {
              throw new IOException("No space left on device");
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): a disk is full; make room at the output, in spark.local.dir and"
                + " in the temporary folder; then run again"),
        new Mistake(
            "a master that cannot be reached",
            (config, run) -> {
              throw new IllegalStateException("Cannot call methods on a stopped SparkContext.\n");
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): Spark has ended before the run; the log says why: the cluster"
                + " manager cannot be reached (check --master), or has ended the application; then"
                + " run again"),
        new Mistake(
            "a file system that takes nothing",
            (config, run) -> {
              throw new FileSystemException("/mnt/.out.lemma-lease", null, "Read-only file system");
            },
            ExitCode.INPUT,
            "failed (exit code 3): nothing can be written there: /mnt/.out.lemma-lease: Read-only"
                + " file system; choose another output.path, or have the file system mounted for"
                + " writing"),
        new Mistake(
            "memory",
            (config, run) -> {
              throw new OutOfMemoryError("Java heap space");
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): memory ran out; give the driver or the executors more"
                + " (--driver-memory, --executor-memory; bin/lemma on this machine: LEMMA_HEAP), or"
                + " use more and smaller partitions"),
        new Mistake(
            "memory that ran out while a file was read",
            (config, run) -> {
              throw new SparkException(
                  "FAILED_READ_FILE.NO_HINT",
                  scala.collection.immutable.Map.from(
                      CollectionConverters.asScala(Map.of("path", "/data/part-1"))),
                  new IOException(new OutOfMemoryError("Java heap space")));
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): memory ran out; give the driver or the executors more"
                + " (--driver-memory, --executor-memory; bin/lemma on this machine: LEMMA_HEAP), or"
                + " use more and smaller partitions"),
        new Mistake(
            "a heap too small for Spark",
            (config, run) -> {
              throw new SparkException(
                  "INVALID_DRIVER_MEMORY",
                  scala.collection.immutable.Map.from(
                      CollectionConverters.asScala(
                          Map.of(
                              "systemMemory", "314572800",
                              "minSystemMemory", "471859200",
                              "config", "spark.driver.memory"))),
                  null);
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): Spark does not start with so little memory: 314572800 bytes, at"
                + " least 471859200; give the driver more (--driver-memory; bin/lemma on this"
                + " machine: LEMMA_HEAP)"),
        new Mistake(
            "a file that went away",
            (config, run) -> {
              throw new FileNotFoundException("/data/part-1");
            },
            ExitCode.INPUT,
            "failed (exit code 3): a file is not there: /data/part-1; check the path; if another"
                + " job rewrote the input meanwhile, run again"),
        new Mistake(
            "a bug",
            (config, run) -> {
              throw new ArithmeticException("/ by zero\nsecond line");
            },
            ExitCode.UNEXPECTED,
            "failed (exit code 1): ArithmeticException: / by zero; error.txt in the run's folder"
                + " has the whole story"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesEndWithTheirCodeAndOneLine(Mistake mistake) throws IOException {
    Ended ended = run(mistake.script());

    assertThat(ended.lastLine()).isEqualTo("lemma scripted: " + mistake.line());
    assertThat(ended.code()).isEqualTo(mistake.code());
    JsonNode record = valid(latestRecord());
    assertThat(record.path("status").asText()).isEqualTo("failed");
    assertThat(record.path("exitCode").asInt()).isEqualTo(mistake.code().code());
    assertThat(out.resolve("_lemma/manifest.json")).doesNotExist();
    assertThat(dataFiles(out)).isEmpty();
    assertThat(siblings()).containsExactly("out");
    assertThat(Files.exists(latestRecord().resolveSibling("error.txt")))
        .isEqualTo(mistake.code() == ExitCode.UNEXPECTED);
    // A value of a row is nobody's business but the row's.
    assertThat(String.join("\n", tree(folder).values())).doesNotContain(CANARY);
    assertThat(ended.err()).doesNotContain(CANARY);
  }

  @Test
  void outputThatOverlapsAnInputByLinkOrPatternIsRefusedBeforeAnythingIsWritten()
      throws IOException {
    spark.range(3).write().parquet(folder.resolve("data/in").toString());
    // The configuration compares texts; what only the file system knows is found out here.
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
    Map<String, String> before = tree(folder);
    for (String place : List.of("data/in", "link/in", "link/in/deeper", "link")) {
      Ended ended =
          run(
              (config, run) -> run.publication().write(numbers(run)),
              "input.path=" + folder.resolve("data/i*"),
              "output.path=" + folder.resolve(place),
              "output.mode=overwrite");

      assertThat(ended.code()).as(place).isEqualTo(ExitCode.USAGE);
      assertThat(ended.lastLine()).contains("choose an output apart from every input");
    }
    assertThat(tree(folder)).isEqualTo(before);
  }

  @Test
  void anInputFoundOnTheWayThatOverlapsLeavesNoTrace() throws IOException {
    Ended ended = run((config, run) -> run.input("model", out.resolve("_lemma").toString()));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(siblings()).isEmpty();
  }

  @Test
  void appendMeetsTheSameSpecificationAndSchemaOnly() throws IOException {
    run(
        (config, run) -> {
          run.publication().requireSame("specification", "abc");
          run.publication().write(numbers(run));
        });

    Ended other =
        run(
            (config, run) -> run.publication().requireSame("specification", "abd"),
            "output.mode=append");
    Ended columns =
        run(
            (config, run) -> run.publication().write(run.spark().range(1).toDF("other")),
            "output.mode=append");
    Ended good =
        run(
            (config, run) -> {
              run.publication().requireSame("specification", "abc");
              run.publication().write(numbers(run));
            },
            "output.mode=append");

    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.lastLine()).contains("were made with another specification");
    assertThat(columns.code()).isEqualTo(ExitCode.INPUT);
    assertThat(columns.lastLine()).contains("were made with another schema");
    assertThat(good.code()).as(good.err()).isEqualTo(ExitCode.DONE);
    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(20);
    assertThat(valid(out.resolve("_lemma/manifest.json")).path("output").path("runs")).hasSize(2);
  }

  @Test
  void overwritePartitionsReplacesThoseWritten() throws IOException {
    run(
        (config, run) ->
            run.publication().write(run.spark().range(10).selectExpr("id", "id % 2 as p")),
        "output.partition-by=[p]");

    Ended ended =
        run(
            (config, run) ->
                run.publication().write(run.spark().range(3).selectExpr("id", "1L as p")),
            "output.partition-by=[p]",
            "output.mode=overwrite-partitions");

    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE);
    Dataset<Row> rows = spark.read().parquet(out.toString());
    assertThat(rows.where("p = 0").count()).isEqualTo(5);
    assertThat(rows.where("p = 1").count()).isEqualTo(3);
  }

  @Test
  void tablesOfTheCatalogKeepTheirRecordsInTheNamedFolder() throws IOException {
    String[] keys = {"output.table=lemma_runner_test", "manifest=" + folder.resolve("records")};
    spark.sql("drop table if exists lemma_runner_test");
    try {
      Ended first = run((config, run) -> run.publication().write(numbers(run)), keys);
      assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
      assertThat(spark.table("lemma_runner_test").count()).isEqualTo(10);
      assertThat(valid(folder.resolve("records/manifest.json")).path("status").asText())
          .isEqualTo("succeeded");
      Map<String, String> before = tree(folder);

      Ended second = run((config, run) -> run.publication().write(numbers(run)), keys);
      assertThat(second.code()).isEqualTo(ExitCode.OUTPUT);
      assertThat(tree(folder)).isEqualTo(before);

      Ended third =
          run(
              (config, run) -> run.publication().write(numbers(run)),
              keys[0],
              keys[1],
              "output.mode=append");
      assertThat(third.code()).as(third.err()).isEqualTo(ExitCode.DONE);
      assertThat(spark.table("lemma_runner_test").count()).isEqualTo(20);
      assertThat(siblings()).containsExactly("records");
    } finally {
      spark.sql("drop table if exists lemma_runner_test");
    }
  }

  /** Formats that publish by themselves, as Delta does: one of Spark's own that keeps nothing. */
  @Test
  void aFormatsOwnFolderIsNotWrittenIntoUnasked() throws IOException {
    Path place = folder.resolve("place");
    String[] keys = {
      "output.format=noop", "output.path=" + place, "manifest=" + folder.resolve("records")
    };
    Files.createDirectory(place);
    // Nothing is there: the format itself is asked, which has its own opinion of this mode.
    Ended first = run((config, run) -> run.publication().write(numbers(run)), keys);
    assertThat(first.err()).contains("UNSUPPORTED_DATA_SOURCE_SAVE_MODE");

    Files.createFile(place.resolve("somebodys"));
    Ended second = run((config, run) -> run.publication().write(numbers(run)), keys);
    assertThat(second.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(second.err()).contains("the output exists; choose another output.path");

    Ended third =
        run(
            (config, run) -> run.publication().write(numbers(run)),
            keys[0],
            keys[1],
            keys[2],
            "output.mode=append");
    assertThat(third.code()).as(third.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void dataBaseTablesArePublishedLikeTablesOfTheCatalog() throws IOException {
    Path file = folder.resolve("job.conf");
    Files.writeString(
        file,
        "output { format = jdbc, table = numbers, options { url ="
            + " \"jdbc:derby:memory:runner;create=true\" } }\nmanifest = \""
            + folder.resolve("records")
            + "\"\n");

    assertThat(runWith(file, (config, run) -> run.publication().write(numbers(run))).code())
        .isEqualTo(ExitCode.DONE);
    Map<String, String> before = tree(folder);
    Ended second = runWith(file, (config, run) -> run.publication().write(numbers(run)));
    Ended third =
        runWith(
            file,
            (config, run) -> run.publication().write(numbers(run)),
            "manifest=" + folder.resolve("other"));

    assertThat(second.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(third.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(third.lastLine()).contains("numbers: the output table exists");
    assertThat(tree(folder)).isEqualTo(before);
    Ended more =
        runWith(file, (config, run) -> run.publication().write(numbers(run)), "output.mode=append");
    assertThat(more.code()).as(more.err()).isEqualTo(ExitCode.DONE);
    // The input names it by the same two keys.
    Files.writeString(
        file,
        "input { format = jdbc, table = numbers, options { url = \"jdbc:derby:memory:runner\" } }\n"
            + "output.path = \""
            + out
            + "\"\n");
    Ended read =
        runWith(
            file,
            (config, run) ->
                run.publication().write(Source.read(run.spark(), config.input().orElseThrow())));
    assertThat(read.code()).as(read.err()).isEqualTo(ExitCode.DONE);
    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(20);
  }

  /** As docs/running.md warns: a data base keeps what it took before it refused a row. */
  @Test
  void anAppendToADataBaseThatFailsHalfwayIsRepeatedByTheNext() throws Exception {
    String url = "jdbc:derby:memory:halfway;create=true";
    Path file = folder.resolve("job.conf");
    Files.writeString(
        file,
        "output { format = jdbc, table = halfway, mode = append\n  options { url = \""
            + url
            + "\", batchsize = 1, isolationLevel = NONE } }\nmanifest = \""
            + out.resolve("_lemma")
            + "\"\n");
    ScriptedJob.Script append =
        (config, run) -> run.publication().write(run.spark().range(0, 10, 1, 1).toDF("n"));
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement()) {
      sql.execute("create table halfway (\"n\" bigint constraint below check (\"n\" < 5))");

      Ended refused = runWith(file, append);
      assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.INPUT);
      assertThat(refused.lastLine()).contains("the data base refuses");
      assertThat(valid(latestRecord()).path("status").asText()).isEqualTo("failed");
      assertThat(rows(sql)).isEqualTo(5);

      sql.execute("alter table halfway drop constraint below");
      Ended again = runWith(file, append);
      assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
      assertThat(rows(sql)).isEqualTo(15);
    }
  }

  private static long rows(Statement sql) throws SQLException {
    try (ResultSet count = sql.executeQuery("select count(*) from halfway")) {
      count.next();
      return count.getLong(1);
    }
  }

  @Test
  void aFullDiskLeavesTheOldOutputWhole() throws IOException {
    spark.sparkContext().hadoopConfiguration().set("fs.brim.impl", BrimFileSystem.class.getName());
    String place = "output.path=brim://" + out;
    BrimFileSystem.room(Long.MAX_VALUE);
    Ended first = run((config, run) -> run.publication().write(numbers(run)), place);
    assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
    Map<String, String> rows = dataFiles(out);

    BrimFileSystem.room(20_000);
    Ended ended =
        run(
            (config, run) ->
                run.phase(
                    "write", () -> run.publication().write(run.spark().range(1_000_000).toDF("n"))),
            place,
            "output.mode=overwrite");
    BrimFileSystem.room(Long.MAX_VALUE);

    assertThat(ended.code()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(ended.lastLine()).contains("in phase write (exit code 1): a disk is full");
    assertThat(dataFiles(out)).isEqualTo(rows);
    assertThat(siblings()).containsExactly("out");
  }

  @Test
  void theOutcomeIsWrittenInTheRoomThatStagedRowsLeave() throws IOException {
    spark.sparkContext().hadoopConfiguration().set("fs.brim.impl", BrimFileSystem.class.getName());
    Ended ended =
        run(
            (config, run) -> {
              run.publication().write(run.spark().range(100_000).toDF("n"));
              BrimFileSystem.room(0);
              throw new ArithmeticException("after the last byte was used");
            },
            "output.path=brim://" + out);
    BrimFileSystem.room(Long.MAX_VALUE);

    assertThat(ended.lastLine()).endsWith("error.txt in the run's folder has the whole story");
    assertThat(valid(latestRecord()).path("status").asText()).isEqualTo("failed");
    assertThat(latestRecord().resolveSibling("error.txt")).isNotEmptyFile();
  }

  @Test
  void aTraceThatCouldNotBeKeptIsNotReferredTo() throws IOException {
    spark.sparkContext().hadoopConfiguration().set("fs.brim.impl", BrimFileSystem.class.getName());
    Ended ended =
        run(
            (config, run) -> {
              BrimFileSystem.room(0);
              throw new ArithmeticException("nothing is staged that could make room");
            },
            "output.path=brim://" + out);
    BrimFileSystem.room(Long.MAX_VALUE);

    assertThat(ended.lastLine())
        .isEqualTo(
            "lemma scripted: failed (exit code 1): ArithmeticException: nothing is staged that could"
                + " make room; the log has the whole story");
    assertThat(latestRecord().resolveSibling("error.txt")).isEmptyFile();
  }

  @Test
  void aLeaseThatCannotBeDeletedDoesNotFailARunWhoseRowsAreThere() throws IOException {
    spark.sparkContext().hadoopConfiguration().set("fs.brim.impl", BrimFileSystem.class.getName());
    BrimFileSystem.refuse(change -> change.startsWith("delete") && change.endsWith("-lease"));
    Ended ended;
    try {
      ended =
          run((config, run) -> run.publication().write(numbers(run)), "output.path=brim://" + out);
    } finally {
      BrimFileSystem.refuse(change -> false);
    }

    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE);
    assertThat(ended.err()).contains("warning: the lease could not be deleted");
    assertThat(valid(latestRecord()).path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void aRollbackThatFailsLeavesTheRestToTheNextRun() throws IOException {
    spark.sparkContext().hadoopConfiguration().set("fs.brim.impl", BrimFileSystem.class.getName());
    String place = "output.path=brim://" + out;
    run((config, run) -> run.publication().write(numbers(run)), place);
    // The old output goes aside; then neither the new one nor the old one can take its place.
    BrimFileSystem.refuse(
        change -> change.startsWith("rename") && change.contains(".lemma-") && !Files.exists(out));
    Ended failed;
    try {
      failed =
          run(
              (config, run) -> run.publication().write(run.spark().range(3).toDF("n")),
              place,
              "output.mode=overwrite");
    } finally {
      BrimFileSystem.refuse(change -> false);
    }
    assertThat(failed.code()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(out).doesNotExist();

    Ended next =
        run(
            (config, run) -> run.publication().write(run.spark().range(4).toDF("n")),
            place,
            "output.mode=append");

    assertThat(next.code()).as(next.err()).isEqualTo(ExitCode.DONE);
    assertThat(spark.read().parquet(out.toString()).count()).isEqualTo(7);
    assertThat(siblings()).containsExactly("out");
  }

  @Test
  void aDataBaseThatCannotBeReachedIsToldInAManifest() throws IOException {
    Path file = folder.resolve("job.conf");
    Files.writeString(
        file,
        "output { format = jdbc, options { url = \"jdbc:derby:memory:nowhere\", dbtable = numbers"
            + " } }\nmanifest = \""
            + out.resolve("_lemma")
            + "\"\n");

    Ended ended = runWith(file, (config, run) -> run.publication().write(numbers(run)));

    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.INPUT);
    assertThat(ended.lastLine()).contains("output.options.url: the data base cannot be reached");
    assertThat(valid(latestRecord()).path("exitCode").asInt()).isEqualTo(3);
  }

  @Test
  void anEmptyFolderOfTheUserStaysWhenARunLeavesNoTrace() throws IOException {
    Files.createDirectories(out);

    run((config, run) -> run.input("model", out.resolve("_lemma").toString()));

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void secretsAppearNowhere() throws IOException {
    Path file = folder.resolve("job.conf");
    Files.writeString(
        file,
        "input { format = jdbc, options { url = \"jdbc:x://user:"
            + CANARY
            + "@host/db\", password ="
            + " \""
            + CANARY
            + "\" } }\n");
    Bound<ScriptedConfig> bound =
        ConfigLoader.of(List.of(file.toString()), List.of("output.path=" + out))
            .load(ScriptedConfig.class);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);

    ExitCode code =
        JobRunner.run(
            new ScriptedJob(
                (config, run) -> {
                  run.warn("connecting with " + CANARY);
                  run.metric("url", config.input().orElseThrow().options().get("url"));
                  throw new IllegalStateException(
                      "cannot connect to jdbc:x://user:" + CANARY + "@host/db?password=" + CANARY,
                      new IOException("refused: " + CANARY));
                }),
            bound.config(),
            bound.resolved(),
            RunMode.RUN,
            stream,
            stream,
            QUICK);

    assertThat(code).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("***").doesNotContain(CANARY);
    Files.delete(file);
    assertThat(String.join("\n", tree(folder).values())).contains("***").doesNotContain(CANARY);
  }

  @Test
  void twoRunsAtOnceKeepApart() throws Exception {
    Thread[] second = new Thread[1];
    List<Ended> ends = new ArrayList<>();
    Ended first =
        run(
            (config, run) -> {
              second[0] = new Thread(() -> ends.add(run((c, r) -> {}, "output.mode=overwrite")));
              second[0].start();
              second[0].join();
              run.publication().write(numbers(run));
            },
            "output.mode=overwrite");

    assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
    assertThat(ends.get(0).code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(ends.get(0).lastLine()).contains("the output is leased by run ");
    assertThat(siblings()).containsExactly("out");
  }

  @Test
  void aRunThatLostItsLeaseStopsBeforePublishing() throws IOException {
    Ended ended =
        run(
            (config, run) -> {
              run.publication().write(numbers(run));
              Files.writeString(
                  folder.resolve(".out.lemma-lease"),
                  "{\"run\":\"20990101T000000Z-zzzzzz\",\"host\":\"h\",\"pid\":1,\"beat\":1}");
            });

    assertThat(ended.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(ended.lastLine()).contains("was lost to run 20990101T000000Z-zzzzzz");
    assertThat(out.resolve("_lemma/manifest.json")).doesNotExist();
    assertThat(siblings()).containsExactlyInAnyOrder(".out.lemma-lease", "out");
  }

  // --- what the tests are told in ---

  private static Dataset<Row> numbers(Run run) {
    return run.spark().range(10).toDF("n");
  }

  private Bound<ScriptedConfig> load(String... keys) {
    List<String> words = new ArrayList<>();
    if (Arrays.stream(keys)
        .noneMatch(key -> key.startsWith("output.path") || key.startsWith("output.table"))) {
      words.add("output.path=" + out);
    }
    words.addAll(List.of(keys));
    return ConfigLoader.of(List.of(), words).load(ScriptedConfig.class);
  }

  private Ended runWith(Path file, ScriptedJob.Script script, String... keys) {
    return run(
        ConfigLoader.of(List.of(file.toString()), List.of(keys)).load(ScriptedConfig.class),
        script);
  }

  private Ended run(ScriptedJob.Script script, String... keys) {
    return run(load(keys), script);
  }

  private static Ended run(Bound<ScriptedConfig> bound, ScriptedJob.Script script) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    ExitCode code =
        JobRunner.run(
            new ScriptedJob(script),
            bound.config(),
            bound.resolved(),
            RunMode.RUN,
            new PrintStream(stdout, true, StandardCharsets.UTF_8),
            new PrintStream(stderr, true, StandardCharsets.UTF_8),
            QUICK);
    return new Ended(
        code, stdout.toString(StandardCharsets.UTF_8), stderr.toString(StandardCharsets.UTF_8));
  }

  /** The manifest in a file, which must follow the schema that ships with the suite. */
  static JsonNode valid(Path file) throws IOException {
    JsonNode manifest = JSON.readTree(file.toFile());
    try (InputStream schema = JobRunner.class.getResourceAsStream("/lemma-manifest.schema.json")) {
      JsonSchema rules =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
      assertThat(rules.validate(manifest)).as(manifest.toPrettyString()).isEmpty();
    }
    return manifest;
  }

  private Path latestRecord() throws IOException {
    try (Stream<Path> runs = Files.list(out.resolve("_lemma/runs"))) {
      List<Path> sorted = runs.toList();
      Path latest = sorted.get(0);
      for (Path run : sorted) {
        if (Files.getLastModifiedTime(run).compareTo(Files.getLastModifiedTime(latest)) > 0) {
          latest = run;
        }
      }
      return latest.resolve("manifest.json");
    }
  }

  private List<String> siblings() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Map<String, String> dataFiles(Path root) throws IOException {
    Map<String, String> files = tree(root);
    files
        .keySet()
        .removeIf(
            name ->
                Arrays.stream(name.split("/"))
                    .anyMatch(part -> part.startsWith("_") || part.startsWith(".")));
    return files;
  }

  /** Every file by its relative name, with its content, one byte a character. */
  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(root)) {
      return files;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  files.put(
                      root.relativize(file).toString(),
                      new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return files;
  }

  /** On this machine a task that runs out of memory fails its run, and does not end the process. */
  @Test
  void onlyExecutorsOfAClusterEndThemselvesWithoutMemory() {
    String key = "spark.executor.killOnFatalError.depth";
    for (String master : List.of("local", "local[4]", "local[*, 2]")) {
      assertThat(Session.conf("job", Map.of("spark.master", master)).get(key)).isEqualTo("0");
    }
    for (String master : List.of("local-cluster[2,1,1024]", "yarn", "spark://gate:7077")) {
      assertThat(Session.conf("job", Map.of("spark.master", master)).contains(key)).isFalse();
    }
  }
}
