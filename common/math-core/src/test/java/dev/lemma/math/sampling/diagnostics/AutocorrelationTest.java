// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.sampling.diagnostics.MadeDraws.Kind;
import dev.lemma.math.sampling.diagnostics.MadeDraws.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms and products against the definition. */
class AutocorrelationTest {
  private static double[] byDefinition(double[] x, double mean) {
    double[] sums = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i + t < x.length; i++) {
        sums[t] += (x[i] - mean) * (x[i + t] - mean) / x.length;
      }
    }
    return sums;
  }

  /** Lengths on both sides of the direct products, of powers of two and of radix 4 and 2 steps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 63, 64, 65, 100, 255, 256, 257, 1000, 2049})
  void everyLagIsItsDefinition(int n) {
    double[] x = MadeDraws.chains(Kind.SLOW, new Shape(1, n))[0];
    double mean = Moments.mean(x, 0, n);
    double[] expected = byDefinition(x, mean);
    double[] found = Autocorrelation.autocovariance(x);
    for (int t = 0; t < n; t++) {
      assertThat(found[t]).as("lag " + t).isCloseTo(expected[t], within(1e-14 * (1 + expected[0])));
    }
  }

  /** The same lags whether asked for from the near end, in two transforms, or from the far end. */
  @ParameterizedTest
  @ValueSource(ints = {70, 1000, 5000})
  void lagsOfSeveralSequencesAreTheirMean(int n) {
    double[][] chains = MadeDraws.chains(Kind.SLOW, new Shape(3, n));
    double[] flat = new double[3 * n];
    double[] expected = new double[n];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(chains[c], 0, flat, c * n, n);
      double[] own = byDefinition(chains[c], Moments.mean(chains[c], 0, n));
      for (int t = 0; t < n; t++) {
        expected[t] += own[t] / 3;
      }
    }
    LagSums sums = new LagSums(Sequences.whole(3, n));
    sums.accept(flat);
    for (int t = 0; t < n; t++) {
      assertThat(sums.at(t)).as("lag " + t).isCloseTo(expected[t], within(1e-14));
    }
  }

  @Test
  void aConstantChainHasNoCorrelation() {
    assertThat(Autocorrelation.autocovariance(new double[] {2, 2, 2})).containsOnly(0);
    assertThat(Autocorrelation.of(new double[] {2, 2, 2})).containsOnly(Double.NaN);
    assertThatThrownBy(() -> Autocorrelation.of(new double[0]))
        .hasMessage("an autocovariance needs at least 1 draw, found none");
  }

  /** n log10 n is the cap: an antithetic chain of 1000 draws counts for 3000. */
  @Test
  void antitheticChainsAreCapped() {
    double[][] x = MadeDraws.chains(Kind.ANTITHETIC, new Shape(1, 1000));
    assertThat(EffectiveSize.plain(x)).isCloseTo(3000, within(1e-9));
  }
}
