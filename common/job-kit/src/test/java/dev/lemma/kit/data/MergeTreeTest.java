// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.linalg.PairwiseMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever parts are merged, they are merged along the same tree. */
class MergeTreeTest {
  private static final SparkSession SPARK = SharedSpark.session();

  /** Shows the tree in its result. */
  private static final MergeTree.Merge BRACKETS = (left, right) -> "(" + left + " " + right + ")";

  private static final int HEAVY = 9 << 20;

  /** Parts 0 to n - 1 of two groups in three partitions, in any order. */
  private static JavaRDD<Part<Integer>> parts(int n, String padding) {
    List<Part<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int group = 0; group < 2; group++) {
        parts.add(new Part<>(group, i, group + "." + i + padding));
      }
    }
    Collections.shuffle(parts, new java.util.Random(n));
    return JavaSparkContext.fromSparkContext(SPARK.sparkContext()).parallelize(parts, 3);
  }

  private static Map<Integer, Serializable> byGroup(List<Part<Integer>> merged) {
    Map<Integer, Serializable> values = new HashMap<>();
    merged.forEach(part -> values.put(part.group(), part.value()));
    assertThat(merged).hasSize(values.size());
    return values;
  }

  private static Serializable inOnePlace(JavaRDD<Part<Integer>> parts, int group) {
    PairwiseMerge<Serializable> merge = new PairwiseMerge<>(BRACKETS);
    parts.collect().stream()
        .filter(part -> part.group() == group)
        .sorted(Comparator.comparingLong(part -> part.index()))
        .forEach(part -> merge.add(part.index(), part.value()));
    return merge.finish().orElseThrow();
  }

  /** Of 70 parts a level is merged on the executors before the rest comes to the driver. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64, 70})
  void theTreeIsTheSameEverywhere(int n) {
    JavaRDD<Part<Integer>> parts = parts(n, "");
    Map<Integer, Serializable> light = byGroup(MergeTree.gather(parts, n, BRACKETS, 0));
    assertThat(light).isEqualTo(byGroup(MergeTree.gather(parts, n, BRACKETS, 1e9)));
    assertThat(light).isEqualTo(byGroup(MergeTree.reduce(parts, n, BRACKETS, 0).collect()));
    assertThat(light).isEqualTo(byGroup(MergeTree.reduce(parts, n, BRACKETS, 1e9).collect()));
    assertThat(light.get(0)).isEqualTo(inOnePlace(parts, 0));
    assertThat(light.get(1)).isEqualTo(inOnePlace(parts, 1));
  }

  @Test
  void lightPartsTakeNoFurtherStage() {
    JavaRDD<Part<Integer>> parts = parts(8, "");
    assertThat(stages(() -> MergeTree.gather(parts, 8, BRACKETS, 0))).isEqualTo(1);
    assertThat(stages(() -> MergeTree.gather(parts, 8, BRACKETS, 4e6))).isEqualTo(2);
  }

  /** Which is found out once they are there, and costs no second look at their rows. */
  @Test
  void heavyPartsStayOnTheExecutors() {
    org.apache.spark.util.LongAccumulator made = SPARK.sparkContext().longAccumulator();
    JavaRDD<Part<Integer>> parts =
        parts(3, "")
            .map(
                part -> {
                  made.add(1);
                  return new Part<>(part.group(), part.index(), part.value() + "x".repeat(HEAVY));
                });
    MergeTree.Merge lengths =
        (left, right) -> Integer.toString(left.toString().length() + right.toString().length());
    int kept = SPARK.sparkContext().getPersistentRDDs().size();
    List<Part<Integer>> merged = MergeTree.gather(parts, 3, lengths, 0);
    assertThat(made.value()).isEqualTo(6);
    assertThat(byGroup(merged).get(0)).isEqualTo(Integer.toString(8 + HEAVY + 3));
    assertThat(SPARK.sparkContext().getPersistentRDDs().size()).isEqualTo(kept);
  }

  /** Two indices of some groups and not eight of all. */
  @Test
  void heavyPartsMeetInSmallBlocks() {
    List<Part<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      for (int group = 0; group < 10; group++) {
        all.add(new Part<>(group, i, group + "." + i));
      }
    }
    JavaRDD<Part<Integer>> parts =
        JavaSparkContext.fromSparkContext(SPARK.sparkContext()).parallelize(all, 16);
    assertThat(mostRead(() -> MergeTree.reduce(parts, 16, BRACKETS, 0).collect())).isEqualTo(80);
    assertThat(mostRead(() -> MergeTree.reduce(parts, 16, BRACKETS, 1e9).collect())).isLessThan(21);
  }

  /** Most parts that one task has met. */
  private static long mostRead(Supplier<List<Part<Integer>>> work) {
    AtomicLong most = new AtomicLong();
    listening(
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd ended) {
            long read = ended.taskMetrics().shuffleReadMetrics().recordsRead();
            most.accumulateAndGet(read, Math::max);
          }
        },
        work);
    return most.get();
  }

  private static int stages(Supplier<List<Part<Integer>>> work) {
    AtomicInteger stages = new AtomicInteger();
    listening(
        new SparkListener() {
          @Override
          public void onStageCompleted(SparkListenerStageCompleted completed) {
            stages.incrementAndGet();
          }
        },
        work);
    return stages.get();
  }

  private static void listening(SparkListener listener, Supplier<List<Part<Integer>>> work) {
    var spark = SPARK.sparkContext();
    try {
      spark.listenerBus().waitUntilEmpty();
      spark.addSparkListener(listener);
      work.get();
      spark.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    } finally {
      spark.removeSparkListener(listener);
    }
  }
}
