// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.function.PrimeCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job on the shared session, whose only executor is the driver. */
class SelfcheckJobTest {
  private static final Place LOST = new Place("99", "nowhere");

  @TempDir static Path folder;

  private static JobCall call(String... words) {
    return JobCall.of(new SelfcheckJob(), words);
  }

  @Test
  void aRunTellsAnswersAndRatesOfTheOnlyExecutor() throws IOException {
    Path output = folder.resolve("checked");
    JobCall call = call("output.path=" + output, "volume=1MB", "primes=1000");
    assertThat(call.code()).as(() -> String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .startsWith("SELFCHECK: 1 executor on 1 host, ")
        .contains(" answers right, 0 wrong; no executor is at fault\n");
    List<Row> rows =
        SharedSpark.session()
            .read()
            .schema(Reading.SCHEMA)
            .parquet(output.toString())
            .collectAsList();
    List<Reading> readings = rows.stream().map(Reading::of).toList();
    assertThat(readings)
        .allMatch(reading -> reading.place().executor().equals(Place.DRIVER))
        .noneMatch(reading -> reading.status() == Status.WRONG);
    assertThat(readings)
        .filteredOn(reading -> reading.check().equals("sum of primes to 1,000"))
        .singleElement()
        .satisfies(total -> assertThat(total.found()).isEqualTo("168 primes of sum 76127"));
    assertThat(readings)
        .filteredOn(reading -> reading.check().equals("colourings of the cross"))
        .singleElement()
        .satisfies(total -> assertThat(total.found()).isEqualTo("27216"));
    assertThat(readings.stream().filter(reading -> reading.demand() == Demand.RATE))
        .extracting(Reading::check)
        .containsExactlyInAnyOrder(
            Gauges.BLAS,
            Gauges.LOOPS,
            Gauges.PROJECTION,
            Gauges.MEMORY,
            LocalDisk.WRITE,
            LocalDisk.READ,
            "sieve",
            "colourings",
            Shuffle.RATE,
            InputScan.RATE);
    assertThat(readings.stream().filter(reading -> reading.demand() == Demand.RATE))
        .allMatch(reading -> reading.value() > 0 && reading.value() < 1e14);
    JsonNode metrics = JobCall.manifest(output).path("metrics");
    assertThat(metrics.path("executors").asInt()).isOne();
    assertThat(metrics.path("answers-wrong").asInt()).isZero();
    assertThat(metrics.path("answers-right").asInt()).isGreaterThan(20);
    assertThat(metrics.path("rates").path("memory scan").path("unit").asText()).isEqualTo("B/s");
    assertThat(output.resolve("_lemma/checkpoint")).as("rows of its own").doesNotExist();
    assertThat(Files.readString(output.resolve("_lemma/report.html")))
        .contains("executor examined", "projection, sign");
  }

  @Test
  void tooFewExecutorsAreToldWithTheirNumber() {
    assertThat(Survey.tooFew("too few have registered within 2 min 0 s", 1, 2).line())
        .isEqualTo(
            "executors: too few have registered within 2 min 0 s: found 1, expected at least 2; see"
                + " the cluster manager for what it could not start, or raise patience");
  }

  @Test
  void whoIsLostIsToldWithSparksReason() {
    assertThat(Survey.lost(LOST, "Command exited with code 137", 1, 2).line())
        .isEqualTo(
            "executor 99 on nowhere: was lost, and of the executors examined too few are left (1,"
                + " not 2): found Command exited with code 137; see its log, and the cluster"
                + " manager's, for why it ended");
    assertThat(Executors.farewell(SharedSpark.session().sparkContext(), LOST)).isEmpty();
  }

  @Test
  void whoComesTooLateIsToldByNameOrNumber() {
    assertThat(Survey.late(List.of(LOST)))
        .isEqualTo("executor 99 on nowhere came too late to be examined");
    assertThat(Survey.late(List.of(LOST, LOST, LOST)))
        .isEqualTo("3 executors came too late to be examined");
  }

  @Test
  void whoStaysSilentEndsTheRunAndNothingWaitsForIt() {
    Path output = folder.resolve("silent");
    JobCall call = call("output.path=" + output, "volume=1MB", "patience=1ms");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .startsWith("lemma selfcheck: failed (exit code 5): the driver on ")
        .endsWith(
            ": has not answered within 1 ms; look for its log and its host's load; raise patience if it is only"
                + " slow to answer");
    assertThat(call.warnings())
        .containsExactly(
            "work for all executors together was left out, since not all of them answer");
    assertThat(JobCall.lastRun(output).path("status").asText()).isEqualTo("rejected");
  }

  @Test
  void anExecutorThatNeverAnswersIsNamedAndKeepsNobodyElseWaiting() throws Exception {
    SparkContext context = SharedSpark.session().sparkContext();
    Place here = Executors.registered(context).get(0);
    Errand.Task task = place -> List.of(Reading.rate(place, "steps", 1, "steps/s"));
    Errand.Outcome outcome = Errand.run(context, List.of(LOST, here), task, Duration.ofSeconds(30));
    assertThat(outcome.answers()).extracting(Errand.Answer::place).containsExactly(here);
    assertThat(outcome.lost()).containsExactly(LOST);
    Errand.Task sleeper =
        place -> {
          try {
            Thread.sleep(1500);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    Errand.Outcome silent = Errand.run(context, List.of(here), sleeper, Duration.ofMillis(200));
    assertThat(silent.silent()).containsExactly(here);
    Errand.Task faulty =
        place -> {
          throw new IllegalStateException("no such library");
        };
    Errand.Outcome failed = Errand.run(context, List.of(here), faulty, Duration.ofSeconds(30));
    assertThat(failed.failures().get(here)).contains("no such library");
  }

  /** With speculation: an empty answer of the copy would end the task that it is a copy of. */
  @Test
  void aCopyOfATaskWaitsUntilItIsKilled() throws Exception {
    assertThat(Errand.elsewhere(attempt(0))).isEmpty();
    TaskContextImpl copy = attempt(1);
    CompletableFuture<List<Row>> answer = new CompletableFuture<>();
    Thread task =
        new Thread(
            () -> {
              try {
                answer.complete(Errand.elsewhere(copy));
              } catch (InterruptedException e) {
                answer.completeExceptionally(e);
              }
            });
    task.start();
    assertThatThrownBy(() -> answer.get(150, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    copy.markInterrupted("another attempt succeeded");
    assertThat(answer.get(30, TimeUnit.SECONDS)).isEmpty();
  }

  private static TaskContextImpl attempt(int number) {
    return new TaskContextImpl(
        0,
        0,
        0,
        0,
        number,
        1,
        null,
        new Properties(),
        null,
        TaskMetrics.empty(),
        1,
        scala.collection.immutable.Map$.MODULE$.empty());
  }

  @Test
  void aWrongShareOfCommonWorkIsTracedToItsExecutor() {
    SparkContext context = SharedSpark.session().sparkContext();
    Place here = Executors.registered(context).get(0);
    Verdict verdict = Verdict.of(KnownAnswersTest.broken().run(context, here), List.of(), 10);
    assertThat(verdict.problems()).hasSize(1);
    assertThat(verdict.problems().get(0).where()).isEqualTo(here.toString());
    assertThat(verdict.problems().get(0).found())
        .isEqualTo(
            "whole numbers, its share = 124 primes of sum 7743 from 0 to 124 instead of 125 primes"
                + " of sum 7750, not right");
  }

  @Test
  void aTotalThatAllGetWrongIsToldOfAll() {
    SparkContext context = SharedSpark.session().sparkContext();
    Place driver = new Place(Place.DRIVER, "gate");
    SharedWork alike =
        new SharedWork(
            "ones", "ones", 100, new PrimeCount(100, 0), (from, to) -> new PrimeCount(1, 0));
    Verdict verdict = Verdict.of(alike.run(context, driver), List.of(), 10);
    assertThat(verdict.problems()).hasSize(1);
    assertThat(verdict.problems().get(0).where()).isEqualTo("all executors");
    assertThat(verdict.problems().get(0).found())
        .startsWith("ones = ")
        .endsWith(", each part as the driver computes it, not 100");
  }

  private static CommonWork common(String patience) {
    SelfcheckConfig config =
        ConfigLoader.of(List.of(), List.of("patience=" + patience))
            .load(SelfcheckConfig.class)
            .config();
    return new CommonWork(config, SharedSpark.session().sparkContext(), 1);
  }

  @Test
  void workOfAllThatBreaksIsToldAndTheRestGoesOn() throws Exception {
    SharedWork broken =
        new SharedWork(
            "nothing",
            "nothing",
            10,
            PrimeCount.NONE,
            (from, to) -> {
              throw new NoClassDefFoundError("dev/lemma/Nothing");
            });
    CommonWork work = common("1m");
    work.share(broken);
    work.share(broken);
    List<Problem> faults = work.faults();
    assertThat(faults).hasSize(2);
    assertThat(faults.get(0).where()).isEqualTo("all executors");
    assertThat(faults.get(0).what())
        .isEqualTo("nothing by all of them together broke, though each answers by itself");
    assertThat(faults.get(0).found()).contains("NoClassDefFoundError: dev/lemma/Nothing");
  }

  @Test
  void workOfAllThatDoesNotEndIsGivenUpAndNoMoreOfItBegun() throws Exception {
    SharedWork endless =
        new SharedWork(
            "eternity",
            "nothing",
            10,
            PrimeCount.NONE,
            (from, to) -> {
              while (!TaskContext.get().isInterrupted()) {
                Thread.onSpinWait();
              }
              return PrimeCount.NONE;
            });
    SparkContext context = SharedSpark.session().sparkContext();
    Place here = Executors.registered(context).get(0);
    CommonWork work = common("300ms");
    work.share(endless);
    work.shuffle();
    assertThat(work.isGivenUp()).isTrue();
    assertThat(work.readings()).isEmpty();
    assertThat(work.faults().stream().map(Problem::line))
        .containsExactly(
            here
                + ": eternity by all of them together has not ended within 300 ms: found still at"
                + " work; look for its log and its host's load; raise patience if it is only slow"
                + " to answer");
    assertThat(CommonWork.unended("a shuffle", "2 min", List.of(LOST, here)).line())
        .startsWith("all executors: a shuffle by all of them together has not ended within 2 min")
        .contains(": found executor 99 on nowhere, the driver on ");
    assertThat(CommonWork.unended("rows", "1 s", List.of(LOST, here, LOST, here, here)).found())
        .endsWith(", executor 99 on nowhere and 2 more still at work");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          executors=0   | 2 | executors (command line): must be at least 1, found 0
          patience=0s   | 2 | patience (command line): must be above 0
          primes=1      | 2 | primes (command line): must lie in 2 to 10000000000, found 1
          volume=1KB    | 2 | volume (command line): must lie in 1MB to 1GB, found 1KB
          slower=1      | 2 | slower (command line): must be above 1, found 1.0
          slowest=1     | 2 | slower
          input.path=no/such/rows | 3 | no/such/rows
          output.mode=error       | 4 | output
          """)
  void badInputs(String word, int code, String message) throws IOException {
    Path output = folder.resolve("bad-" + code);
    if (code == ExitCode.OUTPUT.code()) {
      Files.writeString(Files.createDirectories(output).resolve("part-0.parquet"), "rows");
    }
    JobCall call = call("output.path=" + output, word);
    assertThat(call.code().code()).as(call.lastLine()).isEqualTo(code);
    assertThat(call.lastLine()).contains(message);
  }

  @Test
  void theDryRunTellsWhatWouldBeDone() {
    JobCall call =
        JobCall.dry(
            new SelfcheckJob(), "output.path=" + folder.resolve("dry"), "input.sample=wordnet");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .contains("22 known ones on each executor")
        .contains("primes to 2000000, 3^16 colourings of the cross")
        .contains("wordnet, 5 columns")
        .contains("10.0 times slower than the median of its peers");
    assertThat(folder.resolve("dry")).doesNotExist();
  }

  @Test
  void howManyExecutorsSparkWasToldToStart() {
    SparkConf conf = new SparkConf(false);
    assertThat(Executors.told(conf, "local[4]")).isEqualTo(OptionalInt.of(1));
    assertThat(Executors.told(conf, "yarn")).isEmpty();
    conf.set("spark.executor.instances", "8");
    assertThat(Executors.told(conf, "yarn")).isEqualTo(OptionalInt.of(8));
    assertThat(Executors.told(conf, "spark://gate:7077")).isEmpty();
    conf.set("spark.cores.max", "12").set("spark.executor.cores", "4");
    assertThat(Executors.told(conf, "spark://gate:7077")).isEqualTo(OptionalInt.of(3));
    conf.set("spark.dynamicAllocation.enabled", "true");
    assertThat(Executors.told(conf, "yarn")).as("as many as there is work for").isEmpty();
    assertThat(Executors.slots(conf)).isEqualTo(4);
    assertThat(Executors.slots(conf.clone().set("spark.task.cpus", "2"))).isEqualTo(2);
    assertThat(Executors.slots(new SparkConf(false))).isOne();
  }
}
