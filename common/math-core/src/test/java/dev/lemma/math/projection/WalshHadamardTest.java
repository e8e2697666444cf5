// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalshHadamardTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 64, 256})
  void isTheMatrixOfParities(int p) {
    double[] x = Specs.gaussians(1, p);
    double[] expected = new double[p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        expected[i] += Integer.bitCount(i & j) % 2 == 0 ? x[j] : -x[j];
      }
    }
    double[] found = x.clone();
    DoubleWalshHadamard.transformInPlace(found);
    assertThat(found).containsExactly(expected, within(1e-12));
    float[] floats = Specs.floats(x);
    FloatWalshHadamard.transformInPlace(floats);
    for (int i = 0; i < p; i++) {
      assertThat((double) floats[i]).isCloseTo(expected[i], within(1e-4));
    }
    DoubleWalshHadamard.transformInPlace(found);
    for (int i = 0; i < p; i++) {
      assertThat(found[i] / p).isCloseTo(x[i], within(1e-14));
    }
  }
}
