// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan's expectations against the search that it plans. */
class NeighborPlannerTest {
  private static final int N = 600;
  private static final int D = 32;
  private static final int GROUP = 10;
  private static final float[] ROWS = Rows.clustered(5, N, D, GROUP, 0.25);
  private static final RowBlock BLOCK = RowBlock.dense(ROWS, N, D);

  private static final Map<Metric, double[]> DISTANCES = new EnumMap<>(Metric.class);

  /** Of rows 0 and 1, 0 and 2, ..., 1 and 2, ... */
  private static double[] distances(Metric metric) {
    return DISTANCES.computeIfAbsent(
        metric,
        key -> {
          double[] distances = new double[N * (N - 1) / 2];
          int at = 0;
          for (int i = 0; i < N; i++) {
            for (int j = i + 1; j < N; j++) {
              distances[at++] = BLOCK.distance(key, i, BLOCK, j);
            }
          }
          return distances;
        });
  }

  private static NeighborQuestion question(
      Metric metric, JoinSides sides, double radius, double[] distances) {
    return new NeighborQuestion(
        metric,
        sides,
        sides == JoinSides.SELF ? N : 1,
        N,
        OptionalLong.of(D),
        D,
        Arrays.stream(distances).filter(distance -> distance <= radius).toArray(),
        0.9,
        DistanceProfile.of(distances, distances.length),
        distances.length,
        7);
  }

  private static double radius(Metric metric) {
    return metric == Metric.COSINE ? 0.08 : 2.2;
  }

  /**
   * Recall and candidates as expected, without probes and, where queries are few, with them: a
   * probe then saves what a table costs on the other side. The mean over 5 seeds of the hash
   * functions; pairs of a group cling together: 0.03 of recall and 15 % of the candidates are
   * granted.
   */
  @ParameterizedTest
  @CsvSource({"SIGN, SELF", "SIGN, TWO", "STABLE, SELF", "STABLE, TWO", "POLYTOPE, SELF"})
  void whatIsExpectedIsFound(HashKind kind, JoinSides sides) {
    Metric metric = kind.metric();
    double[] distances = distances(metric);
    CostModel costs = new CostModel(2e10, 1e-6, 24, 1e-8, 1e-7, 3e9, 2.5e10, 1e-9, 1e-8);
    NeighborPlan plan =
        NeighborPlanner.solve(
            question(metric, sides, radius(metric), distances), costs, EnumSet.of(kind));
    PlanOption option = plan.bestHash().orElseThrow();
    assertThat(option.recall()).isBetween(0.92, 0.98);
    if (sides == JoinSides.TWO) {
      assertThat(option.probes()).isPositive();
    }
    double recall = 0;
    double candidates = 0;
    for (int seed = 0; seed < 5; seed++) {
      double[] found = search(option, metric, seed);
      recall += found[0] / 5;
      candidates += found[1] / 5;
    }
    assertThat(recall).as("%s", option).isCloseTo(option.recall(), within(0.03));
    assertThat(candidates / option.candidates()).as("%s", option).isBetween(0.85, 1.15);
  }

  /**
   * Whatever family the planner offers for the cosine finds what was asked: the mean over 4 seeds.
   * Polytopes of 6 features found 0.946 and less, of 3 features 0.73.
   */
  @ParameterizedTest
  @CsvSource({"6, 0.5", "17, 0.4"})
  void everyOptionFindsWhatWasAsked(int d, double noise) {
    float[] rows = Rows.clustered(11, N, d, GROUP, noise);
    RowBlock block = RowBlock.dense(rows, N, d);
    double[] distances = new double[N * (N - 1) / 2];
    List<int[]> near = new ArrayList<>();
    List<Double> wanted = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < N; i++) {
      for (int j = i + 1; j < N; j++) {
        distances[at] = block.distance(Metric.COSINE, i, block, j);
        if (i / GROUP == j / GROUP) {
          near.add(new int[] {i, j});
          wanted.add(distances[at]);
        }
        at++;
      }
    }
    double recall = 0.95;
    NeighborPlan plan =
        NeighborPlanner.solve(
            new NeighborQuestion(
                Metric.COSINE,
                JoinSides.SELF,
                200_000,
                200_000,
                OptionalLong.of(d),
                d,
                wanted.stream().mapToDouble(distance -> distance).toArray(),
                recall,
                DistanceProfile.of(distances, 2e10),
                2e10,
                7),
            CostModel.defaults());
    assertThat(plan.options()).isNotEmpty();
    for (PlanOption option : plan.options()) {
      HashSpec spec = option.hash().orElseThrow();
      if (option.probes() > 0 || spec.tables() > 64) {
        continue;
      }
      double found = 0;
      for (int seed = 1; seed <= 4; seed++) {
        found += met(spec, seed, rows, near) / 4;
      }
      assertThat(found).as("%s", option).isGreaterThan(recall);
    }
  }

  /** The share of the pairs that meet in a table. */
  private static double met(HashSpec plan, long seed, float[] rows, List<int[]> pairs) {
    HashSpec spec =
        new HashSpec(plan.kind(), seed, plan.d(), plan.tables(), plan.hashes(), 0, plan.width());
    HashFamily family = HashFamily.of(spec);
    long[] words = new long[N * spec.words()];
    family.hashRows(rows, N, words);
    Signatures signatures = family.signatures();
    long met = 0;
    for (int[] pair : pairs) {
      int table = 0;
      while (table < spec.tables()
          && signatures.key(words, pair[0] * spec.words(), table, spec.hashes())
              != signatures.key(words, pair[1] * spec.words(), table, spec.hashes())) {
        table++;
      }
      met += table < spec.tables() ? 1 : 0;
    }
    return (double) met / pairs.size();
  }

  /** Recall and candidates of one draw of the functions. Queries are the lower numbers. */
  private static double[] search(PlanOption option, Metric metric, long seed) {
    HashSpec plan = option.hash().orElseThrow();
    HashSpec spec =
        new HashSpec(
            plan.kind(), seed, plan.d(), plan.tables(), plan.hashes(), plan.extra(), plan.width());
    int queried = 1 + option.probes();
    int size = spec.tables() * queried;
    long[] keys = new long[N * size];
    HashFamily.of(spec).probeKeysRows(ROWS, N, option.probes(), keys);
    Map<Long, BitSet> buckets = new HashMap<>();
    for (int j = 0; j < N; j++) {
      for (int key = j * size; key < (j + 1) * size; key += queried) {
        buckets.computeIfAbsent(keys[key], bucket -> new BitSet()).set(j);
      }
    }
    double candidates = 0;
    double found = 0;
    double wanted = 0;
    double[] distances = distances(metric);
    int pair = 0;
    for (int i = 0; i < N; i++) {
      BitSet met = new BitSet();
      for (int key = i * size; key < (i + 1) * size; key++) {
        met.or(buckets.getOrDefault(keys[key], new BitSet()));
      }
      met.clear(0, i + 1);
      candidates += met.cardinality();
      for (int j = i + 1; j < N; j++) {
        if (distances[pair++] <= radius(metric)) {
          wanted++;
          found += met.get(j) ? 1 : 0;
        }
      }
    }
    return new double[] {found / wanted, candidates};
  }

  /** A plan that hashes where every pair is wanted, or where there are few rows. */
  @Test
  void exactTilesWinWhereHashingCannot() {
    double[] distances = distances(Metric.EUCLIDEAN);
    double largest = Arrays.stream(distances).max().getAsDouble();
    NeighborPlan all =
        NeighborPlanner.solve(
            question(Metric.EUCLIDEAN, JoinSides.SELF, largest, distances), CostModel.defaults());
    assertThat(all.chosen().isExact()).isTrue();
    assertThat(all.chosen().recall()).isEqualTo(1);
    assertThat(all.exact().collisions()).isCloseTo(N * (N - 1) / 2.0, within(1.0));
  }

  /** A plan that tiles a billion pairs although near rows are few and clear. */
  @Test
  void hashesWinWhereRowsAreMany() {
    double radius = radius(Metric.EUCLIDEAN);
    double[] distances = distances(Metric.EUCLIDEAN);
    long rows = 10_000_000;
    double[] near = Arrays.stream(distances).filter(distance -> distance <= radius).toArray();
    double[] far = Arrays.stream(distances).filter(distance -> distance > radius).toArray();
    DistanceProfile few = DistanceProfile.of(near, 5.0 * rows);
    DistanceProfile many = DistanceProfile.of(far, rows * (rows - 1.0) / 2);
    NeighborQuestion question =
        new NeighborQuestion(
            Metric.EUCLIDEAN,
            JoinSides.SELF,
            rows,
            rows,
            OptionalLong.of(D),
            D,
            near,
            0.95,
            new DistanceProfile(
                joined(few.distances(), many.distances()), joined(few.pairs(), many.pairs())),
            few.total() + many.total(),
            7);
    NeighborPlan plan = NeighborPlanner.solve(question, CostModel.defaults());
    assertThat(plan.chosen().isExact()).isFalse();
    assertThat(plan.chosen().seconds()).isLessThan(plan.exact().seconds());
    assertThat(plan.chosen()).isEqualTo(plan.options().get(0));
    assertThat(plan.options())
        .isSortedAccordingTo((a, b) -> Double.compare(a.seconds(), b.seconds()));
  }

  private static double[] joined(double[] first, double[] second) {
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  @Test
  void profilesKeepTheirNumbersAndTheirNearTail() {
    double[] distances = distances(Metric.EUCLIDEAN);
    DistanceProfile profile = DistanceProfile.of(distances, 1e9);
    assertThat(profile.total()).isCloseTo(1e9, within(1.0));
    assertThat(profile.distances()).hasSizeLessThan(300);
    double nearest = Arrays.stream(distances).min().getAsDouble();
    assertThat(profile.distances()[0]).isEqualTo(nearest);
    long within = Arrays.stream(distances).filter(distance -> distance <= 2.2).count();
    assertThat(profile.within(2.2))
        .isCloseTo(1e9 * within / distances.length, within(0.07e9 * within / distances.length));
    assertThatThrownBy(() -> new DistanceProfile(new double[] {2, 1}, new double[] {1, 1}))
        .hasMessage(
            "profile of distances: expected distances ascending from 0 or more and numbers of"
                + " pairs of at least 0, found otherwise at place 1");
  }
}
