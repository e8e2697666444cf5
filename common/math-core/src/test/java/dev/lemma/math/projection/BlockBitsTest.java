// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks large enough for the kernels that lay rows side by side: the bits of single rows. */
class BlockBitsTest {
  // Blocks of signs hold 256 rows and 512 (binary64: 256) outputs, those of dense columns 256 rows
  // and 256 outputs, those of Hadamard 65,536
  // entries;
  // a last block that is too small goes row by row.
  @ParameterizedTest
  @CsvSource({
    "SIGN, 1, 1, 48",
    "SIGN, 37, 13, 300",
    "SIGN, 16, 515, 70",
    "SIGN, 50, 700, 259",
    "SIGN, 8, 3, 600",
    "GAUSSIAN, 1, 1, 96",
    "GAUSSIAN, 21, 13, 300",
    "GAUSSIAN, 50, 300, 200",
    "ORTHONORMAL, 34, 7, 353",
    "HADAMARD, 129, 100, 300",
    "HADAMARD, 256, 200, 257",
    "HADAMARD, 300, 17, 200",
    "HADAMARD, 1025, 2000, 33",
    "HADAMARD, 4096, 64, 19",
    "HADAMARD, 4097, 64, 9",
    "HADAMARD, 9000, 64, 5",
    "HADAMARD, 20000, 10, 3",
    "HADAMARD, 40000, 10, 2",
    "HADAMARD, 70000, 10, 2",
    "HADAMARD, 140000, 10, 1"
  })
  void blocksGiveTheBitsOfSingleRows(Family family, int d, int k, int n) {
    double[] rows = Specs.gaussians(11, n * d);
    for (int i = 0; i < rows.length; i += 3) {
      rows[i] = i % 2 == 0 ? 0.0 : -0.0;
    }
    Arrays.fill(rows, (n - 1) * d, n * d, -0.0);
    ProjectionSpec spec = Specs.of(family, 5, k, d);
    Projection projection = Projection.of(spec);
    double[] block = new double[n * k];
    projection.projectRows(rows, n, block);
    float[] floats = Specs.floats(rows);
    float[] floatBlock = new float[n * k];
    projection.projectRows(floats, n, floatBlock);
    double[] out = new double[k];
    float[] floatOut = new float[k];
    for (int r = 0; r < n; r++) {
      double[] row = Arrays.copyOfRange(rows, r * d, (r + 1) * d);
      projection.project(Specs.nonZeros(row), out);
      assertThat(bits(Arrays.copyOfRange(block, r * k, (r + 1) * k)))
          .as("row %d in binary64", r)
          .isEqualTo(bits(out));
      projection.project(Specs.nonZeros(row), floatOut);
      assertThat(bits(Arrays.copyOfRange(floatBlock, r * k, (r + 1) * k)))
          .as("row %d in binary32", r)
          .isEqualTo(bits(floatOut));
    }
  }

  private static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToRawIntBits(x[i]);
    }
    return bits;
  }
}
