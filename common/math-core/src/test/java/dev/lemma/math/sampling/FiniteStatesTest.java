// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import dev.lemma.math.random.AliasTable;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metropolis-Hastings and Gibbs against transition matrices that are known exactly. */
class FiniteStatesTest {
  private static final StreamKey KEY = StreamKey.of(45, "test/finite-states");
  private static final double[] TARGET = {0.2, 0.3, 0.5};
  private static final double[][] UNIFORM = {{0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
  private static final double[][] UNEVEN = {{0, 0.9, 0.1}, {0.2, 0, 0.8}, {0.6, 0.4, 0}};

  private record Matrix(double[][] q) implements Proposal<Integer> {
    @Override
    public Integer draw(Integer from, KeyedSource source) {
      return AliasTable.of(q[from]).draw(source.nextLong());
    }

    @Override
    public double logDensity(Integer to, Integer from) {
      return Math.log(q[from][to]);
    }
  }

  /** Checks observed transitions, row by row, against a matrix. */
  private static void checkTransitions(double[][] q, AcceptanceRule rule, double[][] expected) {
    MetropolisHastings<Integer> chain =
        new MetropolisHastings<>(x -> Math.log(TARGET[x]), new Matrix(q), rule, KEY);
    int chains = 10;
    MarkovState<Integer> start =
        chain.start(IntStream.range(0, chains).mapToObj(c -> c % 3).toList());
    long[][] counts = new long[3][3];
    int[] before = start.current().stream().mapToInt(i -> i).toArray();
    chain.advance(
        start,
        20_000,
        (iteration, c, now) -> {
          counts[before[c]][now]++;
          before[c] = now;
        });
    for (int x = 0; x < 3; x++) {
      long visits = counts[x][0] + counts[x][1] + counts[x][2];
      assertThat(Chance.meanFits(visits / 200_000.0, TARGET[x], 0.01)).isTrue();
      for (int y = 0; y < 3; y++) {
        double p = expected[x][y];
        assertThat(
                Chance.meanFits(counts[x][y], visits * p, Math.sqrt(visits * p * (1 - p)) + 1e-9))
            .as("%d to %d under %s: %d of %d", x, y, rule, counts[x][y], visits)
            .isTrue();
      }
    }
  }

  @Test
  void hastingsOnThreeStates() {
    double third = 1.0 / 3;
    checkTransitions(
        UNIFORM,
        AcceptanceRule.HASTINGS,
        new double[][] {{0, 0.5, 0.5}, {third, third / 2, 0.5}, {0.2, 0.3, 0.5}});
    checkTransitions(
        UNEVEN,
        AcceptanceRule.HASTINGS,
        new double[][] {{0.6, 0.3, 0.1}, {0.2, 2.0 / 15, 2.0 / 3}, {0.04, 0.4, 0.56}});
  }

  @Test
  void theUncappedProductMovesMoreSlowly() {
    checkTransitions(
        UNIFORM,
        AcceptanceRule.PRODUCT,
        new double[][] {{0.8, 0.075, 0.125}, {0.05, 0.825, 0.125}, {0.05, 0.075, 0.875}});
    MetropolisHastings<Integer> tooLarge =
        new MetropolisHastings<>(x -> 2, new Matrix(UNIFORM), AcceptanceRule.PRODUCT, KEY);
    assertThatThrownBy(() -> tooLarge.advance(tooLarge.start(List.of(0)), 1, (i, c, x) -> {}))
        .hasMessageContaining("the rule PRODUCT needs");
  }

  @Test
  void barkersRuleBalancesToo() {
    double[][] expected = new double[3][3];
    for (int x = 0; x < 3; x++) {
      expected[x][x] = 1;
      for (int y = 0; y < 3; y++) {
        if (x != y) {
          double backward = TARGET[y] * UNEVEN[y][x];
          double forward = TARGET[x] * UNEVEN[x][y];
          expected[x][y] = UNEVEN[x][y] * backward / (backward + forward);
          expected[x][x] -= expected[x][y];
        }
      }
    }
    checkTransitions(UNEVEN, AcceptanceRule.BARKER, expected);
  }

  @Test
  void meanAcceptances() {
    assertThat(acceptance(AcceptanceRule.HASTINGS)).isCloseTo(0.7, within(0.006));
    assertThat(acceptance(AcceptanceRule.PRODUCT)).isCloseTo(0.155, within(0.006));
  }

  private static double acceptance(AcceptanceRule rule) {
    MetropolisHastings<Integer> chain =
        new MetropolisHastings<>(x -> Math.log(TARGET[x]), new Matrix(UNIFORM), rule, KEY);
    MarkovState<Integer> end = chain.advance(chain.start(List.of(2)), 200_000, (i, c, x) -> {});
    return end.accepted()[0] / 200_000.0;
  }

  /** Poisson(3) by steps of one up or down: acceptance 0.7759581923. */
  @Test
  void countsByStepsOfOne() {
    Proposal<Integer> steps =
        new Proposal<>() {
          @Override
          public Integer draw(Integer from, KeyedSource source) {
            return from + Variates.sign(source.nextLong(), 0);
          }

          @Override
          public double logDensity(Integer to, Integer from) {
            return -Math.log(2);
          }
        };
    double[] logFactorials = new double[100];
    for (int k = 1; k < 100; k++) {
      logFactorials[k] = logFactorials[k - 1] + Math.log(k);
    }
    MetropolisHastings<Integer> chain =
        new MetropolisHastings<>(
            k -> k < 0 ? Double.NEGATIVE_INFINITY : k * Math.log(3) - logFactorials[k],
            steps,
            AcceptanceRule.HASTINGS,
            KEY);
    double[] visited = new double[300_000];
    MarkovState<Integer> end =
        chain.advance(chain.start(List.of(3)), visited.length, (i, c, k) -> visited[(int) i] = k);
    assertThat(end.accepted()[0] / 300_000.0).isCloseTo(0.7759581923, within(0.006));
    assertThat(Targets.meanFits(new double[][] {visited}, 3)).isTrue();
    assertThat(Targets.squareFits(new double[][] {visited}, 3, 3)).isTrue();
    MarkovState<Integer> parts =
        chain.advance(
            chain.advance(chain.start(List.of(3)), 100_000, (i, c, k) -> {}),
            200_000,
            (i, c, k) -> assertThat((double) k).isEqualTo(visited[(int) i]));
    assertThat(parts).usingRecursiveComparison().isEqualTo(end);
    assertThatThrownBy(() -> chain.start(List.of(3, -1))).hasMessageContaining("chain 1 starts");
  }

  /** The joint law [[0.3, 0.1], [0.2, 0.4]] of two bits; states 00, 01, 10, 11. */
  @Test
  void randomScanGibbsOnFourStates() {
    double[][] joint = {{0.3, 0.1}, {0.2, 0.4}};
    Conditional first =
        (x, source) -> {
          int j = (int) x[1];
          double p = joint[1][j] / (joint[0][j] + joint[1][j]);
          x[0] = Variates.uniform(source) < p ? 1 : 0;
        };
    Conditional second =
        (x, source) -> {
          int i = (int) x[0];
          double p = joint[i][1] / (joint[i][0] + joint[i][1]);
          x[1] = Variates.uniform(source) < p ? 1 : 0;
        };
    double[][] expected = {
      {0.675, 0.125, 0.2, 0},
      {0.375, 0.225, 0, 0.4},
      {0.3, 0, 11.0 / 30, 1.0 / 3},
      {0, 0.1, 1.0 / 6, 22.0 / 30}
    };
    double[] stationary = {0.3, 0.1, 0.2, 0.4};
    Gibbs gibbs = Gibbs.random(List.of("a", "b"), List.of(first, second), KEY, 4, 0);
    Chains chains = gibbs.sample(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 50_000);
    long[][] counts = new long[4][4];
    for (int c = 0; c < 4; c++) {
      for (int i = 1; i < 50_000; i++) {
        counts[state(chains, c, i - 1)][state(chains, c, i)]++;
      }
    }
    for (int x = 0; x < 4; x++) {
      long visits = counts[x][0] + counts[x][1] + counts[x][2] + counts[x][3];
      assertThat(visits / 200_000.0).isCloseTo(stationary[x], within(0.01));
      for (int y = 0; y < 4; y++) {
        double p = expected[x][y];
        assertThat(
                Chance.meanFits(counts[x][y], visits * p, Math.sqrt(visits * p * (1 - p)) + 1e-9))
            .isTrue();
      }
    }
  }

  private static int state(Chains chains, int c, int i) {
    return (int) (2 * chains.value(c, i, 0) + chains.value(c, i, 1));
  }

  /** Bivariate Gaussian of correlation r: lag 1 of x1 is r^2, or (1 + r^2) / 2 in random order. */
  @Test
  void autocorrelationTellsTheScan() {
    double r = 0.8;
    double deviation = Math.sqrt(1 - r * r);
    List<Conditional> moves =
        List.of(
            (x, source) -> x[0] = r * x[1] + deviation * Variates.gaussian(source),
            (x, source) -> x[1] = r * x[0] + deviation * Variates.gaussian(source));
    List<String> names = List.of("x1", "x2");
    Chains systematic = Gibbs.systematic(names, moves, KEY, 8, 100).sample(new double[16], 25_000);
    Chains random = Gibbs.random(names, moves, KEY, 8, 100).sample(new double[16], 25_000);
    assertThat(lagOne(systematic)).isCloseTo(0.64, within(0.012));
    assertThat(lagOne(random)).isCloseTo(0.82, within(0.012));
    for (Chains chains : List.of(systematic, random)) {
      assertThat(Targets.meanFits(chains.parameter(0), 0)).isTrue();
      assertThat(Targets.squareFits(chains.parameter(1), 0, 1)).isTrue();
    }
  }

  private static double lagOne(Chains chains) {
    double products = 0;
    double squares = 0;
    for (double[] path : chains.parameter(0)) {
      for (int i = 1; i < path.length; i++) {
        products += path[i] * path[i - 1];
        squares += path[i] * path[i];
      }
    }
    return products / squares;
  }

  @Test
  void slicesStayInsideAndFollowTheDensity() {
    // Exponential(1) times a standard Gaussian, by widths far too small and far too large.
    Target target =
        Targets.of(2, x -> x[0] < 0 ? Double.NEGATIVE_INFINITY : -x[0] - x[1] * x[1] / 2);
    List<Conditional> moves =
        List.of(new SliceConditional(target, 0, 0.3), new SliceConditional(target, 1, 50));
    Chains chains =
        Gibbs.systematic(target.names(), moves, KEY, 4, 100)
            .sample(new double[] {1, 0, 1, 0, 1, 0, 1, 0}, 10_000);
    assertThat(Targets.meanFits(chains.parameter(0), 1)).isTrue();
    assertThat(Targets.squareFits(chains.parameter(0), 1, 1)).isTrue();
    assertThat(Targets.meanFits(chains.parameter(1), 0)).isTrue();
    assertThat(Targets.squareFits(chains.parameter(1), 0, 1)).isTrue();
    Gibbs outside = Gibbs.systematic(target.names(), moves, KEY, 1, 0);
    assertThatThrownBy(() -> outside.sample(new double[] {-1, 0}, 1))
        .hasMessageContaining("chain 0 is where the density is 0 at iteration 0");
  }

  @Test
  void aConditionalThatGoesWrongIsTold() {
    Gibbs gibbs =
        Gibbs.systematic(
            List.of("mu", "sigma"),
            List.of((x, s) -> x[0] = 1, (x, s) -> x[1] = Math.sqrt(-1)),
            KEY,
            2,
            0);
    assertThatThrownBy(() -> gibbs.sample(new double[4], 1))
        .hasMessage(
            "conditional 1 left NaN in parameter sigma of chain 0 at iteration 0: expected finite"
                + " numbers");
  }
}
