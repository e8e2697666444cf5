// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Softmax regression of three classes on a feature of two values: as many parameters as free
 * shares. Under flat priors the shares of a group have Dirichlet laws of parameters n_k, so that
 * mean and variance of ln(p_k / p_0) are psi(n_k) - psi(n_0) and psi'(n_k) + psi'(n_0). With 40
 * comparisons at four standard errors a sound sampler fails once in 400 seeds; the seed is fixed.
 */
class SoftmaxTest {
  private static final SparkSession SPARK = PosteriorSamples.SPARK;

  /** Rows of each class where the feature is 0, and where it is 1. */
  private static final int[][] COUNTS = {{60, 30, 20}, {25, 50, 80}};

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.IntegerType)
            .add("n", DataTypes.IntegerType);
    List<Row> cells = new ArrayList<>();
    for (int group = 0; group < 2; group++) {
      for (int k = 0; k < 3; k++) {
        cells.add(RowFactory.create(3L * group + k, (double) group, k, COUNTS[group][k]));
      }
    }
    SPARK
        .createDataFrame(cells, schema)
        .coalesce(1)
        .write()
        .parquet(inputs.resolve("cells").toString());
    SPARK
        .createDataFrame(cells, schema)
        .selectExpr("id", "x", "y", "explode(sequence(1, n)) as i")
        .selectExpr("id * 1000 + i as id", "x", "y")
        .write()
        .parquet(inputs.resolve("rows").toString());
  }

  private Path done(String name, String input, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "likelihood=softmax",
                "report=false",
                "output.path=" + folder.resolve(name)));
    all.addAll(Arrays.asList(keys));
    JobCall call = JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return folder.resolve(name);
  }

  private static double harmonic(int n, int power) {
    double sum = 0;
    for (int k = 1; k < n; k++) {
      sum += Math.pow(k, -power);
    }
    return sum;
  }

  /** psi(n_k) - psi(n_0): Euler's constants cancel. */
  private static double mean(int group, int k) {
    return harmonic(COUNTS[group][k], 1) - harmonic(COUNTS[group][0], 1);
  }

  private static double variance(int group, int k) {
    return Math.PI * Math.PI / 3 - harmonic(COUNTS[group][k], 2) - harmonic(COUNTS[group][0], 2);
  }

  private static void compare(Path output) {
    List<Row> summary =
        SPARK.read().parquet(output.resolve("_lemma/tables/summary").toString()).collectAsList();
    assertThat(summary)
        .extracting(row -> row.getString(0))
        .containsExactly("1:intercept", "1:x", "2:intercept", "2:x");
    for (int k = 1; k <= 2; k++) {
      double slope = mean(1, k) - mean(0, k);
      compare(summary.get(2 * k - 2), mean(0, k), variance(0, k));
      compare(summary.get(2 * k - 1), slope, variance(0, k) + variance(1, k));
    }
  }

  private static void compare(Row row, double mean, double variance) {
    assertThat(row.<Double>getAs("mean"))
        .as(row.getString(0))
        .isCloseTo(mean, within(4 * row.<Double>getAs("mcse_mean")));
    assertThat(row.<Double>getAs("sd"))
        .as(row.getString(0))
        .isCloseTo(Math.sqrt(variance), within(4 * row.<Double>getAs("mcse_sd")));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "independence, rows, 1000",
    "random-walk, rows, 4000",
    "delayed, rows, 1000",
    "consensus, rows, 1000",
    "independence, cells, 1000"
  })
  void meansAndDeviationsAreThoseOfDirichletLaws(String method, String input, int draws) {
    compare(
        done(
            "out",
            input,
            "method=" + method,
            "draws=" + draws,
            "columns.weight=" + (input.equals("cells") ? "n" : "null")));
  }

  @Test
  void partitionsAndBatchesLeaveNoTrace() {
    SPARK
        .read()
        .parquet(inputs.resolve("rows").toString())
        .repartition(7)
        .write()
        .parquet(folder.resolve("split").toString());
    String[] keys = {"draws=50", "gate=false"};
    String[] other = {"draws=50", "gate=false", "driver-rows=1", "proposals=30"};
    assertThat(table(done("split-out", folder.resolve("split").toString(), other)))
        .isEqualTo(table(done("whole", "rows", keys)));
  }

  private static List<Row> table(Path output) {
    return SPARK.read().parquet(output.toString()).orderBy("chain", "iteration").collectAsList();
  }

  @Test
  void labelsThatAreNoClassesAreRefused() {
    JobCall call =
        JobCall.of(
            new PosteriorJob(),
            "input.path=" + inputs.resolve("rows"),
            "columns.features=[x]",
            "columns.label=y",
            "likelihood=softmax",
            "classes=2",
            "output.path=" + folder.resolve("out"));
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine()).contains("columns.label = y: 100 of 265 labels are none of");
  }
}
