// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.linalg.SparseRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of bits: Ru depends on R and u, and on nothing else. */
class ProjectionBitsTest {
  static Stream<Arguments> shapes() {
    // Neither a multiple of 4; beyond one block of 256 signs; powers of two; the smallest.
    int[][] shapes = {{37, 13}, {301, 259}, {64, 32}, {1, 1}, {3, 2}};
    return Stream.of(Family.values())
        .flatMap(
            family -> Stream.of(shapes).map(shape -> Arguments.of(family, shape[0], shape[1])));
  }

  /** Rows in which zeros of both signs, subnormals, huge values, infinities and NaN occur. */
  private static double[][] rows(int d) {
    double[][] rows = new double[9][];
    for (int r = 0; r < rows.length; r++) {
      double[] row = Specs.gaussians(r, d);
      for (int j = 0; j < d; j++) {
        switch (r) {
          case 0 -> {}
          case 1 -> row[j] = j % 3 == 0 ? row[j] : j % 2 == 0 ? 0.0 : -0.0;
          case 2 -> row[j] = j % 7 == 5 ? row[j] : -0.0;
          case 3 -> row[j] = 0;
          case 4 -> row[j] = -0.0;
          case 5 -> row[j] *= 1e-44;
          case 6 -> row[j] *= 1e37;
          case 7 -> row[j] = j == d / 2 ? Double.NaN : row[j];
          default -> row[j] = j == d / 2 ? Double.POSITIVE_INFINITY : row[j];
        }
      }
      rows[r] = row;
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void denseSparseBlockAndPermutedBlockAreOneInBinary32(Family family, int d, int k) {
    ProjectionSpec spec = Specs.of(family, 42, k, d);
    double[][] rows = rows(d);
    int n = rows.length;
    float[] flat = new float[n * d];
    float[] backwards = new float[n * d];
    for (int r = 0; r < n; r++) {
      System.arraycopy(Specs.floats(rows[r]), 0, flat, r * d, d);
      System.arraycopy(Specs.floats(rows[r]), 0, backwards, (n - 1 - r) * d, d);
    }
    float[] block = new float[n * k];
    float[] permuted = new float[n * k];
    Projection.of(spec).projectRows(flat, n, block);
    Projection one = Projection.of(spec);
    one.projectRows(backwards, n, permuted);
    for (int r = 0; r < n; r++) {
      float[] expected = slice(block, r * k, k);
      float[] out = new float[k];
      one.project(Specs.floats(rows[r]), out);
      assertThat(bits(out)).as("dense row %d", r).isEqualTo(bits(expected));
      one.project(Specs.nonZeros(rows[r]), out);
      assertThat(bits(out)).as("sparse row %d", r).isEqualTo(bits(expected));
      one.project(Specs.allEntries(rows[r]), out);
      assertThat(bits(out)).as("sparse row %d with zeros", r).isEqualTo(bits(expected));
      assertThat(bits(slice(permuted, (n - 1 - r) * k, k)))
          .as("row %d of the permuted block", r)
          .isEqualTo(bits(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void denseSparseBlockAndPermutedBlockAreOneInBinary64(Family family, int d, int k) {
    ProjectionSpec spec = Specs.of(family, 42, k, d);
    double[][] rows = rows(d);
    int n = rows.length;
    double[] flat = new double[n * d];
    double[] backwards = new double[n * d];
    for (int r = 0; r < n; r++) {
      System.arraycopy(rows[r], 0, flat, r * d, d);
      System.arraycopy(rows[r], 0, backwards, (n - 1 - r) * d, d);
    }
    double[] block = new double[n * k];
    double[] permuted = new double[n * k];
    Projection.of(spec).projectRows(flat, n, block);
    Projection one = Projection.of(spec);
    one.projectRows(backwards, n, permuted);
    for (int r = 0; r < n; r++) {
      double[] expected = slice(block, r * k, k);
      double[] out = new double[k];
      one.project(rows[r], out);
      assertThat(bits(out)).as("dense row %d", r).isEqualTo(bits(expected));
      one.project(Specs.nonZeros(rows[r]), out);
      assertThat(bits(out)).as("sparse row %d", r).isEqualTo(bits(expected));
      one.project(Specs.allEntries(rows[r]), out);
      assertThat(bits(out)).as("sparse row %d with zeros", r).isEqualTo(bits(expected));
      assertThat(bits(slice(permuted, (n - 1 - r) * k, k)))
          .as("row %d of the permuted block", r)
          .isEqualTo(bits(expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void zerosOfEitherSignProjectToPlusZero(Family family) {
    Projection projection = Projection.of(Specs.of(family, 1, 5, 8));
    double[] minusZeros = new double[8];
    Arrays.fill(minusZeros, -0.0);
    double[] out = new double[5];
    projection.project(minusZeros, out);
    assertThat(bits(out)).isEqualTo(new long[5]);
    projection.project(new SparseRow(), out);
    assertThat(bits(out)).isEqualTo(new long[5]);
    float[] floatOut = new float[5];
    projection.project(Specs.floats(minusZeros), floatOut);
    assertThat(bits(floatOut)).isEqualTo(new int[5]);
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      mode = Mode.EXCLUDE,
      names = {"HADAMARD", "ORTHONORMAL"})
  void aKnownDimensionIsAWindowOnTheOpenSpace(Family family) {
    double[] row = Specs.gaussians(3, 50);
    double[] known = new double[21];
    double[] open = new double[21];
    Projection.of(Specs.of(family, 8, 21, 50)).project(row, known);
    Projection.of(Specs.open(family, 8, 21)).project(Specs.allEntries(row), open);
    assertThat(bits(open)).isEqualTo(bits(known));
    float[] knownFloats = new float[21];
    float[] openFloats = new float[21];
    Projection.of(Specs.of(family, 8, 21, 50)).project(Specs.floats(row), knownFloats);
    Projection.of(Specs.open(family, 8, 21)).project(Specs.allEntries(row), openFloats);
    assertThat(bits(openFloats)).isEqualTo(bits(knownFloats));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void theSameInstanceGivesTheSameBitsAgainAndAnotherSeedOthers(Family family) {
    double[] row = Specs.gaussians(4, 64);
    Projection projection = Projection.of(Specs.of(family, 8, 20, 64));
    double[] first = new double[20];
    double[] again = new double[20];
    double[] other = new double[20];
    projection.project(row, first);
    projection.project(Specs.gaussians(5, 64), again);
    projection.project(row, again);
    Projection.of(Specs.of(family, 9, 20, 64)).project(row, other);
    assertThat(bits(again)).isEqualTo(bits(first));
    assertThat(bits(other)).isNotEqualTo(bits(first));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void threadsThatShareAMatrixAgree(Family family) throws Exception {
    // A seed of its own: the shared table is still empty when the threads start.
    ProjectionSpec spec = Specs.of(family, 77_000 + family.ordinal(), 60, 400);
    double[] row = Specs.gaussians(6, 400);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<double[]>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        tasks.add(
            () -> {
              double[] out = new double[60];
              Projection.of(spec).project(row, out);
              return out;
            });
      }
      double[] expected = null;
      for (Future<double[]> future : pool.invokeAll(tasks)) {
        expected = expected == null ? future.get() : expected;
        assertThat(bits(future.get())).isEqualTo(bits(expected));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aCacheTooSmallForTheRowGivesTheSameBits() {
    ColumnLaw law = (feature, column) -> column[0] = feature * 0.1;
    DenseColumns small = new ColumnCache(law, 1, 0);
    DenseColumns large = new ColumnCache(law, 1);
    double[] row = Specs.gaussians(7, 400);
    double[] a = new double[1];
    double[] b = new double[1];
    GroupSums.add(Specs.allEntries(row), small, a);
    GroupSums.add(Specs.allEntries(row), large, b);
    assertThat(bits(a)).isEqualTo(bits(b));
    float[] c = new float[1];
    float[] e = new float[1];
    GroupSums.add(Specs.allEntries(row), small, c);
    GroupSums.add(Specs.allEntries(row), large, e);
    assertThat(bits(c)).isEqualTo(bits(e));
  }

  @Test
  void tablesAreSharedWhileRemembered() {
    ProjectionSpec spec = Specs.of(Family.GAUSSIAN, 123, 8, 16);
    ColumnLaw law = (feature, column) -> {};
    DenseColumns first = DenseColumns.of(spec, law);
    assertThat(DenseColumns.of(spec, law)).isSameAs(first).isInstanceOf(ColumnTable.class);
    assertThat(DenseColumns.of(Specs.of(Family.GAUSSIAN, 124, 8, 16), law)).isNotSameAs(first);
    for (int seed = 200; seed < 204; seed++) {
      DenseColumns.of(Specs.of(Family.GAUSSIAN, seed, 8, 16), law);
    }
    assertThat(DenseColumns.of(spec, law)).as("four others came since").isNotSameAs(first);
    assertThat(DenseColumns.of(Specs.of(Family.GAUSSIAN, 1, 1 << 20, 1 << 20), law))
        .isInstanceOf(ColumnCache.class);
  }

  private static float[] slice(float[] x, int from, int length) {
    return Arrays.copyOfRange(x, from, from + length);
  }

  private static double[] slice(double[] x, int from, int length) {
    return Arrays.copyOfRange(x, from, from + length);
  }

  /** Bits, all NaNs as one. */
  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }

  private static long[] bits(double[] x) {
    return DoubleStream.of(x).mapToLong(Double::doubleToLongBits).toArray();
  }
}
