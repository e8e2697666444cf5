// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same draws to the bit, however the rows lie and wherever they are evaluated. */
class PosteriorBitsTest {
  /** Two leaves. */
  private static final int ROWS = 33_000;

  private static final SparkSession SPARK = PosteriorSamples.SPARK;

  @TempDir static Path inputs;
  @TempDir Path folder;
  private static final Map<String, List<Row>> EXPECTED = new TreeMap<>();

  @BeforeAll
  static void write() {
    SPARK
        .range(0, ROWS, 1, 3)
        .selectExpr(
            "id",
            "sin(id) as a",
            "cos(3 * id) as b",
            "if(sin(id) + 2 * sin(id * id) > 0.4, 1, 0) as y",
            "if(id % 5 = 0, 0.5D, 1D) as w")
        .write()
        .parquet(inputs.resolve("rows").toString());
  }

  private List<Row> draws(String path, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + path,
                "columns.features=[a,b]",
                "columns.label=y",
                "columns.weight=w",
                "likelihood=logistic",
                "chains=2",
                "draws=6",
                "warmup=3",
                "gate=false",
                "report=false",
                "output.mode=overwrite",
                "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(keys));
    JobCall call = JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return SPARK
        .read()
        .parquet(folder.resolve("out").toString())
        .orderBy("chain", "iteration")
        .collectAsList();
  }

  /** The draws of the rows as they were written, with the driver's help. */
  private List<Row> expected(String... keys) {
    return EXPECTED.computeIfAbsent(String.join(" ", keys), name -> draws(rows(), keys));
  }

  /** The same rows in so many files, dealt out in turn; made once for all tests. */
  private static String split(int partitions) {
    Path split = inputs.resolve("split-" + partitions);
    if (Files.notExists(split)) {
      SPARK
          .read()
          .parquet(inputs.resolve("rows").toString())
          .repartition(partitions)
          .write()
          .parquet(split.toString());
    }
    return split.toString();
  }

  private String rows() {
    return inputs.resolve("rows").toString();
  }

  @ParameterizedTest(name = "{0}: {1} partitions, {2} proposals, driver-rows = {3}")
  @CsvSource({
    "independence, 1, 1000, 1",
    "independence, 7, 7, 1",
    "independence, 64, 64, 1",
    "independence, 2, 30, 64MB",
    "random-walk, 64, 64, 1",
    "delayed, 7, 64, 1",
    "consensus, 7, 64, 1"
  })
  void partitionsAndBatchesLeaveNoTrace(
      String method, int partitions, int proposals, String driverRows) {
    String split = split(partitions);
    String before = SPARK.conf().get("spark.sql.shuffle.partitions");
    SPARK.conf().set("spark.sql.shuffle.partitions", Integer.toString(partitions));
    try {
      String[] keys = {"method=" + method, "proposals=" + proposals, "driver-rows=" + driverRows};
      assertThat(draws(split, keys)).isEqualTo(expected("method=" + method));
    } finally {
      SPARK.conf().set("spark.sql.shuffle.partitions", before);
    }
  }

  @ParameterizedTest(name = "{0}: {1} partitions, driver-rows = {2}")
  @CsvSource({"logistic, 7, 1", "probit, 2, 64MB", "linear, 64, 1"})
  void partitionsLeaveNoTraceOfGibbs(String likelihood, int partitions, String driverRows) {
    String split = split(partitions);
    String[] keys = {
      "method=gibbs",
      "likelihood=" + likelihood,
      "columns.weight=null",
      "columns.id=id",
      "warmup=0",
      "driver-rows=" + driverRows
    };
    assertThat(draws(split, keys)).isEqualTo(draws(rows(), Arrays.copyOf(keys, keys.length - 1)));
  }

  @Test
  void theSeedChangesThem() {
    List<Row> draws = expected("method=independence");
    assertThat(draws(rows(), "method=independence", "seed=1")).isNotEqualTo(draws);
    assertThat(draws(rows(), "method=independence", "kernel=fast")).hasSameSizeAs(draws);
  }
}
