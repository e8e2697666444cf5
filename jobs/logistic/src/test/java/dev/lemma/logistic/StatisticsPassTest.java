// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.ClassMoments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsPassTest {
  private static final long MEMORY = 64 << 20;
  private static final int FOLDS = 3;

  private static Statistics take(Dataset<Row> rows, Kernel kernel) {
    try (Scan scan = Scan.of(Samples.labelled(rows), kernel, FOLDS)) {
      return StatisticsPass.take(scan, MEMORY).statistics();
    }
  }

  @ParameterizedTest
  @EnumSource(Kernel.class)
  void momentsAreThoseOfTheRows(Kernel kernel) {
    Dataset<Row> rows = Samples.rows(400, 4, 3, 1).repartition(5);
    Statistics statistics = take(rows, kernel);
    assertThat(statistics.classes()).containsExactly("0", "1", "2");
    ClassMoments total = statistics.total();
    for (int k = 0; k < 3; k++) {
      double weight = 0;
      double square = 0;
      double[] mean = new double[4];
      List<double[]> own = new ArrayList<>();
      for (Row row : rows.filter(functions.col("y").equalTo(k)).collectAsList()) {
        double w = row.getDouble(3);
        double[] x = ((org.apache.spark.ml.linalg.Vector) row.get(4)).toArray();
        own.add(x);
        weight += w;
        square += w * w;
        for (int j = 0; j < 4; j++) {
          mean[j] += w * x[j];
        }
      }
      assertThat(total.rows(k)).isEqualTo(own.size());
      assertThat(total.weight(k)).isCloseTo(weight, within(1e-12 * weight));
      assertThat(total.squaredWeight(k)).isCloseTo(square, within(1e-12 * square));
      for (int j = 0; j < 4; j++) {
        assertThat(total.mean(k)[j]).isCloseTo(mean[j] / weight, within(1e-12));
      }
    }
  }

  /** Five leaves in four partitions: some are merged where they lie. */
  @Test
  void exactBitsAreThoseOfEveryPartitioning() {
    Dataset<Row> rows = Samples.waves(132_000).persist();
    Set<List<Long>> bits = new HashSet<>();
    for (Dataset<Row> layout : Layouts.of(rows)) {
      bits.add(Samples.bits(take(layout, Kernel.EXACT)));
    }
    Set<List<Long>> fast = new HashSet<>();
    for (int partitions : new int[] {2, 7}) {
      fast.add(Samples.bits(take(rows.repartition(partitions), Kernel.FAST)));
    }
    assertThat(bits).hasSize(1);
    // Else the test could not fail.
    assertThat(fast).hasSize(2);
    rows.unpersist();
  }

  @Test
  void exactBitsAreThoseOfEveryEncoding() {
    Dataset<Row> rows = Samples.rows(300, 3, 2, 1);
    Dataset<Row> arrays =
        rows.withColumn(
            "x", org.apache.spark.ml.functions.vector_to_array(functions.col("x"), "float64"));
    Dataset<Row> doubles = rows.withColumn("y", functions.col("y").cast("double"));
    List<Long> bits = Samples.bits(take(rows, Kernel.EXACT));
    assertThat(Samples.bits(take(arrays, Kernel.EXACT))).isEqualTo(bits);
    assertThat(Samples.bits(take(doubles, Kernel.EXACT))).isEqualTo(bits);
  }

  @Test
  void fastBitsAreThoseOfEveryRun() {
    Dataset<Row> rows = Samples.rows(2_000, 5, 2, 1).repartition(13).persist();
    Set<List<Long>> bits = new HashSet<>();
    for (int run = 0; run < 3; run++) {
      bits.add(Samples.bits(take(rows, Kernel.FAST)));
    }
    assertThat(bits).hasSize(1);
    ClassMoments exact = take(rows, Kernel.EXACT).total();
    assertThat(Samples.relativeError(take(rows, Kernel.FAST).total(), exact)).isLessThan(1e-13);
    rows.unpersist();
  }

  /** Classes differ from partition to partition, and so do their numbers there. */
  @Test
  void classesOfPartitionsAreBroughtTogether() {
    Dataset<Row> rows = Samples.rows(600, 3, 12, 1);
    Statistics apart = take(rows.repartitionByRange(6, functions.col("y")), Kernel.FAST);
    Statistics whole = take(rows.coalesce(1), Kernel.FAST);
    assertThat(apart.classes()).isEqualTo(whole.classes()).hasSize(12).endsWith("10", "11");
    assertThat(Samples.relativeError(apart.total(), whole.total())).isLessThan(1e-13);
  }

  @Test
  void foldsFollowTheKeyAndPartTheRows() {
    Statistics statistics = take(Samples.rows(900, 2, 2, 1), Kernel.FAST);
    assertThat(statistics.moments().count()).isEqualTo(FOLDS);
    assertThat(statistics.moments().folds()).allMatch(fold -> fold.rows() > 200);
    assertThat(statistics.total().rows()).isEqualTo(900);
  }

  @Test
  void classesThatDoNotFitShareTheirScatter() {
    Dataset<Row> rows = Samples.rows(600, 40, 12, 1).repartition(4);
    try (Scan scan = Scan.of(Samples.labelled(rows), Kernel.FAST, FOLDS)) {
      Statistics own = StatisticsPass.take(scan, MEMORY).statistics();
      // Room for the scatter of 11 classes in 3 folds, and all means.
      long memory = 11L * FOLDS * 820 * Double.BYTES + 8;
      Statistics pooled = StatisticsPass.take(scan, memory).statistics();
      assertThat(own.total().layout()).hasToString("PER_CLASS");
      assertThat(pooled.total().layout()).hasToString("POOLED");
      double[] a = pooled.total().pooledScatter().packed();
      double[] b = own.total().pooledScatter().packed();
      for (int i = 0; i < a.length; i++) {
        assertThat(a[i]).isCloseTo(b[i], within(1e-10));
      }
    }
  }
}
