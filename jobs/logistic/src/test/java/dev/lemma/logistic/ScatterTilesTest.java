// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PackedSymmetric;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scatter of 1,500 features is larger than a row of the table may carry. */
class ScatterTilesTest {
  private static final int D = 1500;

  @TempDir static Path folder;

  private static LabelledRows rows;

  @BeforeAll
  static void write() {
    Dataset<Row> data = Samples.rows(24, D, 2, 1).coalesce(2).persist();
    rows = Samples.labelled(data);
    data.write().parquet(folder.resolve("rows").toString());
    JobCall call =
        Calls.stats(
            "input.path=" + folder.resolve("rows"),
            "columns.id=id",
            "columns.features=[x]",
            "columns.label=y",
            "columns.weight=w",
            "kernel=exact",
            "folds=1",
            "report=false",
            "output.path=" + folder.resolve("table"));
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
  }

  private static Dataset<Row> table() {
    return Samples.SPARK.read().parquet(folder.resolve("table").toString());
  }

  @Test
  void tilesCoverTheWholeMatrix() {
    double[] packed = new double[PackedSymmetric.length(4000)];
    Arrays.setAll(packed, i -> i);
    int next = 0;
    for (int tile = 0; tile < ScatterTiles.count(packed.length); tile++) {
      double[] piece = ScatterTiles.of(packed, tile);
      assertThat(piece[0]).isEqualTo(next);
      assertThat(piece[piece.length - 1]).isEqualTo(next + piece.length - 1);
      next += piece.length;
    }
    assertThat(next).isEqualTo(packed.length);
    assertThat(ScatterTiles.count(PackedSymmetric.length(1447))).isEqualTo(1);
    assertThat(ScatterTiles.count(PackedSymmetric.length(1448))).isEqualTo(2);
    // The largest matrix that there can be.
    int last = ScatterTiles.count(PackedSymmetric.length(65_535)) - 1;
    assertThat(ScatterTiles.start(last)).isPositive();
    assertThat(ScatterTiles.size(last, PackedSymmetric.length(65_535))).isPositive();
  }

  /** In the bits of the pass, and with sums over the table that count every row once. */
  @Test
  void aWideScatterIsReadBackAsItWas() {
    assertThat(table().groupBy("class").count().orderBy("class").collectAsList().toString())
        .isEqualTo("[[null,1], [0,2], [1,2]]");
    assertThat(table().selectExpr("sum(rows)", "max(size(scatter))").head().toString())
        .isEqualTo("[24," + ScatterTiles.LENGTH + "]");
    StatisticsTable stored = StatisticsTable.open(table(), "test");
    StatisticsSize size = new StatisticsSize(D, 1, 1 << 28);
    Statistics read =
        StatisticsParts.gather(stored.parts().collect(), stored.header(), size, "test");
    try (Scan scan = Scan.of(rows, Kernel.EXACT, 1)) {
      assertThat(Samples.bits(read))
          .isEqualTo(Samples.bits(StatisticsPass.take(scan, 1 << 28).statistics()));
    }
  }

  @Test
  void aMissingTileIsTold() {
    table().filter("tile = 0").write().parquet(folder.resolve("less").toString());
    JobCall call =
        Calls.merge(
            "statistics=" + folder.resolve("less"), "output.path=" + folder.resolve("never"));
    assertThat(call.lastLine())
        .contains(
            "the statistics table is damaged, or holds the rows of several runs: found 1 of 2"
                + " tiles");
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
  }
}
