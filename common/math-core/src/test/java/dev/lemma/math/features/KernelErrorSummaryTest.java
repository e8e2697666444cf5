// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelErrorSummaryTest {
  private static final PairMeasures PAIR =
      PairMeasures.of(new double[] {1, 0}, new double[] {0, 1});

  private static FeatureSpec spec(KernelFunction kernel) {
    return new FeatureSpec(kernel, FrequencyDesign.IID, NormDesign.INDEPENDENT, 20, 2, 0);
  }

  private static PairEstimate error(double error, double variance) {
    return new PairEstimate(PAIR, 0.5, 0.5 + error, error, variance);
  }

  @Test
  void sumsUpErrorsAndLeavesOutWhatIsNotFinite() {
    KernelErrorSummary summary =
        KernelErrorSummary.of(
            List.of(
                error(0.1, 0.04),
                error(-0.3, 0.02),
                error(Double.NaN, 1),
                error(1, Double.POSITIVE_INFINITY)));
    assertThat(summary.pairs()).isEqualTo(2);
    assertThat(summary.bias()).isCloseTo(-0.1, within(1e-15));
    assertThat(summary.rms()).isCloseTo(Math.sqrt(0.05), within(1e-15));
    assertThat(summary.largest()).isEqualTo(0.3);
    assertThat(summary.predicted()).isCloseTo(Math.sqrt(0.03), within(1e-15));
    assertThat(summary.quantile(0.5)).isEqualTo(0.1);
    assertThat(summary.quantile(0.51)).isEqualTo(0.3);
    assertThat(summary.quantile(1)).isEqualTo(0.3);
    assertThat(summary.magnitudes()).containsExactly(0.1, 0.3);
  }

  @Test
  void ofNoPairsNothingIsKnown() {
    KernelErrorSummary none = KernelErrorSummary.of(List.of());
    assertThat(none.pairs()).isZero();
    assertThat(none.rms()).isNaN();
    assertThat(none.largest()).isNaN();
    assertThat(none.quantile(0.5)).isNaN();
  }

  @Test
  void errorsOfBoundedKernelsAreAbsoluteThoseOfSoftmaxRelative() {
    KernelFunction gaussian = new KernelFunction.Gaussian(1);
    PairEstimate bounded = PairEstimate.of(spec(gaussian), PAIR, 0.5);
    assertThat(bounded.error()).isCloseTo(0.5 - Math.exp(-1), within(1e-15));
    double k = Math.exp(-1);
    assertThat(bounded.variance()).isCloseTo((1 - k * k) * (1 - k * k) / 2 / 10, within(1e-15));
    KernelFunction softmax = new KernelFunction.Softmax(1);
    PairMeasures equal = PairMeasures.of(new double[] {1, 0}, new double[] {1, 0});
    PairEstimate unbounded = PairEstimate.of(spec(softmax), equal, 3);
    assertThat(unbounded.error()).isCloseTo(3 / Math.E - 1, within(1e-15));
    assertThat(unbounded.variance())
        .isCloseTo(softmax.frequencyVariance(equal) / (10 * Math.E * Math.E), within(1e-12));
  }
}
