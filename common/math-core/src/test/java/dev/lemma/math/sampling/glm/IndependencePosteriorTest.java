// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.DelayedAcceptance;
import dev.lemma.math.sampling.IndependenceMetropolis;
import dev.lemma.math.sampling.WeightedDraws;
import java.io.IOException;
import java.util.Arrays;
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
            MultivariateStudent.ofPrecision(10, mode.mode(), mode.curvature()),
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
    MultivariateStudent law = MultivariateStudent.ofPrecision(10, new double[] {1, -2}, curvature);
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
    MultivariateStudent same =
        MultivariateStudent.of(
            10, new double[] {1, -2}, Cholesky.of(curvature).orElseThrow().inverse());
    assertThat(same.logDensity(new double[] {1.5, -2.5}, 0))
        .isCloseTo(-1.4367830707076386, within(1e-12));
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

  /** How many of the proposals that surrogate steps end in are taken, and what the draws say. */
  private static double acceptance(
      GlmPosterior target, Surrogate surrogate, MapFit.Converged mode) {
    Chains chains =
        new DelayedAcceptance(
                target,
                surrogate,
                Cholesky.of(mode.curvature()).orElseThrow().inverse(),
                10,
                StreamKey.of(1, "test/delayed"),
                16,
                5)
            .sample(repeated(mode.mode(), 16), 150);
    return Arrays.stream(chains.acceptance()).average().orElseThrow();
  }

  private static double[] repeated(double[] point, int times) {
    double[] points = new double[times * point.length];
    Arrays.setAll(points, i -> point[i % point.length]);
    return points;
  }

  /** 40 rows with one success in eight: a posterior far from symmetric. */
  @Test
  void theThirdOrderOfTheSurrogateIsWorthItsPasses() {
    double[] x = new double[80];
    double[] y = new double[40];
    for (int i = 0; i < 40; i++) {
      x[2 * i] = 1;
      x[2 * i + 1] = Math.sin(i * i);
      y[i] = i % 8 == 0 ? 1 : 0;
    }
    GlmPosterior target =
        new GlmPosterior(
            new LocalGlm(GlmShape.of(Likelihood.LOGISTIC, 2), List.of(GlmBlock.of(2, x, y))),
            List.of("a", "b"),
            Collections.nCopies(2, new Prior.Normal(0, 10)));
    MapFit.Converged mode = (MapFit.Converged) ModeSearch.of(target);
    Surrogate cubic = Surrogate.of(target, mode.mode(), mode.curvature(), 40);
    Surrogate plain = Surrogate.quadratic(mode.mode(), mode.curvature(), 40);
    assertThat(cubic.isCubic()).isTrue();
    // Of an odd function of u the even part of the t law takes nothing away.
    double[] out = new double[2];
    double deviation = Math.sqrt(1 / mode.curvature().get(0, 0));
    double[] up = {mode.mode()[0] + deviation, mode.mode()[1]};
    double[] down = {mode.mode()[0] - deviation, mode.mode()[1]};
    target.logDensities(new double[] {up[0], up[1], down[0], down[1]}, 2, out);
    double skew = out[0] - out[1];
    assertThat(Math.abs(skew)).isGreaterThan(0.1);
    assertThat(cubic.logDensity(up) - cubic.logDensity(down)).isCloseTo(skew, within(0.02));
    assertThat(plain.logDensity(up) - plain.logDensity(down)).isCloseTo(0, within(1e-9));
    assertThat(acceptance(target, cubic, mode))
        .isGreaterThan(0.9)
        .isGreaterThan(acceptance(target, plain, mode) + 0.01);
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
    GlmBlock left = GlmBlock.of(1, Arrays.copyOf(x, 25), Arrays.copyOf(y, 25));
    GlmBlock right = GlmBlock.of(1, Arrays.copyOfRange(x, 25, 60), Arrays.copyOfRange(y, 25, 60));
    LinearPosterior target =
        LinearPosterior.withIntercept(
            LinearStatistics.of(left).plus(LinearStatistics.of(right)),
            List.of("a", "b", "sigma"),
            Collections.nCopies(3, new Prior.Flat()));
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
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
