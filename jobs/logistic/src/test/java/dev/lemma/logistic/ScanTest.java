// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.data.BadRow;
import dev.lemma.math.linalg.Kernel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pass of any state: its rows, their order, and how states come together. */
class ScanTest {
  /** Adds weight x[0] by class in the order of the rows, so that the order shows in the bits. */
  private static final class Sums implements RowPass<double[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> classes() {
      return List.of("1", "0");
    }

    @Override
    public Rows<double[]> begin() {
      double[] sums = new double[4];
      return new Rows<>() {
        @Override
        public void add(LabelledRow row) {
          // Classes that are not known share the third place; the fourth counts rows.
          sums[Math.min(row.label(), 2)] += row.weight() * row.features().denseDoubles(3)[0];
          sums[3]++;
        }

        @Override
        public double[] finish(List<String> classes) {
          assertThat(classes).startsWith("1", "0");
          return sums;
        }
      };
    }

    @Override
    public double[] merge(double[] left, double[] right) {
      Arrays.setAll(left, i -> left[i] + right[i]);
      return left;
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void classesThatAreKnownHaveTheirNumbers(Kernel kernel) {
    Dataset<Row> rows =
        Samples.SPARK
            .range(0, 1_000, 1, 3)
            .selectExpr("id", "int(id % 4) as y", "1.0 as w", "array(id % 4 + 1.0, 0, 0) as x");
    try (Scan scan = Scan.of(Samples.labelled(rows), kernel, 1)) {
      for (int pass = 0; pass < 2; pass++) {
        assertThat(scan.run(new Sums()).value()).containsExactly(500, 250, 1_750, 1_000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void badRowsAreCountedAndLeftOut(Kernel kernel) {
    Dataset<Row> rows =
        Samples.SPARK
            .range(0, 1_000, 1, 3)
            .selectExpr(
                "id",
                "if(id < 10, null, int(id % 2)) as y",
                "if(id between 20 and 24, -1.0D, if(id = 30, null, 1.0D)) as w",
                "array(1.0, 0, if(id > 990, null, 0)) as x");
    try (Scan scan = Scan.of(Samples.labelled(rows), kernel, 2)) {
      ScanResult<double[]> result = scan.run(new Sums());
      assertThat(result.counts().rows()).isEqualTo(1_000);
      assertThat(result.counts().bad())
          .containsEntry(BadRow.NO_LABEL, 10L)
          .containsEntry(BadRow.NEGATIVE_WEIGHT, 5L)
          .containsEntry(BadRow.NO_WEIGHT, 1L)
          .containsEntry(BadRow.NULL_ELEMENT, 9L)
          .hasSize(4);
      assertThat(result.value()[3]).isEqualTo(975);
    }
  }

  /** A filter keeps Spark from giving out batches; the rows and their order are the same. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "v", "a,b,c"})
  void filesAreReadInBatchesWithTheSameResult(String features, @TempDir Path folder) {
    String path = folder.resolve("rows").toString();
    Samples.SPARK
        .range(0, 10_000, 1, 3)
        .selectExpr(
            "id",
            "if(id % 100 = 7, null, string(id % 3)) as y",
            "if(id % 100 = 8, -1, exp(sin(id))) as w",
            "sin(id) as a",
            "if(id % 100 = 9, null, cos(id)) as b",
            "if(id % 100 = 10, double('NaN'), 1D / (id + 1)) as c")
        .selectExpr("*", "array(a, b, c) as x")
        .withColumn(
            "v",
            org.apache.spark.ml.functions.array_to_vector(
                org.apache.spark.sql.functions.expr("array(a, coalesce(b, double('NaN')), c)")))
        .write()
        .parquet(path);
    Dataset<Row> file = Samples.SPARK.read().parquet(path);
    ScanResult<double[]> batches = taken(file, features, true);
    ScanResult<double[]> rows = taken(file.filter("id >= 0"), features, false);
    assertThat(batches.counts()).isEqualTo(rows.counts());
    assertThat(batches.counts().accepted()).isEqualTo(9_600);
    assertThat(batches.value()).isEqualTo(rows.value());
  }

  private static ScanResult<double[]> taken(Dataset<Row> rows, String features, boolean inBatches) {
    LabelledRows labelled =
        LabelledRows.of(
            rows,
            Samples.columns(features.split(",")),
            java.util.OptionalLong.of(3),
            WeightMeaning.IMPORTANCE,
            List.of());
    try (Scan scan = Scan.of(labelled, Kernel.FAST, 5)) {
      assertThat(labelled.batches(true).isPresent()).isEqualTo(inBatches);
      return scan.run(new Sums());
    }
  }

  @Test
  void noPartitionIsNoRows() {
    Dataset<Row> none = Samples.frame(List.of());
    LabelledRows rows =
        LabelledRows.of(
            none,
            Samples.columns("x"),
            java.util.OptionalLong.of(3),
            WeightMeaning.IMPORTANCE,
            List.of());
    assertThat(
            Stream.of(Kernel.values())
                .map(
                    kernel -> {
                      try (Scan scan = Scan.of(rows, kernel, 2)) {
                        return scan.run(new Sums()).value()[3];
                      }
                    }))
        .containsOnly(0.0);
  }
}
