// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.RunMode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of mistakes and of draws that are not as they should be. */
class DiagnoseOutcomesTest {
  private static final SparkSession SPARK = SharedSpark.session();

  private static final String AT = "lemma diagnose: failed in phase %p (exit code 3): ";

  @TempDir static Path shared;
  @TempDir Path folder;

  private static void store(String name, String query) {
    SPARK.sql(query).write().parquet(shared.resolve(name).toString());
  }

  @BeforeAll
  static void storeAll() throws IOException {
    String ids = "cast(id % 2 + 1 as int) chain, id div 2 iteration";
    store("good", "select " + ids + ", rand(1) mu, rand(2) tau from range(2000)");
    store("none", "select " + ids + ", rand(1) mu from range(0)");
    store(
        "ragged", "select " + ids + ", rand(1) mu from range(2000) where id < 1900 or id % 2 = 0");
    store("twice", "select " + ids + ", rand(1) mu from (select id % 100 id from range(200))");
    store("nameless", "select cast(null as int) chain, id iteration, rand(1) mu from range(9)");
    store("unnumbered", "select cast(1 as int) chain, rand(1) mu from range(9)");
    store("texts", "select " + ids + ", 'a' mu from range(9)");
    store(
        "gaps",
        "select "
            + ids
            + ", p parameter, rand(1) value from range(40), (values ('a'), ('b')) t(p) where p ="
            + " 'a' or id > 3");
    Files.createDirectories(shared.resolve("cut"));
    Files.writeString(shared.resolve("cut/1.csv"), "# model = m\nlp__,x\n1,2\n3");
    Files.createDirectories(shared.resolve("mixed"));
    Files.writeString(shared.resolve("mixed/1.csv"), "lp__,x\n1,2\n");
    Files.writeString(shared.resolve("mixed/2.csv"), "lp__,x,y\n1,2,3\n");
    Files.createDirectories(shared.resolve("empty"));
    Files.createDirectories(shared.resolve("words"));
    Files.writeString(shared.resolve("words/1.csv"), "lp__,x\n1,secret\n");
  }

  private JobCall diagnose(String... more) {
    List<String> all =
        new ArrayList<>(List.of("output.path=" + folder.resolve("out"), "report=false"));
    all.addAll(List.of(more));
    return JobCall.run(new DiagnoseJob(), RunMode.RUN, all.toArray(String[]::new));
  }

  private static Arguments mistake(String assignments, String phase, String line) {
    return Arguments.of(ExitCode.INPUT, assignments, AT.replace("%p", phase) + line);
  }

  static Stream<Arguments> mistakes() {
    String open = "open the input";
    return Stream.of(
        mistake(
            "input.path=%s/none",
            "count draws", "%s/none: the input holds no draws; check input.path and input.format"),
        mistake(
            "input.path=%s/ragged",
            "count draws",
            "%s/ragged: chains differ in length: found 950 draws in chain 2 and 1000 in chain 1,"
                + " expected equally many; complete the shorter ones, or set ragged = trim"),
        mistake(
            "input.path=%s/twice",
            "summarise parameters",
            "mu: chain 1 has an iteration twice; remove repeated rows, or name the right column by"
                + " draws.iteration or draws.chain"),
        mistake(
            "input.path=%s/nameless",
            "count draws",
            "input: a row has no chain or no iteration; remove such rows, or name the right columns"
                + " by draws.chain and draws.iteration"),
        mistake(
            "input.path=%s/unnumbered",
            open,
            "draws.iteration: nothing tells the order of the draws: found columns chain, mu,"
                + " expected a column iteration or .iteration; name the column that numbers the"
                + " draws of a chain"),
        mistake(
            "input.path=%s/texts",
            open,
            "input: there is no parameter to diagnose; check draws.layout and the types of the"
                + " columns"),
        mistake(
            "input.path=%s/gaps",
            "summarise parameters",
            "b: the parameter has not as many draws as others: found 18 in chain 1, expected 20;"
                + " complete the table, or leave the parameter out by key parameters"),
        mistake(
            "input.path=%s/good parameters=[mu,tua]",
            open,
            "parameters: no such parameter: found tua, expected one of the 2 that the input has;"
                + " did you mean tau?"),
        mistake(
            "input.path=%s/good draws.chain=chains",
            open,
            "draws.chain = chains: no such column: found columns chain, iteration, mu, tau; did you"
                + " mean chain?"),
        mistake(
            "input.path=%s/good draws.log-weight=weight",
            open,
            "draws.log-weight = weight: no such column: found columns chain, iteration, mu, tau;"
                + " correct the name"),
        mistake(
            "input.path=%s/good superchains=3",
            "count draws",
            "superchains: the chains cannot be divided so: found 3 groups of 2 chains, expected a"
                + " divisor of the number of chains; correct it, or leave it out"),
        mistake(
            "input.path=%s/cut input.format=cmdstan",
            "summarise parameters",
            "file:%s/cut/1.csv, line 4: this line has not as many cells as the header; the sampler"
                + " may not have ended; write the file again or remove it"),
        mistake(
            "input.path=%s/words input.format=cmdstan",
            "summarise parameters",
            "file:%s/words/1.csv, line 2: this line has a cell that is no number; the sampler may"
                + " not have ended; write the file again or remove it"),
        mistake(
            "input.path=%s/mixed input.format=cmdstan",
            open,
            "file:%s/mixed/2.csv: this file has other columns than file:%s/mixed/1.csv: found 3"
                + " columns, expected 2 of the same names; diagnose files of one model only"),
        mistake(
            "input.path=%s/empty input.format=cmdstan",
            open,
            "%s/empty: no files of CmdStan lie there; check input.path; names that start with _ or"
                + " . do not count"),
        mistake(
            "input.path=%s/nowhere input.format=cmdstan",
            open,
            "%s/nowhere: no such path; check input.path; names that start with _ or . do not"
                + " count"),
        Arguments.of(
            ExitCode.USAGE,
            "input.path=%s/good superchains=1",
            "superchains (command line): must be at least 2, found 1"),
        Arguments.of(
            ExitCode.USAGE,
            "input.path=%s/good on-bad-row=skip",
            "on-bad-row (command line): no draw is left out, since its chain would have a hole;"
                + " leave it out; a parameter with draws that are not finite has no diagnostics"),
        Arguments.of(
            ExitCode.USAGE,
            "input.path=%s/good limits.r-hat=0.9",
            "limits.r-hat (command line): must be at least 1, found 0.9"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeEndsTheRunWithItsCode(ExitCode code, String assignments, String line) {
    JobCall call = diagnose(assignments.replace("%s", shared.toString()).split(" "));
    assertThat(call.lastLine()).isEqualTo(line.replace("%s", shared.toString()));
    assertThat(call.code()).isEqualTo(code);
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
  }

  private Row only(String query, String... more) {
    SPARK.sql(query).write().parquet(folder.resolve("rows").toString());
    List<String> all =
        new ArrayList<>(List.of("input.path=" + folder.resolve("rows"), "report=true", "plots=2"));
    all.addAll(List.of(more));
    JobCall call = diagnose(all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return SPARK.read().parquet(folder.resolve("out").toString()).head();
  }

  @Test
  void oneChainHasSplitDiagnostics() {
    Row row = only("select id iteration, rand(1) mu from range(400)");
    assertThat(row.<Double>getAs("rhat")).isBetween(0.99, 1.1);
    assertThat(row.<Double>getAs("ess_bulk")).isGreaterThan(100);
  }

  @Test
  void oneDrawHasNone() {
    Row row = only("select 1 chain, 1 iteration, 2.5D mu");
    assertThat(row.<Double>getAs("mean")).isEqualTo(2.5);
    assertThat(row.<Double>getAs("rhat")).isNull();
    assertThat(row.<Double>getAs("sd")).isNull();
  }

  @Test
  void aConstantParameterBreaksNoLimit() {
    Row row = only("select id iteration, 3.0D mu from range(400)", "gate=true");
    assertThat(row.<Double>getAs("sd")).isZero();
    assertThat(row.<Double>getAs("rhat")).isNull();
  }

  @Test
  void drawsThatAreNotFiniteAreCountedAndTold() {
    Row row =
        only(
            "select id iteration, case when id = 3 then double('nan') when id = 5 then null else"
                + " rand(1) end mu from range(400)");
    assertThat(row.<Long>getAs("not_finite")).isEqualTo(2);
    assertThat(row.<Double>getAs("mean")).isNull();
    JobCall call =
        diagnose("input.path=" + folder.resolve("rows"), "gate=true", "output.mode=overwrite");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .isEqualTo(
            "lemma diagnose: failed (exit code 5): gate: the draws are not good enough: found no"
                + " diagnostics of 1 parameter (draws that are not finite, or too few of them);"
                + " sample longer or better, or raise the limits; the summary and report.html are"
                + " in the run's folder");
  }

  @Test
  void raggedChainsAreTrimmedOnRequest() {
    JobCall call = diagnose("input.path=" + shared.resolve("ragged"), "ragged=trim");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.warnings())
        .contains("chains differ in length: the first 950 draws of each count");
  }

  @Test
  void theGateKeepsBadDrawsFromBeingPublished() {
    Dataset<Row> apart =
        SPARK.sql(
            "select cast(id % 2 + 1 as int) chain, id div 2 iteration, rand(1) + id % 2 mu, rand(2)"
                + " tau from range(2000)");
    apart.write().parquet(folder.resolve("rows").toString());
    JobCall call = diagnose("input.path=" + folder.resolve("rows"), "gate=true");
    assertThat(call.code()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .startsWith(
            "lemma diagnose: failed (exit code 5): gate: the draws are not good enough: found"
                + " R-hat of 1 parameter above 1.01 (worst mu: ");
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
    assertThat(JobCall.lastRun(folder.resolve("out")).path("status").asText())
        .isEqualTo("rejected");
    assertThat(diagnose("input.path=" + shared.resolve("good"), "gate=true").code())
        .isEqualTo(ExitCode.DONE);
  }
}
