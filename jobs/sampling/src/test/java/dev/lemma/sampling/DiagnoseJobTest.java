// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.sampling.diagnostics.Summary;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws in every form give the summaries that the mathematics gives. */
class DiagnoseJobTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final int CHAINS = 3;
  private static final int DRAWS = 60;
  private static final List<String> NAMES = List.of("lp__", "mu", "beta.1", "beta.2", "beta.10");
  private static final double[] VALUES = MadeDraws.values(CHAINS, DRAWS, NAMES.size());

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void store() throws IOException {
    Dataset<Row> wide = wide();
    wide.write().parquet(shared.resolve("wide").toString());
    String stack =
        "stack(5, 'lp__', `lp__`, 'mu', mu, 'beta.1', `beta.1`, 'beta.2', `beta.2`,"
            + " 'beta.10', `beta.10`) as (parameter, value)";
    wide.selectExpr("chain", "iteration", stack)
        .repartition(3, functions.col("value"))
        .write()
        .parquet(shared.resolve("long").toString());
    Files.createDirectories(shared.resolve("stan"));
    for (int c = 0; c < CHAINS; c++) {
      int size = DRAWS * NAMES.size();
      double[] own = Arrays.copyOfRange(VALUES, c * size, (c + 1) * size);
      try (Writer out = Files.newBufferedWriter(shared.resolve("stan/out_" + (c + 9) + ".csv"))) {
        CmdStanCsv.write(out, "made", c + 1, Map.of("seed", "7"), NAMES, DRAWS, own);
      }
    }
  }

  private static Dataset<Row> wide() {
    return DrawsTable.of(SPARK, NAMES, CHAINS, DRAWS, VALUES);
  }

  private JobCall diagnose(String input, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("input.path=" + input, "output.path=" + folder.resolve("out"), "report=false"));
    all.addAll(List.of(more));
    return JobCall.of(new DiagnoseJob(), all.toArray(String[]::new));
  }

  private List<Row> summaries() {
    return SPARK.read().parquet(folder.resolve("out").toString()).collectAsList();
  }

  private static void checkAgainstTheMathematics(List<Row> rows, List<String> names) {
    assertThat(rows.stream().map(row -> row.getString(0))).containsExactlyElementsOf(names);
    for (Row row : rows) {
      Summary s = Summary.of(MadeDraws.column(VALUES, CHAINS, DRAWS, NAMES, row.getString(0)));
      assertThat(row.<Double>getAs("mean")).isEqualTo(s.mean());
      assertThat(row.<Double>getAs("rhat")).isEqualTo(s.rHat());
      assertThat(row.<Double>getAs("ess_bulk")).isEqualTo(s.essBulk());
      assertThat(row.<Double>getAs("ess_tail")).isEqualTo(s.essTail());
      assertThat(row.<Double>getAs("mcse_q95")).isEqualTo(s.mcseQ95());
      assertThat(row.isNullAt(row.fieldIndex("rhat_nested"))).isTrue();
    }
  }

  @Test
  void aWideTableInTheOrderOfItsColumns() {
    JobCall call = diagnose(shared.resolve("wide").toString(), "report=true", "plots=1");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    checkAgainstTheMathematics(summaries(), NAMES);
    JsonNode manifest = JobCall.manifest(folder.resolve("out"));
    assertThat(manifest.path("metrics").path("chains").asInt()).isEqualTo(CHAINS);
    assertThat(manifest.path("metrics").path("draws").asInt()).isEqualTo(DRAWS);
    assertThat(manifest.path("metrics").path("good-enough").asBoolean()).isFalse();
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    assertThat(call.warnings()).anyMatch(line -> line.startsWith("bulk effective size of 5"));
    assertThat(folder.resolve("out/_lemma/report.html")).content().contains("Trace of");
  }

  /** Rows in any order and any number of pieces; the sampler's own columns are left out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void theSplitLeavesNoTrace(int partitions) {
    wide()
        .withColumn("stepsize__", functions.lit(0.5))
        .repartition(partitions, functions.col("mu"))
        .write()
        .parquet(folder.resolve("rows").toString());
    diagnose(folder.resolve("rows").toString());
    checkAgainstTheMathematics(summaries(), NAMES);
  }

  /** More columns than are read at once: none is lost, doubled or taken for another. */
  @Test
  void aTableOfMoreColumnsThanAreReadAtOnce() {
    int width = 1100;
    int draws = 16;
    List<String> names = IntStream.range(0, width).mapToObj(j -> "theta." + j).toList();
    double[] values = MadeDraws.values(2, draws, width);
    DrawsTable.of(SPARK, names, 2, draws, values)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("wide").toString());
    JobCall call = diagnose(folder.resolve("wide").toString());
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    List<Row> rows = summaries();
    assertThat(rows.stream().map(row -> row.getString(0))).containsExactlyElementsOf(names);
    for (int j : new int[] {0, 1, 511, 1023, 1024, 1025, 1099}) {
      Summary expected = Summary.of(MadeDraws.column(values, 2, draws, names, names.get(j)));
      assertThat(rows.get(j).<Double>getAs("mean")).isEqualTo(expected.mean());
      assertThat(rows.get(j).<Double>getAs("rhat")).isEqualTo(expected.rHat());
    }
  }

  @Test
  void aLongTableByNameInTheOrderOfNumbers() {
    JobCall call = diagnose(shared.resolve("long").toString());
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    checkAgainstTheMathematics(summaries(), List.of("beta.1", "beta.2", "beta.10", "lp__", "mu"));
  }

  /** Files 9, 10, 11 are the chains in this order: R-hat does not tell, the trace would. */
  @Test
  void filesOfCmdStan() {
    JobCall call = diagnose(shared.resolve("stan").toString(), "input.format=cmdstan");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    checkAgainstTheMathematics(summaries(), NAMES);
    JobCall dry =
        JobCall.dry(
            new DiagnoseJob(),
            "input.format=cmdstan",
            "input.path=" + shared.resolve("stan/out_*.csv"),
            "output.path=" + folder.resolve("none"));
    assertThat(dry.out()).contains("CmdStan: 3 files of 5 columns");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aSavedWarmUpIsLeftOut() throws IOException {
    Files.createDirectories(folder.resolve("stan"));
    for (int c = 1; c <= 2; c++) {
      StringBuilder text =
          new StringBuilder("# num_warmup = 5 (Default)\n# save_warmup = 1\n# thin = 2\nlp__,x\n");
      text.append("1e9,1e9\n".repeat(3));
      text.append("# Adaptation terminated\n");
      for (int i = 0; i < 20; i++) {
        text.append(-i).append(',').append(MadeDraws.gaussian(0, c, i)).append('\n');
      }
      Files.writeString(folder.resolve("stan/" + c + ".csv"), text + "# end\n");
    }
    diagnose(folder.resolve("stan").toString(), "input.format=cmdstan");
    Row lp = summaries().get(0);
    assertThat(lp.<Double>getAs("mean")).isEqualTo(-9.5);
  }

  @Test
  void chosenParametersInTheirOrder() {
    diagnose(shared.resolve("wide").toString(), "parameters=[mu,\"beta.1*\"]");
    assertThat(summaries().stream().map(row -> row.getString(0)))
        .containsExactly("mu", "beta.1", "beta.10");
  }

  @Test
  void otherNamesOfTheColumnsThatNumber() {
    wide()
        .withColumnRenamed("chain", "walker")
        .withColumnRenamed("iteration", "step")
        .write()
        .parquet(folder.resolve("rows").toString());
    JobCall call =
        diagnose(folder.resolve("rows").toString(), "draws.chain=walker", "draws.iteration=step");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    checkAgainstTheMathematics(summaries(), NAMES);
  }

  /** Above 16 chains the groups that started together are compared. */
  @Test
  void manyChainsAreJudgedByNestedRHat() {
    int chains = 20;
    double[] values = MadeDraws.values(chains, 30, 2);
    DrawsTable.of(SPARK, List.of("a", "b"), chains, 30, values)
        .write()
        .parquet(folder.resolve("rows").toString());
    diagnose(folder.resolve("rows").toString(), "limits.r-hat=1.0001", "report=true");
    Row a = summaries().get(0);
    double nested = a.getAs("rhat_nested");
    assertThat(nested)
        .isEqualTo(
            dev.lemma.math.sampling.diagnostics.RHat.nested(
                MadeDraws.column(values, chains, 30, List.of("a", "b"), "a"),
                dev.lemma.math.sampling.diagnostics.Superchains.consecutive(chains, 4)));
    assertThat(folder.resolve("out/_lemma/report.html")).content().contains("nested R-hat");
  }

  @Test
  void weightsAreJudgedByTheirShape() {
    Dataset<Row> rows =
        wide().withColumn("log_weight__", functions.expr("-1.5 * log((rand(3) + 1e-9))"));
    rows.write().parquet(folder.resolve("rows").toString());
    JobCall call = diagnose(folder.resolve("rows").toString(), "limits.ess-bulk=0");
    assertThat(call.warnings()).anyMatch(line -> line.startsWith("k-hat of the weights is "));
    assertThat(summaries()).hasSize(NAMES.size());
  }

  /** The public fixture, where it is at hand. */
  @Test
  void blockerAsPosteriorSaysIt() throws IOException {
    Path data = data();
    assumeTrue(data != null, "blocker is not at hand: no shared/data/diagnostics above");
    JobCall call = diagnose(data.resolve("blocker.*.csv.gz").toString(), "input.format=cmdstan");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    List<String> lines = Files.readAllLines(data.resolve("blocker_reference.csv"));
    List<String> header = List.of(lines.get(0).split(","));
    List<Row> rows = summaries();
    assertThat(rows).hasSize(lines.size() - 1);
    for (Row row : rows) {
      String[] cells =
          lines.stream()
              .map(line -> line.split(","))
              .filter(line -> line[0].equals(row.getString(0)))
              .findFirst()
              .orElseThrow();
      for (String name : List.of("mean", "sd", "mad", "q5", "rhat", "ess_bulk", "mcse_median")) {
        double expected = Double.parseDouble(cells[header.indexOf(name)]);
        assertThat(Math.abs(row.<Double>getAs(name) - expected))
            .as(row.getString(0) + " " + name)
            .isLessThanOrEqualTo(1e-8 * Math.abs(expected));
      }
    }
    assertThat(call.warnings()).contains("R-hat of 8 parameters above 1.01 (worst lp__: 1.017)");
  }

  private static Path data() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data/diagnostics");
      if (Files.exists(candidate.resolve("blocker_reference.csv"))) {
        return candidate;
      }
    }
    return null;
  }
}
