// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.neighbors.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage answers queries as brute force does, also after it was saved. */
class NeighborJoinTest {
  @TempDir Path folder;

  @Test
  void answersQueriesSavedOrNot() throws Exception {
    float[][] rows = NeighborRows.clusters(300, 6, 30, 0.1, 21);
    float[][] asking = NeighborRows.clusters(20, 6, 30, 0.1, 21);
    NeighborJoinModel model =
        new NeighborJoin()
            .setInputCol("x")
            .setK(4)
            .setDistance("euclidean")
            .fit(NeighborRows.frame(rows));
    assertThat(model.rows()).isEqualTo(300);
    model.write().save(folder.resolve("model").toString());
    NeighborJoinModel loaded = NeighborJoinModel.load(folder.resolve("model").toString());
    for (NeighborJoinModel each : List.of(model, loaded)) {
      Dataset<Row> answered = each.transform(NeighborRows.frame(asking));
      assertThat(answered.columns()).containsExactly("id", "x", "neighbors");
      assertThat(answered.count()).isEqualTo(20);
      for (Row row : answered.collectAsList()) {
        double[] distances =
            NeighborRows.distances(
                Metric.EUCLIDEAN, asking, (int) (long) row.<Long>getAs("id"), rows);
        Arrays.sort(distances);
        List<Row> neighbors = row.getList(2);
        assertThat(neighbors.stream().map(entry -> entry.<Double>getAs("distance")))
            .containsExactly(distances[0], distances[1], distances[2], distances[3]);
      }
    }
    long near =
        model.setRadius(0.2).transform(NeighborRows.frame(asking)).collectAsList().stream()
            .mapToLong(row -> row.getList(2).size())
            .sum();
    assertThat(near).isPositive().isLessThan(80);
  }

  @Test
  void parametersHaveAccessorsOfTheirNames() throws Exception {
    NeighborJoin stage = new NeighborJoin().setInputCol("x").setRecall(0.9);
    for (Param<?> param : stage.params()) {
      assertThat(NeighborJoin.class.getMethod(param.name()).invoke(stage)).isSameAs(param);
    }
    stage.write().save(folder.resolve("stage").toString());
    NeighborJoin loaded = NeighborJoin.load(folder.resolve("stage").toString());
    assertThat(loaded.getRecall()).isEqualTo(0.9);
    assertThat(loaded.uid()).isEqualTo(stage.uid());
  }
}
