// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.PlainGemm;
import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionTest {
  private static final long SEED = 20260101;
  private static final Offset<Double> LAST_BIT = within(1e-15);

  static Stream<Arguments> frozen() {
    return Stream.of(
        Arguments.of(
            Family.SIGN,
            new double[] {
              -2.8577380332470415,
              0.4082482904638631,
              3.061862178478973,
              2.041241452319315,
              3.061862178478973,
              0.4082482904638631
            }),
        Arguments.of(
            Family.GAUSSIAN,
            new double[] {
              -1.5297655886706076,
              -3.4447542022240145,
              -0.19065142295693688,
              2.110823958209323,
              -1.4929779216456136,
              -1.9974586936956378
            }),
        Arguments.of(
            Family.ORTHONORMAL,
            new double[] {
              0.5253376965310498,
              -0.34177897749146396,
              -1.9362102859154173,
              -4.393982715636516,
              1.38569515878178,
              0.72967043404129
            }),
        Arguments.of(
            Family.SPARSE_SIGN,
            new double[] {
              0.8944271909999159,
              -2.23606797749979,
              0.4472135954999579,
              1.5652475842498528,
              -2.23606797749979,
              2.23606797749979
            }),
        Arguments.of(
            Family.VERY_SPARSE,
            new double[] {
              -1.4907119849998598,
              0.18633899812498247,
              -0.5590169943749475,
              -2.7950849718747373,
              -1.6770509831248424,
              2.9814239699997196
            }),
        Arguments.of(
            Family.HADAMARD,
            new double[] {
              0.20412414523193154,
              1.8371173070873839,
              -2.8577380332470415,
              2.041241452319315,
              -4.08248290463863,
              0.0
            }));
  }

  private static ProjectionSpec frozenSpec(Family family, OptionalLong d) {
    int nonzeros = family == Family.SPARSE_SIGN ? 5 : 0;
    double density = family == Family.VERY_SPARSE ? 0.3 : 0;
    return new ProjectionSpec(family, SEED, 6, d, nonzeros, density);
  }

  // Made by a second implementation in Python from the documentation of each family. What changes
  // them breaks every stored specification: raise ProjectionSpec.VERSION.
  @ParameterizedTest
  @MethodSource("frozen")
  void frozenVectors(Family family, double[] expected) {
    double[] row = new double[11];
    for (int j = 0; j < row.length; j++) {
      row[j] = (j + 1) / 4.0;
    }
    double[] out = new double[6];
    Projection.of(frozenSpec(family, OptionalLong.of(11))).project(row, out);
    if (family == Family.ORTHONORMAL) {
      assertThat(out).containsExactly(expected, within(1e-13));
    } else {
      assertThat(out).containsExactly(expected, LAST_BIT);
    }
    float[] floats = new float[6];
    Projection.of(frozenSpec(family, OptionalLong.of(11))).project(Specs.floats(row), floats);
    for (int c = 0; c < 6; c++) {
      assertThat((double) floats[c]).isCloseTo(expected[c], within(2e-6));
    }
  }

  @Test
  void frozenVectorsOfOpenSpaces() {
    SparseRow row = new SparseRow();
    row.append(Long.MIN_VALUE, 1);
    row.append(-5, 2);
    row.append(-4, 0.5);
    row.append(3, -3);
    row.append((1L << 62) + 1, 4);
    double[] out = new double[6];
    Projection.of(frozenSpec(Family.SIGN, OptionalLong.empty())).project(row, out);
    assertThat(out)
        .containsExactly(
            new double[] {
              3.470110468942836,
              4.286607049870562,
              1.0206207261596576,
              -1.4288690166235207,
              1.4288690166235207,
              1.8371173070873839
            },
            LAST_BIT);
    Projection.of(frozenSpec(Family.SPARSE_SIGN, OptionalLong.empty())).project(row, out);
    assertThat(out)
        .containsExactly(
            new double[] {
              1.5652475842498528,
              2.0124611797498106,
              -0.6708203932499369,
              -0.6708203932499369,
              -2.6832815729997477,
              -1.118033988749895
            },
            LAST_BIT);
  }

  @Test
  void frozenSignsBeyondTheFirstBlock() {
    double[] single = new double[8];
    single[7] = 1;
    double[] out = new double[600];
    Projection.of(Specs.of(Family.SIGN, SEED, 600, 8)).project(single, out);
    assertThat(Arrays.stream(out).filter(x -> x < 0).count()).isEqualTo(303);
    for (int c = 590; c < 600; c++) {
      assertThat(out[c] < 0).isEqualTo(c == 590 || c == 591 || c == 595 || c == 597 || c == 599);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void backProjectionIsTheTranspose(Family family) {
    int d = 45;
    int k = 30;
    Projection projection = Projection.of(Specs.of(family, 4, k, d));
    double[] x = Specs.gaussians(1, d);
    double[] y = Specs.gaussians(2, k);
    double[] image = new double[k];
    double[] back = new double[d];
    projection.project(x, image);
    projection.backProject(y, back);
    assertThat(Specs.dot(x, back)).isCloseTo(Specs.dot(image, y), within(1e-12));
    float[] floatBack = new float[d];
    projection.backProject(Specs.floats(y), floatBack);
    for (int j = 0; j < d; j++) {
      assertThat((double) floatBack[j]).isCloseTo(back[j], within(2e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void nanAndInfinitySpreadToWhatTheirFeatureTouches(Family family) {
    double[] row = Specs.gaussians(1, 32);
    row[9] = Double.NaN;
    double[] out = new double[16];
    Projection.of(Specs.of(family, 4, 16, 32)).project(row, out);
    boolean sparse = family == Family.SPARSE_SIGN || family == Family.VERY_SPARSE;
    assertThat(out).contains(Double.NaN);
    if (sparse) {
      assertThat(Arrays.stream(out).anyMatch(Double::isFinite)).isTrue();
    } else {
      assertThat(out).containsOnly(Double.NaN);
    }
    row[9] = Double.POSITIVE_INFINITY;
    Projection.of(Specs.of(family, 4, 16, 32)).project(row, out);
    assertThat(Arrays.stream(out).anyMatch(Double::isInfinite)).isTrue();
  }

  /** Three nested loops. */
  private static final Gemm PLAIN = new PlainGemm();

  @ParameterizedTest
  @EnumSource(Family.class)
  void fastRowsAgreeWithExactRowsToRounding(Family family) {
    // Beyond one panel of 4 MB in both precisions.
    int d = 1100;
    int k = 1024;
    if (family == Family.ORTHONORMAL) {
      d = 160;
      k = 70;
    }
    int n = 2;
    Projection projection = Projection.of(Specs.of(family, 4, k, d));
    double[] rows = Specs.gaussians(1, n * d);
    double[] exact = new double[n * k];
    double[] fast = new double[n * k];
    Arrays.fill(fast, Double.NaN);
    projection.projectRows(rows, n, exact);
    projection.projectRowsFast(rows, n, fast, PLAIN);
    assertThat(fast).containsExactly(exact, within(1e-11));
    float[] floatFast = new float[n * k];
    Arrays.fill(floatFast, Float.NaN);
    projection.projectRowsFast(Specs.floats(rows), n, floatFast, PLAIN);
    for (int i = 0; i < floatFast.length; i++) {
      assertThat((double) floatFast[i]).isCloseTo(exact[i], within(2e-4));
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            p -> p.project(new float[4], new float[3]),
            "dense row: expected d = 5 entries, found 4"),
        mistake(
            p -> p.project(new double[5], new double[4]),
            "projected row: expected k = 3 entries, found 4"),
        mistake(
            p -> p.projectRows(new float[9], 2, new float[6]),
            "block of rows: expected at least n x d = 10 entries, found 9"),
        mistake(
            p -> p.projectRows(new double[10], 2, new double[5]),
            "projected block: expected at least n x k = 6 entries, found 5"),
        mistake(
            p -> p.projectRowsFast(new double[10], -1, new double[5], PLAIN),
            "block of rows: expected n of at least 0, found -1"),
        mistake(
            p -> p.backProject(new double[2], new double[5]),
            "projected row: expected k = 3 entries, found 2"),
        mistake(
            p -> p.backProject(new float[3], new float[6]),
            "dense row: expected d = 5 entries, found 6"),
        mistake(
            p -> p.project(row(3, 1), new float[3]),
            "sparse row: expected ids in strictly ascending order, found 1 after 3 at entry 1"),
        mistake(
            p -> p.project(row(3, 3), new double[3]),
            "sparse row: expected ids in strictly ascending order, found 3 after 3 at entry 1"),
        mistake(
            p -> p.project(row(3, 5), new double[3]),
            "sparse row: expected ids from 0 to d - 1 = 4, found 5"),
        mistake(
            p -> p.project(row(-1, 2), new float[3]),
            "sparse row: expected ids from 0 to d - 1 = 4, found -1"),
        mistake(
            p -> p.squaredNormVariance(1.5),
            "q4, the sum of fourth powers of a unit vector: expected 0 to 1, found 1.5"));
  }

  private static Arguments mistake(Consumer<Projection> call, String message) {
    return Arguments.of(call, message);
  }

  private static SparseRow row(long... ids) {
    SparseRow row = new SparseRow();
    for (long id : ids) {
      row.append(id, 1);
    }
    return row;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void mistakesAreNamed(Consumer<Projection> call, String message) {
    for (Family family : Family.values()) {
      Projection projection = Projection.of(Specs.of(family, 1, 3, 5));
      assertThatThrownBy(() -> call.accept(projection))
          .as(family.key())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  @Test
  void denseRowsNeedAKnownDimension() {
    Projection open = Projection.of(Specs.open(Family.SIGN, 1, 3));
    assertThatThrownBy(() -> open.project(new float[5], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dense row: expected a projection with a known input dimension d, found one over the"
                + " open space of 64-bit ids; hand in a sparse row");
    Projection wide = Projection.of(Specs.of(Family.SPARSE_SIGN, 1, 3, 1L << 40));
    assertThatThrownBy(() -> wide.project(new float[5], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dense row: expected an input dimension d below 2^31, found 1099511627776");
    wide.project(row(1L << 39), new float[3]);
  }

  @Test
  void matricesThatCannotBeHeldAreRefused() {
    assertThatThrownBy(() -> Projection.of(Specs.of(Family.HADAMARD, 1, 3, (1L << 30) + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hadamard projection: expected d of at most 2^30, found 1073741825; choose the family"
                + " sparse-sign");
    assertThatThrownBy(() -> Projection.of(Specs.of(Family.HADAMARD, 1, 17, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hadamard projection: expected k of at most 16, d = 9 rounded up to a power of two,"
                + " found 17");
    assertThatThrownBy(() -> Projection.of(Specs.of(Family.ORTHONORMAL, 1, 1_000_000, 1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "orthonormal projection: expected a heap of at least 16 d k = 16000000000000 bytes");
  }

  @Test
  void anEmptyBlockIsNoWork() {
    for (Family family : Family.values()) {
      Projection projection = Projection.of(Specs.of(family, 1, 3, 5));
      projection.projectRows(new float[0], 0, new float[0]);
      projection.projectRowsFast(new double[0], 0, new double[0], PLAIN);
    }
  }
}
