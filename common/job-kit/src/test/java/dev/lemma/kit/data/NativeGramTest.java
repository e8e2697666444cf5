// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.GramKernel;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.ludovic.netlib.blas.BLAS;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through whatever BLAS is in use: the layout is the same for all. */
class NativeGramTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256, 300, 520})
  void sumsWhatTheLoopsSum(int d) {
    SplittableRandom random = new SplittableRandom(d);
    for (GramKernel library :
        List.of(
            GramKernel.blas(d, new NativeGram(BLAS.getInstance())),
            GramKernel.square(d, new NativeGram(BLAS.getInstance())))) {
      check(library, random);
    }
  }

  private static void check(GramKernel library, SplittableRandom random) {
    int d = library.order();
    GramKernel loops = GramKernel.loops(d);
    double[] sum = new double[library.length()];
    double[] expected = new double[PackedSymmetric.length(d)];
    double[] row = new double[d];
    for (int count : new int[] {16, 3, 1}) {
      for (int slot = 0; slot < count; slot++) {
        for (int j = 0; j < d; j++) {
          row[j] = random.nextDouble(-1, 1);
        }
        library.load(slot, row);
        loops.load(slot, row);
      }
      library.addTo(sum, count);
      loops.addTo(expected, count);
    }
    double[] found = library.packed(sum);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-14));
    }
  }
}
