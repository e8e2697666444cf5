// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GlmKernelTest {
  private static final int ROWS = 700;
  private static final int COLUMNS = 6;

  private static GlmShape shape(Likelihood likelihood) {
    return likelihood == Likelihood.SOFTMAX
        ? new GlmShape(likelihood, COLUMNS, 4)
        : GlmShape.of(likelihood, COLUMNS);
  }

  private static double[] proposals(int count, int parameters, double spread) {
    SplittableRandom random = new SplittableRandom(5);
    double[] made = new double[count * parameters];
    for (int i = 0; i < made.length; i++) {
      made[i] = spread * random.nextGaussian();
    }
    return made;
  }

  /** The log likelihood as its definition has it, one row after the other. */
  private static double plain(GlmShape shape, GlmBlock block, double[] b) {
    double sum = 0;
    for (int i = 0; i < block.rows(); i++) {
      double y = block.label(i);
      double[] z = new double[shape.classes()];
      for (int k = 1; k < z.length; k++) {
        z[k] = block.predictor(i, b, (k - 1) * shape.columns());
      }
      double term =
          switch (shape.likelihood()) {
            case LOGISTIC -> -Math.log1p(Math.exp(y == 1 ? -z[1] : z[1]));
            case POISSON -> y * z[1] - Math.exp(z[1]);
            case PROBIT -> Math.log(normal(y == 1 ? z[1] : -z[1]));
            case SOFTMAX -> z[(int) y] - Math.log(Arrays.stream(z).map(Math::exp).sum());
            case LINEAR -> throw new IllegalArgumentException();
          };
      sum += block.weight(i) * term;
    }
    return sum;
  }

  /** Phi by Simpson's rule, independent of the code under test. */
  private static double normal(double z) {
    int steps = 2000;
    double from = -12;
    double h = (z - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = from + i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-t * t / 2);
    }
    return sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINEAR")
  void agreesWithTheDefinition(Likelihood likelihood) {
    GlmShape shape = shape(likelihood);
    GlmBlock weighted = GlmSamples.block(likelihood, ROWS, COLUMNS, shape.classes(), 3);
    for (GlmBlock block : new GlmBlock[] {weighted, GlmSamples.unweighted(weighted)}) {
      int p = shape.parameters();
      double[] proposals = proposals(3, p, 0.7);
      double[] values = new GlmKernel(shape).logLikelihoods(block, proposals, 3);
      for (int c = 0; c < 3; c++) {
        double expected = plain(shape, block, Arrays.copyOfRange(proposals, c * p, c * p + p));
        assertThat(values[c]).isCloseTo(expected, within(Math.abs(expected) * 1e-10));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINEAR")
  void givesAProposalTheSameBitsInAnyCompany(Likelihood likelihood) {
    GlmShape shape = shape(likelihood);
    GlmBlock block = GlmSamples.block(likelihood, ROWS, COLUMNS, shape.classes(), 4);
    int p = shape.parameters();
    double[] proposals = proposals(130, p, 0.5);
    GlmKernel kernel = new GlmKernel(shape);
    double[] together = kernel.logLikelihoods(block, proposals, 130);
    for (int c : new int[] {0, 1, 63, 64, 129}) {
      double[] alone =
          kernel.logLikelihoods(block, Arrays.copyOfRange(proposals, c * p, c * p + p), 1);
      assertThat(alone).containsExactly(together[c]);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINEAR")
  void derivativesAreThoseOfTheValue(Likelihood likelihood) {
    GlmShape shape = shape(likelihood);
    GlmBlock block = GlmSamples.block(likelihood, ROWS, COLUMNS, shape.classes(), 6);
    GlmKernel kernel = new GlmKernel(shape);
    double[] b = proposals(1, shape.parameters(), 0.4);
    GlmDerivatives at = kernel.derivatives(block, b);
    double[] value = kernel.logLikelihoods(block, b, 1);
    assertThat(at.value()).isCloseTo(value[0], within(1e-9));
    double h = 1e-5;
    for (int j = 0; j < b.length; j++) {
      double[] up = b.clone();
      double[] down = b.clone();
      up[j] += h;
      down[j] -= h;
      GlmDerivatives above = kernel.derivatives(block, up);
      GlmDerivatives below = kernel.derivatives(block, down);
      assertThat(at.gradient()[j])
          .isCloseTo((above.value() - below.value()) / (2 * h), within(1e-4));
      for (int i = 0; i < b.length; i++) {
        double bend = -(above.gradient()[i] - below.gradient()[i]) / (2 * h);
        assertThat(at.curvature().get(i, j)).isCloseTo(bend, within(1e-4 * (1 + Math.abs(bend))));
      }
    }
  }

  @Test
  void logisticIsAccurateFromTheMiddleToTheEnds() {
    GlmKernel kernel = new GlmKernel(GlmShape.of(Likelihood.LOGISTIC, 1));
    for (double z : new double[] {0, 1e-9, 0.3, 1, 7, 36, 50, 700, 1e5, 1e300}) {
      GlmBlock right = GlmBlock.of(1, new double[] {z}, new double[] {1});
      GlmBlock wrong = GlmBlock.of(1, new double[] {z}, new double[] {0});
      GlmBlock heavy = GlmBlock.of(1, new double[] {z}, new double[] {1}, new double[] {2});
      double loss = StrictMath.log1p(StrictMath.exp(-z));
      double[] one = {1};
      assertThat(kernel.logLikelihoods(right, one, 1)[0]).isCloseTo(-loss, within(2e-15));
      assertThat(kernel.logLikelihoods(heavy, one, 1)[0]).isCloseTo(-2 * loss, within(4e-15));
      assertThat(kernel.logLikelihoods(wrong, one, 1)[0])
          .isCloseTo(-loss - z, within(2e-15 * (1 + z)));
    }
  }

  @Test
  void normalTailAgreesWithKnownValues() {
    // mpmath 1.3: log(ncdf(z)) with 40 digits.
    assertThat(NormalTail.logBelow(0)).isCloseTo(-0.693147180559945, within(1e-15));
    assertThat(NormalTail.logBelow(-1)).isCloseTo(-1.84102164500926, within(1e-13));
    assertThat(NormalTail.logBelow(-5)).isCloseTo(-15.0649983939887, within(1e-12));
    assertThat(NormalTail.logBelow(-30)).isCloseTo(-454.3212439563432, within(1e-10));
    assertThat(NormalTail.logBelow(3)).isCloseTo(-0.00135080996474819, within(1e-15));
    assertThat(NormalTail.logBelow(10)).isCloseTo(-7.61985302416053e-24, within(1e-34));
  }
}
