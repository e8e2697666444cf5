// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GramKernelTest {
  private static double[][] rows(int n, int d) {
    SplittableRandom random = new SplittableRandom(n * 1000L + d);
    double[][] rows = new double[n][d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        row[j] = random.nextInt(4) == 0 ? 0 : random.nextDouble(-1, 1);
      }
    }
    return rows;
  }

  /** The definition: one fused multiply-add for each element and row. */
  private static double[] defined(double[][] rows, int d) {
    double[] packed = new double[PackedSymmetric.length(d)];
    for (double[] x : rows) {
      for (int j = 0; j < d; j++) {
        for (int i = 0; i <= j; i++) {
          int at = PackedSymmetric.index(i, j);
          packed[at] = Math.fma(x[i], x[j], packed[at]);
        }
      }
    }
    return packed;
  }

  private static double[] summed(GramKernel kernel, double[][] rows, int most) {
    double[] packed = new double[kernel.length()];
    int slot = 0;
    for (double[] row : rows) {
      kernel.load(slot++, row);
      if (slot == Math.min(most, kernel.capacity())) {
        kernel.addTo(packed, slot);
        slot = 0;
      }
    }
    if (slot > 0) {
      kernel.addTo(packed, slot);
    }
    return packed;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 37, 64, 1500})
  void loopsFollowTheirDefinitionHoweverRowsAreGrouped(int d) {
    double[][] rows = rows(d > 1000 ? 21 : 151, d);
    double[] expected = defined(rows, d);
    for (int most : new int[] {1, 3, 7, 1000}) {
      assertThat(summed(GramKernel.loops(d), rows, most)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 256, 257})
  void squareSumsArePackedAtTheEnd(int d) {
    double[][] rows = rows(300, d);
    double[] expected = defined(rows, d);
    GramKernel kernel = GramKernel.square(d, new PlainGramBlas());
    double[] sum = summed(kernel, rows, 1000);
    double[] found = kernel.packed(sum);
    assertThat(found).hasSize(PackedSymmetric.length(d));
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-13 * rows.length));
    }
    assertThat(sum[kernel.column(d - 1)]).isEqualTo(found[PackedSymmetric.index(0, d - 1)]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 256, 257, 530})
  void panelsCoverTheTriangle(int d) {
    double[][] rows = rows(300, d);
    double[] expected = defined(rows, d);
    double[] found = summed(GramKernel.blas(d, new PlainGramBlas()), rows, 1000);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-13 * rows.length));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void kernelsOfAKindDoNotTouchEachOthersRows(int kind) {
    int d = 265;
    GramKernel first =
        switch (kind) {
          case 0 -> GramKernel.loops(d);
          case 1 -> GramKernel.square(d, new PlainGramBlas());
          default -> GramKernel.blas(d, new PlainGramBlas());
        };
    GramKernel[] kernels = {first, first.another(5), first.another(1000)};
    assertThat(kernels[1].capacity()).isEqualTo(5);
    assertThat(kernels[2].capacity()).isEqualTo(first.capacity());
    double[][] sums = new double[3][first.length()];
    double[][] rows = rows(15, d);
    for (int r = 0; r < rows.length; r++) {
      kernels[r % 3].load(r / 3, rows[r]);
    }
    for (int k = 0; k < 3; k++) {
      kernels[k].addTo(sums[k], 5);
    }
    for (int k = 0; k < 3; k++) {
      double[] expected =
          defined(new double[][] {rows[k], rows[k + 3], rows[k + 6], rows[k + 9], rows[k + 12]}, d);
      double[] found = first.packed(sums[k]);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-14));
      }
    }
  }
}
