// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.IndependenceMetropolis;
import dev.lemma.math.sampling.WeightedDraws;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proposals from the mode: their law, and what they make of known posteriors. */
class IndependencePosteriorTest {
  private static WeightedDraws weighted(CurvedTarget target, int draws) {
    MapFit.Converged mode = (MapFit.Converged) ModeSearch.of(target);
    IndependenceMetropolis chains =
        new IndependenceMetropolis(
            new StudentProposal(mode.mode(), mode.curvature(), 10),
            StreamKey.of(1, "test/independence"),
            1,
            0,
            draws);
    return chains.weighted(target.names(), chains.evaluate(target, 1000));
  }

  private static void compare(WeightedDraws draws, int j, double mean, double deviation) {
    assertThat(draws.mean(j)).isCloseTo(mean, within(4 * draws.meanError(j)));
    // Four standard errors of a standard deviation, generously.
    double error = 4 * deviation / Math.sqrt(draws.effectiveSize());
    assertThat(Math.sqrt(draws.variance(j))).isCloseTo(deviation, within(error));
  }

  @Test
  void theLawOfProposalsIsStudents() {
    PackedSymmetric curvature = PackedSymmetric.fromDense(2, new double[] {4, 1, 1, 2});
    StudentProposal law = new StudentProposal(new double[] {1, -2}, curvature, 10);
    KeyedSource source = new KeyedSource(StreamKey.of(0, "test/law"));
    double[] x = new double[2];
    double[][] moments = new double[2][2];
    int n = 40_000;
    for (int i = 0; i < n; i++) {
      law.draw(source.at(0, i, 0), x, 0);
      double[] gap = {x[0] - 1, x[1] + 2};
      for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
          moments[a][b] += gap[a] * gap[b] / n;
        }
      }
    }
    // Covariance nu / (nu - 2) times the inverse curvature (2, -1; -1, 4) / 7; five errors each.
    assertThat(moments[0][0]).isCloseTo(10.0 / 8 * 2 / 7, within(0.02));
    assertThat(moments[1][1]).isCloseTo(10.0 / 8 * 4 / 7, within(0.04));
    assertThat(moments[0][1]).isCloseTo(-10.0 / 8 / 7, within(0.02));
    // scipy.stats.multivariate_t([1, -2], inv([[4, 1], [1, 2]]), 10).logpdf([1.5, -2.5])
    assertThat(law.logDensity(new double[] {1.5, -2.5}, 0))
        .isCloseTo(-1.4367830707076386, within(1e-12));
    assertThat(Cholesky.of(curvature)).isPresent();
  }

  @Test
  void pima() throws IOException {
    GlmBlock block = GlmSamples.pima();
    GlmPosterior target =
        new GlmPosterior(
            new LocalGlm(GlmShape.of(Likelihood.LOGISTIC, 9), List.of(block)),
            IntStream.range(0, 9).mapToObj(j -> "b" + j).toList(),
            Collections.nCopies(9, new Prior.Normal(0, 10)));
    WeightedDraws draws = weighted(target, 8000);
    double[] means = {
      -0.88059, 0.42081, 1.14367, -0.26211, 0.01037, -0.13989, 0.72111, 0.31864, 0.17641
    };
    double[] deviations = {
      0.09775, 0.109, 0.1196, 0.10258, 0.11077, 0.10495, 0.12012, 0.09973, 0.11072
    };
    for (int j = 0; j < 9; j++) {
      compare(draws, j, means[j], deviations[j]);
    }
    assertThat(draws.effectiveSize() / draws.size()).isGreaterThan(0.8);
  }

  /** Exact: sigma^2 given flat priors is inverse gamma, coefficients are Student's. */
  @Test
  void linearWithFlatPriors() {
    double[] x = new double[60];
    double[] y = new double[60];
    for (int i = 0; i < 60; i++) {
      x[i] = 1000 + i % 9;
      y[i] = 3 + 0.5 * x[i] + 2 * Math.sin(i * i);
    }
    GlmBlock left = GlmBlock.of(1, java.util.Arrays.copyOf(x, 25), java.util.Arrays.copyOf(y, 25));
    GlmBlock right =
        GlmBlock.of(
            1, java.util.Arrays.copyOfRange(x, 25, 60), java.util.Arrays.copyOfRange(y, 25, 60));
    LinearPosterior target =
        LinearPosterior.withIntercept(
            LinearStatistics.of(left).plus(LinearStatistics.of(right)),
            List.of("a", "b", "sigma"),
            Collections.nCopies(3, new Prior.Flat()));
    double meanX = java.util.Arrays.stream(x).average().orElseThrow();
    double meanY = java.util.Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < 60; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    double slope = xy / xx;
    double rss = yy - slope * xy;
    assertThat(target.leastSquares()).isCloseTo(rss, within(1e-8 * rss));
    // A flat prior on sigma leaves 60 - 2 - 1 degrees of freedom.
    double degrees = 57;
    double deviation = Math.sqrt(rss / (degrees - 2) / xx);
    compare(weighted(target, 8000), 1, slope, deviation);
  }
}
