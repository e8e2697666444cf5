// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModeSearchTest {
  private static final Prior FLAT = new Prior.Flat();

  private static List<String> names(int p) {
    return IntStream.range(0, p).mapToObj(j -> "b" + j).toList();
  }

  private static MapFit fit(Likelihood likelihood, GlmBlock block, Prior prior) {
    GlmShape shape = GlmShape.of(likelihood, block.columns());
    int p = shape.parameters();
    return ModeSearch.of(
        new GlmPosterior(
            new LocalGlm(shape, List.of(block)), names(p), Collections.nCopies(p, prior)));
  }

  @Test
  void findsTheModeOfPima() throws IOException {
    MapFit fit = fit(Likelihood.LOGISTIC, GlmSamples.pima(), new Prior.Normal(0, 10));
    MapFit.Converged mode = (MapFit.Converged) fit;
    double[] expected = {
      -0.870976, 0.415002, 1.124091, -0.257277, 0.009866, -0.137271, 0.70709, 0.31312, 0.174874
    };
    for (int j = 0; j < 9; j++) {
      assertThat(mode.mode()[j]).isCloseTo(expected[j], within(1e-6));
    }
    double constant = 9 * new Prior.Normal(0, 10).logDensity(0);
    assertThat(mode.value() - constant).isCloseTo(-361.737232, within(1e-6));
    assertThat(mode.passes()).isLessThanOrEqualTo(7);
  }

  @Test
  void findsTheModesOfTheOthers() {
    for (Likelihood likelihood : List.of(Likelihood.PROBIT, Likelihood.POISSON)) {
      GlmBlock block = GlmSamples.block(likelihood, 500, 4, 2, 8);
      MapFit.Converged mode = (MapFit.Converged) fit(likelihood, block, FLAT);
      GlmDerivatives there =
          new GlmKernel(GlmShape.of(likelihood, 4)).derivatives(block, mode.mode());
      for (double slope : there.gradient()) {
        assertThat(slope).isCloseTo(0, within(1e-2));
      }
    }
  }

  @Test
  void seesWhenAColumnSeparatesTheClasses() {
    double[] x = new double[80];
    double[] y = new double[40];
    for (int i = 0; i < 40; i++) {
      x[2 * i] = 1;
      x[2 * i + 1] = i - 19.5;
      y[i] = i < 20 ? 0 : 1;
    }
    GlmBlock block = GlmBlock.of(2, x, y);
    assertThat(fit(Likelihood.LOGISTIC, block, FLAT)).isInstanceOf(MapFit.Unbounded.class);
    assertThat(((MapFit.Unbounded) fit(Likelihood.LOGISTIC, block, FLAT)).parameters())
        .contains("b1");
    assertThat(fit(Likelihood.PROBIT, block, FLAT)).isNotInstanceOf(MapFit.Converged.class);
    assertThat(fit(Likelihood.LOGISTIC, block, new Prior.Normal(0, 10)))
        .isInstanceOf(MapFit.Converged.class);
  }

  @Test
  void namesColumnsThatRepeatOthers() {
    double[] x = new double[90];
    double[] y = new double[30];
    for (int i = 0; i < 30; i++) {
      x[3 * i] = 1;
      x[3 * i + 1] = i % 5;
      x[3 * i + 2] = 2 * (i % 5) + 1;
      y[i] = i % 3 == 0 ? 1 : 0;
    }
    GlmBlock block = GlmBlock.of(3, x, y);
    MapFit fit = fit(Likelihood.LOGISTIC, block, FLAT);
    assertThat(((MapFit.Singular) fit).parameters()).hasSize(1);
    assertThat(fit(Likelihood.LOGISTIC, block, new Prior.Normal(0, 1)))
        .isInstanceOf(MapFit.Converged.class);
  }

  @Test
  void seesAFlatPosterior() {
    GlmBlock none = GlmBlock.of(1, new double[] {1, 1}, new double[] {0, 1}, new double[] {0, 0});
    assertThat(fit(Likelihood.LOGISTIC, none, FLAT)).isInstanceOf(MapFit.Flat.class);
  }

  @Test
  void runsAfterTheCountsOfARarePoisson() {
    double[] y = new double[20];
    double[] ones = new double[20];
    java.util.Arrays.fill(ones, 1);
    assertThat(fit(Likelihood.POISSON, GlmBlock.of(1, ones, y), FLAT))
        .isInstanceOf(MapFit.Unbounded.class);
    java.util.Arrays.fill(y, 1000);
    MapFit.Converged many =
        (MapFit.Converged) fit(Likelihood.POISSON, GlmBlock.of(1, ones, y), FLAT);
    assertThat(many.mode()[0]).isCloseTo(Math.log(1000), within(1e-6));
  }

  @Test
  void survivesTheCornerOfLaplace() {
    GlmBlock block = GlmSamples.block(Likelihood.LOGISTIC, 60, 5, 2, 9);
    assertThat(fit(Likelihood.LOGISTIC, block, new Prior.Laplace(0, 0.2)))
        .isInstanceOf(MapFit.Converged.class);
  }
}
