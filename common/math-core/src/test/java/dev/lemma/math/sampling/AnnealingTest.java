// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnealingTest {
  private static final StreamKey KEY = StreamKey.of(46, "test/annealing");

  /** Spins as bits with Gaussian couplings between all pairs; one is flipped at a time. */
  private static final class SpinGlass implements Landscape<Integer> {
    private final int spins;
    private final double[][] couplings;

    SpinGlass(int spins) {
      this.spins = spins;
      couplings = new double[spins][spins];
      KeyedSource source = new KeyedSource(StreamKey.of(1, "test/couplings"));
      for (int i = 0; i < spins; i++) {
        for (int j = 0; j < i; j++) {
          couplings[i][j] = Variates.gaussian(source.at(i, j, 0));
          couplings[j][i] = couplings[i][j];
        }
      }
    }

    private static int spin(int state, int i) {
      return 1 - 2 * (state >> i & 1);
    }

    @Override
    public double energy(Integer state) {
      double energy = 0;
      for (int i = 0; i < spins; i++) {
        for (int j = 0; j < i; j++) {
          energy -= couplings[i][j] * spin(state, i) * spin(state, j);
        }
      }
      return energy;
    }

    @Override
    public Integer neighbour(Integer state, KeyedSource source) {
      return state ^ 1 << Variates.position(source.nextLong(), spins);
    }

    /** Lowest energy of all states, one flip after the other along a Gray code. */
    double optimum() {
      int state = 0;
      double energy = energy(state);
      double best = energy;
      for (int k = 1; k < 1 << spins; k++) {
        int flip = Integer.numberOfTrailingZeros(k);
        double field = 0;
        for (int j = 0; j < spins; j++) {
          field += couplings[flip][j] * spin(state, j);
        }
        energy += 2 * field * spin(state, flip);
        state ^= 1 << flip;
        best = Math.min(best, energy);
      }
      return best;
    }
  }

  @Test
  void everyScheduleFindsTheGroundStateOfAGlass() {
    SpinGlass glass = new SpinGlass(20);
    double optimum = glass.optimum();
    double first = SimulatedAnnealing.firstTemperature(glass, 0, 0.8, 500, KEY);
    CoolingSchedule[] schedules = {
      CoolingSchedule.Geometric.between(first, 0.05, 4000),
      new CoolingSchedule.LundyMees(first, 0.005),
      new CoolingSchedule.Logarithmic(4)
    };
    for (CoolingSchedule schedule : schedules) {
      SimulatedAnnealing<Integer> annealing = new SimulatedAnnealing<>(glass, schedule, KEY);
      AnnealingState<Integer> end =
          annealing.advance(annealing.start(Collections.nCopies(16, 0)), 4000);
      assertThat(end.bestEnergies()[end.winner()]).isCloseTo(optimum, within(1e-9));
      assertThat(glass.energy(end.best().get(end.winner()))).isCloseTo(optimum, within(1e-9));
      long winners = Arrays.stream(end.bestEnergies()).filter(e -> e < optimum + 1e-9).count();
      assertThat(winners).as("replicas that find it under %s", schedule).isGreaterThan(3);
    }
    // Without a temperature replicas stay in the first valley.
    SimulatedAnnealing<Integer> greedy =
        new SimulatedAnnealing<>(glass, new CoolingSchedule.Constant(1e-9), KEY);
    AnnealingState<Integer> stuck = greedy.advance(greedy.start(List.of(0b1011)), 4000);
    assertThat(stuck.bestEnergies()[0]).isGreaterThan(optimum + 1e-3);
  }

  @Test
  void runsResumeAndRestart() {
    SpinGlass glass = new SpinGlass(12);
    SimulatedAnnealing<Integer> annealing =
        new SimulatedAnnealing<>(glass, new CoolingSchedule.Geometric(5, 0.999), KEY);
    AnnealingState<Integer> start = annealing.start(List.of(0, 77, 4095));
    AnnealingState<Integer> whole = annealing.advance(start, 1000);
    AnnealingState<Integer> parts = annealing.advance(annealing.advance(start, 400), 600);
    assertThat(parts).usingRecursiveComparison().isEqualTo(whole);
    AnnealingState<Integer> again = whole.restarted();
    assertThat(again.step()).isZero();
    assertThat(again.drawn()).isEqualTo(1000);
    assertThat(again.current()).isEqualTo(whole.best());
    AnnealingState<Integer> later = annealing.advance(again, 1000);
    for (int r = 0; r < 3; r++) {
      assertThat(later.bestEnergies()[r]).isLessThanOrEqualTo(whole.bestEnergies()[r]);
    }
  }

  @Test
  void schedulesAreTheirFormulas() {
    assertThat(new CoolingSchedule.Geometric(8, 0.5).temperature(3)).isEqualTo(1);
    assertThat(CoolingSchedule.Geometric.between(10, 0.1, 50).temperature(50))
        .isCloseTo(0.1, within(1e-12));
    CoolingSchedule lundy = new CoolingSchedule.LundyMees(3, 0.25);
    double temperature = 3;
    for (int k = 0; k < 10; k++) {
      assertThat(lundy.temperature(k)).isCloseTo(temperature, within(1e-12));
      temperature /= 1 + 0.25 * temperature;
    }
    assertThat(new CoolingSchedule.Logarithmic(2).temperature(0))
        .isCloseTo(2 / Math.log(2), within(1e-12));
    assertThatThrownBy(() -> new CoolingSchedule.Geometric(1, 1)).hasMessageContaining("ratio");
  }

  /** f = (1, 2, 4): p = exp(f / tau) normalised. */
  @Test
  void fixedTemperatureSamplesItsLaw() {
    check(1, 0.04201, 0.114195, 0.843795);
    check(0.25, 0.000006, 0.000335, 0.999659);
  }

  private static void check(double temperature, double... expected) {
    double[] f = {1, 2, 4};
    Landscape<Integer> three =
        new Landscape<>() {
          @Override
          public double energy(Integer state) {
            return -f[state];
          }

          @Override
          public Integer neighbour(Integer state, KeyedSource source) {
            return (state + 1 + Variates.position(source.nextLong(), 2)) % 3;
          }
        };
    SimulatedAnnealing<Integer> chain =
        new SimulatedAnnealing<>(three, new CoolingSchedule.Constant(temperature), KEY);
    AnnealingState<Integer> state = chain.start(Collections.nCopies(2000, 2));
    long[] visits = new long[3];
    int rounds = 50;
    for (int round = 0; round < rounds; round++) {
      state = chain.advance(state, 20);
      state.current().forEach(s -> visits[s]++);
    }
    double n = 2000.0 * rounds;
    for (int s = 0; s < 3; s++) {
      // Draws 20 steps apart are nearly independent; the start of the last is the likely state.
      double error = Math.sqrt(expected[s] * (1 - expected[s]) / n) + 5e-6;
      assertThat(Chance.meanFits(visits[s] / n, expected[s], error)).isTrue();
    }
  }

  @Test
  void theFirstTemperatureAcceptsItsShare() {
    SpinGlass glass = new SpinGlass(16);
    double first = SimulatedAnnealing.firstTemperature(glass, 5, 0.8, 2000, KEY);
    KeyedSource source = new KeyedSource(StreamKey.of(2, "test/first"));
    double accepted = 0;
    for (int i = 0; i < 2000; i++) {
      double rise = glass.energy(glass.neighbour(5, source.at(0, i, 0))) - glass.energy(5);
      accepted += Math.exp(-Math.max(0, rise) / first) / 2000;
    }
    assertThat(accepted).isCloseTo(0.8, within(0.03));
  }

  @Test
  void brokenEnergiesAreTold() {
    Landscape<Integer> broken =
        new Landscape<>() {
          @Override
          public double energy(Integer state) {
            return state > 2 ? Double.NaN : 0;
          }

          @Override
          public Integer neighbour(Integer state, KeyedSource source) {
            return state + 1;
          }
        };
    SimulatedAnnealing<Integer> annealing =
        new SimulatedAnnealing<>(broken, new CoolingSchedule.Constant(1), KEY);
    assertThatThrownBy(() -> annealing.advance(annealing.start(List.of(0, 1)), 10))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("NaN in chain 1 at iteration 1");
    assertThatThrownBy(() -> annealing.start(List.of(3)))
        .hasMessage("replica 0 starts at energy NaN: expected a finite number");
  }
}
