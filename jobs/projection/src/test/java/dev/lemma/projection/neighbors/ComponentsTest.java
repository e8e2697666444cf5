// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Components of chains, which take the most rounds, and of stars. */
class ComponentsTest {
  private static JavaRDD<PairChunk> edges(List<long[]> edges, int slices) {
    List<PairChunk> chunks = new ArrayList<>();
    for (long[] edge : edges) {
      chunks.add(new PairChunk(new long[] {edge[0]}, new long[] {edge[1]}, new double[] {0}));
    }
    return JavaSparkContext.fromSparkContext(NeighborRows.SPARK.sparkContext())
        .parallelize(chunks, slices);
  }

  private static Map<Long, Long> names(JavaRDD<long[]> components) {
    return components.collect().stream()
        .collect(Collectors.toMap(edge -> edge[0], edge -> edge[1]));
  }

  @Test
  void roundsAndOneTaskAgreeOnChainsAndStars() {
    List<long[]> edges = new ArrayList<>();
    List<Long> path = new ArrayList<>();
    for (long i = 0; i < 90; i++) {
      path.add(i);
    }
    Collections.shuffle(path, new Random(5));
    for (int i = 1; i < path.size(); i++) {
      edges.add(new long[] {path.get(i - 1), path.get(i)});
    }
    for (long leaf = 101; leaf < 120; leaf++) {
      edges.add(new long[] {leaf, 120});
    }
    Collections.shuffle(edges, new Random(6));
    Components one = new Components(Components.ONE_TASK);
    Map<Long, Long> expected = names(one.of(edges(edges, 3)));
    assertThat(one.rounds()).isZero();
    assertThat(expected).hasSize(89 + 19);
    for (long point = 1; point < 90; point++) {
      assertThat(expected).containsEntry(point, 0L);
    }
    for (long point = 102; point <= 120; point++) {
      assertThat(expected).containsEntry(point, 101L);
    }
    Components many = new Components(0);
    assertThat(names(many.of(edges(edges, 4)))).isEqualTo(expected);
    assertThat(many.rounds()).isBetween(2, 12);
  }
}
