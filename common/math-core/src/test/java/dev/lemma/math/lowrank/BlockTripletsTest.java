// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tall matrix in blocks against the same matrix whole. */
class BlockTripletsTest {
  private static final int N = 61;

  /** A block of some rows, of a matrix that is left as it is. */
  private static TallBlock block(double[][] rows, int index, int width) {
    int from = index * width;
    int size = Math.min(width, rows.length - from);
    double[][] product = new double[size][];
    System.arraycopy(rows, from, product, 0, size);
    PowerSums none =
        new PowerSums(
            0,
            product,
            new double[0],
            new double[0],
            new long[0],
            new double[size],
            new double[size]);
    return TallBlock.bare(index, from, size, none, 1, Preparation.RAW)
        .product(product, new double[rows[0].length]);
  }

  /** Blocks wider and narrower than the matrix has columns, full rank, condition 1e12, rank 5. */
  @ParameterizedTest
  @CsvSource({"20, 12, 0", "7, 12, 0", "1, 12, -12", "20, 12, -12", "9, 5, -12", "61, 5, 0"})
  void vectorsAreOrthonormalAndValuesThoseOfTheWhole(int width, int rank, double power) {
    double[] s =
        IntStream.range(0, rank)
            .mapToDouble(i -> StrictMath.pow(10, power * i / (rank - 1)) * (1 + 0.01 * i))
            .toArray();
    double[][] rows = MemoryRows.ofSpectrum(N, 12, s, 6);
    double[][] columns = new double[12][N];
    for (int j = 0; j < N; j++) {
      for (int c = 0; c < 12; c++) {
        columns[c][j] = rows[j][c];
      }
    }
    List<TallBlock.Factored> factored = new ArrayList<>();
    for (int b = 0; b * width < N; b++) {
      factored.add(block(rows, b, width).factored());
    }
    BlockTriplets found =
        BlockTriplets.of(factored.stream().map(TallBlock.Factored::r).toList()).orElseThrow();
    int size = found.values().length;
    List<TallBlock> vectors = new ArrayList<>();
    for (int b = 0; b < factored.size(); b++) {
      vectors.add(factored.get(b).q().times(found.weights().get(b), size));
    }
    double[] signs = BlockTriplets.signs(vectors.stream().map(TallBlock::largest).toList());
    double[][] gram = new double[size][size];
    for (TallBlock vector : vectors) {
      double[][] part = vector.inner(vector);
      for (int i = 0; i < size; i++) {
        RowSweeps.addOne(gram[i], 1, part[i]);
      }
    }
    assertThat(TallColumns.departure(gram)).isLessThan(1e-13);
    Triplets whole = Triplets.of(columns).orElseThrow();
    double largest = whole.values()[0];
    for (int r = 0; r < rank; r++) {
      assertThat(found.values()[r]).isCloseTo(whole.values()[r], within(1e-14 * largest));
    }
    // Of the largest value the vectors, with their signs; where gaps are narrow, to fewer digits.
    for (TallBlock vector : vectors) {
      for (int j = 0; j < vector.size(); j++) {
        assertThat(signs[0] * vector.rows()[j][0])
            .isCloseTo(whole.right()[0][vector.from() + j], within(1e-10));
      }
    }
    assertThat(found.core(signs)[0][0]).isCloseTo(whole.core()[0][0], within(1e-10));
  }
}
