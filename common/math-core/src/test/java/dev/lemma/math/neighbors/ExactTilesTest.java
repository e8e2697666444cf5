// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.linalg.PlainGemm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against brute force in binary64. */
class ExactTilesTest {
  private static final int N = 700;
  private static final int D = 21;
  private static final float[] ROWS = rows();

  /** Clusters, zeros, equal rows, rows of very different length. */
  private static float[] rows() {
    float[] rows = Rows.thinned(Rows.clustered(1, N, D, 7, 0.05), 3);
    Arrays.fill(rows, 3 * D, 5 * D, 0);
    System.arraycopy(rows, 10 * D, rows, 400 * D, D);
    System.arraycopy(rows, 10 * D, rows, 699 * D, D);
    for (int j = 0; j < D; j++) {
      rows[20 * D + j] *= 1e-20f;
      rows[21 * D + j] *= 1e18f;
      rows[22 * D + j] *= 3e18f;
      rows[23 * D + j] *= 3e18f;
    }
    return rows;
  }

  private static double radius(Metric metric) {
    return metric == Metric.COSINE ? 0.03 : 0.6;
  }

  private static List<Rows.Pair> bruteForce(Metric metric, double radius) {
    Rows.Pairs pairs = new Rows.Pairs();
    RowBlock rows = RowBlock.dense(ROWS, N, D);
    for (int i = 0; i < N; i++) {
      for (int j = i + 1; j < N; j++) {
        double distance = rows.distance(metric, i, rows, j);
        if (distance <= radius) {
          pairs.accept(i, j, distance);
        }
      }
    }
    return pairs.sorted();
  }

  private static RowBlock stretch(int from, int to) {
    return RowBlock.dense(Arrays.copyOfRange(ROWS, from * D, to * D), to - from, D);
  }

  /** A filter that drops a pair, and bits that depend on the tiles, the encoding or the kernel. */
  @ParameterizedTest
  @EnumSource
  void everyTilingKernelAndEncodingGivesTheSamePairs(Metric metric) {
    double radius = radius(metric);
    List<Rows.Pair> expected = bruteForce(metric, radius);
    assertThat(expected.size()).isBetween(500, 10_000);

    Rows.Pairs dense = new Rows.Pairs();
    new ExactTiles(metric).withinSelf(stretch(0, N), radius, dense);
    assertThat(dense.sorted()).isEqualTo(expected);

    Rows.Pairs sparse = new Rows.Pairs();
    new ExactTiles(metric).withinSelf(Rows.sparseBlock(ROWS, N, D), radius, sparse);
    assertThat(sparse.sorted()).isEqualTo(expected);

    Rows.Pairs library = new Rows.Pairs();
    new ExactTiles(metric, new PlainGemm()).withinSelf(stretch(0, N), radius, library);
    assertThat(library.sorted()).isEqualTo(expected);

    Rows.Pairs tiles = new Rows.Pairs();
    int[] cuts = {0, 1, 130, 390, N};
    for (int a = 0; a + 1 < cuts.length; a++) {
      for (int b = a; b + 1 < cuts.length; b++) {
        int left = cuts[a];
        int right = cuts[b];
        if (a == b) {
          new ExactTiles(metric)
              .withinSelf(
                  stretch(left, cuts[a + 1]),
                  radius,
                  (i, j, distance) -> tiles.accept(left + i, left + j, distance));
        } else {
          new ExactTiles(metric)
              .within(
                  stretch(left, cuts[a + 1]),
                  stretch(right, cuts[b + 1]),
                  radius,
                  (i, j, distance) -> tiles.accept(left + i, right + j, distance));
        }
      }
    }
    assertThat(tiles.sorted()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void nearestRowsAreThoseOfBruteForce(Metric metric) {
    int k = 5;
    RowBlock rows = stretch(0, N);
    long[] ids = IntStream.range(0, N).mapToLong(i -> 1000L - i).toArray();
    NearestHeap[] expected = heaps(k, ids);
    for (int i = 0; i < N; i++) {
      for (int j = N - 1; j >= 0; j--) {
        expected[i].offer(ids[j], rows.distance(metric, i, rows, j));
      }
    }
    NearestHeap[] self = heaps(k, ids);
    new ExactTiles(metric).nearestSelf(rows, self, ids);
    assertSame(self, expected);

    NearestHeap[] queries = heaps(k, ids);
    new ExactTiles(metric, new PlainGemm()).nearest(rows, queries, rows, ids);
    assertSame(queries, expected);

    NearestHeap[] sparse = heaps(k, ids);
    RowBlock sparseRows = Rows.sparseBlock(ROWS, N, D);
    new ExactTiles(metric).nearest(sparseRows, sparse, sparseRows, ids);
    assertSame(sparse, expected);

    NearestHeap[] both = heaps(k, ids);
    int cut = 333;
    NearestHeap[] low = Arrays.copyOf(both, cut);
    NearestHeap[] high = Arrays.copyOfRange(both, cut, N);
    long[] lowIds = Arrays.copyOf(ids, cut);
    long[] highIds = Arrays.copyOfRange(ids, cut, N);
    new ExactTiles(metric)
        .nearestBoth(stretch(0, cut), low, lowIds, stretch(cut, N), high, highIds);
    new ExactTiles(metric).nearestSelf(stretch(0, cut), low, lowIds);
    new ExactTiles(metric).nearestSelf(stretch(cut, N), high, highIds);
    assertSame(both, expected);
  }

  private static NearestHeap[] heaps(int k, long[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> NearestHeap.excluding(k, id))
        .toArray(NearestHeap[]::new);
  }

  private static void assertSame(NearestHeap[] found, NearestHeap[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i].ids()).as("row %d", i).isEqualTo(expected[i].ids());
      assertThat(found[i].distances()).as("row %d", i).isEqualTo(expected[i].distances());
    }
  }

  @Test
  void zeroAndEqualRowsHaveTheDistancesDocumented() {
    RowBlock rows = stretch(0, N);
    assertThat(rows.distance(Metric.COSINE, 3, rows, 4)).isZero();
    assertThat(rows.distance(Metric.COSINE, 3, rows, 10)).isEqualTo(1);
    assertThat(rows.distance(Metric.COSINE, 10, rows, 400)).isZero();
    assertThat(rows.distance(Metric.EUCLIDEAN, 10, rows, 699)).isZero();
    assertThatThrownBy(() -> rows.distance(Metric.COSINE, 0, Rows.sparseBlock(ROWS, N, D), 0))
        .hasMessage(
            "distance of rows: expected two blocks of one kind, found dense rows of 21 features and"
                + " sparse rows");
    assertThatThrownBy(
            () -> new ExactTiles(Metric.COSINE).withinSelf(rows, Double.NaN, (i, j, r) -> {}))
        .hasMessage("radius: expected a number of at least 0, found NaN");
  }
}
