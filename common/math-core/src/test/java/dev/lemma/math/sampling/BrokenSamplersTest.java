// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.Chance;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.Gamma;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.diagnostics.EffectiveSize;
import dev.lemma.math.sampling.diagnostics.JointModel;
import dev.lemma.math.sampling.diagnostics.JointTest;
import dev.lemma.math.sampling.diagnostics.SimulationCalibration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samplers that are wrong on purpose are caught, and the right ones are not. */
class BrokenSamplersTest {
  private static final StreamKey PRIOR = StreamKey.of(5, "test/joint-prior");
  private static final int ITERATIONS = 15_000;

  /**
   * y_1, ..., y_3 ~ N(0, s), s ~ inverse gamma(5, 4), sampled as x = ln s by a walk of which the
   * Jacobian x and the acceptance ratio may be wrong.
   */
  private record Variance(double jacobian, double ratio) implements JointModel<double[]> {
    @Override
    public double[] simulate(long i) {
      KeyedSource source = new KeyedSource(PRIOR).at(0, i, 0);
      return withData(Math.log(Gamma.drawInverse(source, 5, 4)), source.at(0, i, 0, 1));
    }

    private static double[] withData(double x, KeyedSource source) {
      double[] state = new double[4];
      Variates.gaussians(source, state, 1, 3);
      for (int k = 1; k < 4; k++) {
        state[k] *= Math.exp(x / 2);
      }
      state[0] = x;
      return state;
    }

    @Override
    public double[] transition(double[] state, long i) {
      double squares = state[1] * state[1] + state[2] * state[2] + state[3] * state[3];
      // Likelihood s^-3/2, prior s^-6, and s for ds = s dx.
      Target target =
          Targets.of(
              1,
              x -> ratio * (-7.5 * x[0] + jacobian * x[0] - (4 + squares / 2) * Math.exp(-x[0])));
      Sampler<?> walk =
          RandomWalkMetropolis.of(
              BatchTarget.of(target),
              new StreamKey(i, 99),
              RandomWalkOptions.of(1, 1, 0),
              PackedSymmetric.ofDiagonal(new double[] {0.1}));
      double x = walk.sample(new double[] {state[0]}, 3).value(0, 2, 0);
      return withData(x, new KeyedSource(PRIOR).at(1, i, 0));
    }

    @Override
    public double[] functions(double[] s) {
      return new double[] {s[0], s[0] * s[0], s[1] * s[1], s[0] * s[1] * s[1]};
    }
  }

  @Test
  void theJointTestPassesTheWalkAndFindsItsFaults() {
    assertThat(JointTest.run(new Variance(1, 1), ITERATIONS).probability())
        .isGreaterThan(Chance.FALSE_ALARM);
    assertThat(JointTest.run(new Variance(0, 1), ITERATIONS).probability())
        .as("missing Jacobian")
        .isLessThan(Chance.FALSE_ALARM);
    assertThat(JointTest.run(new Variance(1, 0.5), ITERATIONS).probability())
        .as("ratio of densities to the power 1/2")
        .isLessThan(Chance.FALSE_ALARM);
  }

  /** t ~ N(0, 1), y ~ N(t, 1): ranks of t among draws given y are uniform. */
  private static double calibration(double ratio) {
    int[] ranks = new int[600];
    KeyedSource source = new KeyedSource(PRIOR);
    for (int n = 0; n < ranks.length; n++) {
      double truth = Variates.gaussian(source.at(2, n, 0));
      double y = truth + Variates.gaussian(source.at(2, n, 1));
      Target target = Targets.of(1, x -> -ratio * (x[0] * x[0] + (x[0] - y) * (x[0] - y)) / 2);
      Sampler<?> walk =
          RandomWalkMetropolis.of(
              BatchTarget.of(target), new StreamKey(n, 98), RandomWalkOptions.of(1, 1, 100));
      // Every 20th draw: nearly independent.
      double[] path = walk.sample(new double[] {y / 2}, 19 * 20).parameter(0, 0);
      double[] draws = new double[19];
      for (int i = 0; i < 19; i++) {
        draws[i] = path[20 * i + 19];
      }
      ranks[n] = SimulationCalibration.rank(truth, draws, 0);
    }
    return SimulationCalibration.of(ranks, 19).chiSquareProbability(20);
  }

  @Test
  void ranksOfTheTruthAreUniformUnlessTheRatioIsWrong() {
    assertThat(calibration(1)).isGreaterThan(Chance.FALSE_ALARM);
    assertThat(calibration(0.5)).isLessThan(Chance.FALSE_ALARM);
  }

  /** Between chains that share no random numbers, correlations vanish. */
  private static boolean chainsAreIndependent(double[][] paths) {
    for (int a = 0; a < paths.length; a++) {
      for (int b = 0; b < a; b++) {
        double[] products = new double[paths[a].length];
        for (int i = 0; i < products.length; i++) {
          products[i] = paths[a][i] * paths[b][i];
        }
        double size = EffectiveSize.mean(new double[][] {products});
        if (!Chance.meanFits(Targets.mean(products), 0, 1 / Math.sqrt(size))) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void sharedRandomNumbersAreSeen() {
    StreamKey key = StreamKey.of(6, "test/shared");
    BatchTarget target = BatchTarget.of(Targets.gaussian(1, 1));
    double[] starts = {-2, -1, 1, 2};
    Chains right =
        RandomWalkMetropolis.of(target, key, RandomWalkOptions.of(1, 4, 200)).sample(starts, 4000);
    assertThat(chainsAreIndependent(right.parameter(0))).isTrue();
    // Each alone in lane 0: the fault of workers that all get one seed.
    double[][] shared = new double[4][];
    for (int c = 0; c < 4; c++) {
      shared[c] =
          RandomWalkMetropolis.of(target, key, RandomWalkOptions.of(1, 1, 200))
              .sample(Arrays.copyOfRange(starts, c, c + 1), 4000)
              .parameter(0, 0);
    }
    assertThat(chainsAreIndependent(shared)).isFalse();
  }

  /** A proposal that is not symmetric, treated as if it were. */
  @Test
  void aForgottenProposalRatioIsSeen() {
    // ln q(to | from) = -ln to and a term that is equal both ways.
    double[] right = visits(1);
    double[] wrong = visits(0);
    // Exponential(1) on (0, inf): mean 1.
    assertThat(Math.abs(Targets.mean(right) - 1)).isLessThan(0.05);
    assertThat(Math.abs(Targets.mean(wrong) - 1)).isGreaterThan(0.2);
  }

  /** Log-normal steps, x' = x exp(g / 2), on an exponential target. */
  private static double[] visits(double jacobian) {
    Proposal<Double> steps =
        new Proposal<>() {
          @Override
          public Double draw(Double from, KeyedSource source) {
            return from * Math.exp(0.5 * Variates.gaussian(source));
          }

          @Override
          public double logDensity(Double to, Double from) {
            return -jacobian * Math.log(to);
          }
        };
    MetropolisHastings<Double> walk =
        new MetropolisHastings<>(
            x -> -x, steps, AcceptanceRule.HASTINGS, StreamKey.of(8, "test/forgotten"));
    double[] visited = new double[60_000];
    walk.advance(
        walk.start(List.of(1.0)),
        visited.length,
        (iteration, chain, x) -> visited[(int) iteration] = x);
    return visited;
  }
}
