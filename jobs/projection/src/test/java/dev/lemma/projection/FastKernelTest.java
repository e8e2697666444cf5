// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static dev.lemma.projection.Samples.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kernel = fast}: other last bits, the same rows. */
class FastKernelTest {
  private static final int K = 24;
  private static final double[][] VALUES = Samples.values(300, 70);

  @TempDir Path folder;

  /** Sums of 70 terms of size 1: rounding stays below 70 units in the last place of about 10. */
  private static double tolerance(String precision) {
    return 70 * (precision.equals("float") ? 0x1p-20 : 0x1p-49);
  }

  @ParameterizedTest
  @CsvSource({
    "sign, float, vector", "sign, double, array",
    "gaussian, float, array", "gaussian, double, vector",
    "orthonormal, float, vector"
  })
  void givesTheRowsOfTheExactKernelUpToRounding(String family, String precision, String type) {
    for (Dataset<Row> rows : List.of(Samples.dense(VALUES), Samples.sparse(VALUES))) {
      RandomProjectionModel model =
          stage().setK(K).setFamily(family).setPrecision(precision).setOutputType(type).fit(rows);
      Map<Long, List<Long>> exact = Samples.bits(model.transform(rows), "y");
      Map<Long, List<Long>> fast =
          Samples.bits(
              model.copy(ParamMap.empty()).setKernel("fast").transform(rows.repartition(3)), "y");
      assertThat(fast.keySet()).isEqualTo(exact.keySet());
      fast.forEach(
          (id, bits) -> {
            for (int c = 0; c < K; c++) {
              assertThat(Double.longBitsToDouble(bits.get(c)))
                  .isCloseTo(
                      Double.longBitsToDouble(exact.get(id).get(c)), within(tolerance(precision)));
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparse-sign", "hadamard", "very-sparse"})
  void familiesWithoutAMatrixStayExact(String family) {
    Dataset<Row> rows = Samples.dense(VALUES);
    RandomProjectionModel model = stage().setK(K).setFamily(family).fit(rows);
    Map<Long, List<Long>> exact = Samples.bits(model.transform(rows), "y");
    assertThat(Samples.bits(model.setKernel("fast").transform(rows), "y")).isEqualTo(exact);
  }

  @Test
  void badRowsKeepTheirPlaceAmongGoodOnes() {
    Dataset<Row> rows =
        Samples.vectors(
            Vectors.dense(1, 2, 3),
            null,
            Vectors.dense(1, Double.NaN, 3),
            Vectors.dense(4, 5, 6),
            Vectors.dense(3e38, 3e38, 3e38),
            Vectors.dense(7, 8, 9));
    RandomProjectionModel model =
        stage().setD(3).setK(2).setFamily("gaussian").setHandleInvalid("keep").fit(rows);
    Map<Long, List<Long>> exact = Samples.bits(model.transform(rows), "y");
    Map<Long, List<Long>> fast =
        Samples.bits(model.setKernel("fast").transform(rows.coalesce(1)), "y");
    // Row 4 overflows in one order of additions and perhaps not in another.
    exact.remove(4L);
    fast.remove(4L);
    for (long id : exact.keySet()) {
      assertThat(fast.get(id) == null).as("row " + id).isEqualTo(exact.get(id) == null);
    }
    assertThat(fast.values().stream().filter(bits -> bits == null)).hasSize(2);
    assertThat(model.setHandleInvalid("skip").transform(rows).filter("id <> 4").count())
        .isEqualTo(3);
    model.setHandleInvalid("error");
    assertThat(Samples.failure(() -> model.transform(rows.repartition(2)).collectAsList()))
        .isInstanceOf(LemmaException.class);
  }

  @Test
  void theJobSaysWhichKernelItUsed() {
    Path in = folder.resolve("in");
    Samples.dense(VALUES).write().parquet(in.toString());
    Path fast = folder.resolve("fast");
    assertThat(run(in, fast, "kernel=fast").code()).isEqualTo(ExitCode.DONE);
    assertThat(JobCall.manifest(fast).path("bits").asText()).isEqualTo("layout");
    assertThat(Samples.SPARK.read().parquet(fast.toString()).count()).isEqualTo(300);
    Path exact = folder.resolve("exact");
    assertThat(run(in, exact, "kernel=fast", "family=sparse-sign").code()).isEqualTo(ExitCode.DONE);
    assertThat(JobCall.manifest(exact).path("bits").asText()).isEqualTo("any");
  }

  private static JobCall run(Path in, Path out, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + in,
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + out,
                "report=false",
                "pairs=0",
                "k=8"));
    all.addAll(List.of(keys));
    return Calls.project(all.toArray(String[]::new));
  }
}
