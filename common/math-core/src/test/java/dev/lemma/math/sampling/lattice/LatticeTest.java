// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.Chance;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.diagnostics.MonteCarloError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatticeTest {
  private static final StreamKey KEY = StreamKey.of(47, "test/lattice");
  private static final int REPLICAS = 8;

  /** Values of a statistic along sweeps, by replica; the first fifth is left out. */
  private static double[][] run(
      SpinModel model, int side, int sweeps, ToDoubleFunction<CheckerboardLattice> statistic) {
    double[][] values = new double[REPLICAS][sweeps];
    for (int r = 0; r < REPLICAS; r++) {
      CheckerboardLattice lattice = CheckerboardLattice.whole(side, side, model.states());
      // Hot and cold starts in turn: where they still differ, the error shows it.
      if (r % 2 == 0) {
        lattice.scatter(KEY, r);
      }
      for (int t = -sweeps / 5; t < sweeps; t++) {
        lattice.sweep(model, KEY, t + sweeps, r);
        if (t >= 0) {
          values[r][t] = statistic.applyAsDouble(lattice);
        }
      }
    }
    return values;
  }

  private static double energyPerSite(SpinModel model, CheckerboardLattice lattice) {
    long sites = (long) lattice.rows() * lattice.rows();
    return model.energy(lattice.equalBonds(), 2 * sites) / sites;
  }

  private static void checkMean(String what, double[][] values, double expected) {
    double mean = 0;
    for (double[] path : values) {
      for (double value : path) {
        mean += value / (values.length * (double) path.length);
      }
    }
    double error = MonteCarloError.mean(values);
    assertThat(Math.abs(mean - expected))
        .as("%s: mean %s, exact %s, error %s", what, mean, expected, error)
        .isLessThan(4 * error);
    assertThat(error).as("error of %s", what).isLessThan(0.02);
  }

  private static double[][] map(double[][] values, DoubleUnaryOperator f) {
    double[][] out = new double[values.length][];
    for (int r = 0; r < values.length; r++) {
      out[r] = Arrays.stream(values[r]).map(f).toArray();
    }
    return out;
  }

  // Energy and heat capacity per site of the periodic lattice (B. Kaufman, 1949).
  @ParameterizedTest
  @CsvSource({
    "4, 8000, 0.3, -0.844054073624, 0.440992653577",
    "4, 8000, 0.4, -1.37911648226, 0.81251522944",
    "4, 8000, 0.44068679350977, -1.5656237876, 0.783266825949",
    "4, 8000, 0.5, -1.75538028878, 0.60553265721",
    "8, 6000, 0.3, -0.7124673727, 0.3113783504",
    "8, 6000, 0.4, -1.222320643, 1.100475889",
    "8, 8000, 0.44068679350977, -1.491589107, 1.14555924",
    "8, 6000, 0.5, -1.74568317, 0.7141226029",
    "8, 6000, 0.6, -1.90906743, 0.313719899",
    "32, 1500, 0.3, -0.7044990718, 0.2862902162",
    "32, 2000, 0.4, -1.107291661, 0.8858125011",
    "32, 8000, 0.44068679350977, -1.433658466, 1.84676759",
    "32, 2000, 0.5, -1.745564527, 0.7248739782",
    "32, 2000, 0.6, -1.909086178, 0.3134453581"
  })
  void energiesOfTheIsingModel(int side, int sweeps, double coupling, double u, double c) {
    SpinModel model = new SpinModel.Ising(coupling);
    double[][] energies = run(model, side, sweeps, lattice -> energyPerSite(model, lattice));
    checkMean("energy", energies, u);
    if (side <= 8) {
      double factor = coupling * coupling * side * side;
      checkMean("heat capacity", map(energies, e -> factor * (e - u) * (e - u)), c);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.52035800, 0.35764680",
    "0.4, 0.76471239, 0.65482576",
    "0.44068679350977, 0.84386044, 0.76135891",
    "0.5, 0.91894327, 0.86892168"
  })
  void magnetisationOfTheSmallestLattice(double coupling, double absolute, double square) {
    SpinModel model = new SpinModel.Ising(coupling);
    double[][] m = run(model, 4, 8000, lattice -> 2 * lattice.counts()[1] / 16.0 - 1);
    checkMean("|m|", map(m, Math::abs), absolute);
    checkMean("m^2", map(m, x -> x * x), square);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0.5, -0.93826562",
    "3, 1.005053, -1.71006296",
    "3, 1.2, -1.89674767",
    "4, 0.5, -0.72778294",
    "4, 1.098612, -1.68086835",
    "4, 1.2, -1.82152554"
  })
  void energiesOfThePottsModel(int states, double coupling, double u) {
    SpinModel model = new SpinModel.Potts(states, coupling);
    checkMean("energy", run(model, 4, 8000, lattice -> energyPerSite(model, lattice)), u);
  }

  /** Power: the energy at a coupling that is 2 % off lies far outside of the error. */
  @Test
  void aWrongCouplingIsSeen() {
    SpinModel off = new SpinModel.Ising(0.408);
    double[][] energies = run(off, 8, 6000, lattice -> energyPerSite(off, lattice));
    assertThatThrownBy(() -> checkMean("energy", energies, -1.222320643))
        .isInstanceOf(AssertionError.class);
  }

  /** Tables, thresholds and the general draw are one law: without a pull all states are equal. */
  @ParameterizedTest
  @CsvSource({"2", "3", "6", "7", "100"})
  void withoutPullEveryStateIsAsLikely(int states) {
    CheckerboardLattice lattice = CheckerboardLattice.whole(64, 64, states);
    SpinModel model = new SpinModel.Potts(states, 0);
    long[] counts = new long[states];
    for (int t = 0; t < 10; t++) {
      lattice.sweep(model, KEY, t, 0);
      long[] now = lattice.counts();
      for (int k = 0; k < states; k++) {
        counts[k] += now[k];
      }
    }
    assertThat(Chance.evenlySpread(counts)).isTrue();
  }

  /** The documented addresses, site by site. */
  private static void plainSweep(byte[][] s, SpinModel model, long sweep, long replica) {
    int rows = s.length;
    int columns = s[0].length;
    long[] words = new long[4];
    for (int colour = 0; colour < 2; colour++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          if ((r + c) % 2 != colour) {
            continue;
          }
          int j = c / 2;
          KEY.block((long) r * ((columns + 15) / 16) + j / 8, sweep, replica, colour, words);
          long u = words[j % 8 / 2] >>> (j % 2 * 32) & 0xFFFF_FFFFL;
          int[] counts = new int[model.states()];
          counts[s[(r + 1) % rows][c]]++;
          counts[s[(r + rows - 1) % rows][c]]++;
          counts[s[r][(c + 1) % columns]]++;
          counts[s[r][(c + columns - 1) % columns]]++;
          s[r][c] = plainDraw(model, counts, u);
        }
      }
    }
  }

  private static byte plainDraw(SpinModel model, int[] counts, long u) {
    double total = 0;
    for (int count : counts) {
      total += Math.exp(model.pull() * count);
    }
    // State 1 of two is below the threshold; of more, states follow each other from below.
    if (model.states() == 2) {
      return (byte) (u < Math.rint(0x1p32 * Math.exp(model.pull() * counts[1]) / total) ? 1 : 0);
    }
    double reached = 0;
    byte state = 0;
    for (int k = 0; k < counts.length - 1; k++) {
      reached += Math.exp(model.pull() * counts[k]);
      state += u >= 0x1p32 * reached / total ? 1 : 0;
    }
    return state;
  }

  @Test
  void spinsAreThoseOfThePlainLoop() {
    List<SpinModel> models =
        List.of(
            new SpinModel.Ising(0.44),
            new SpinModel.Ising(-0.3),
            new SpinModel.Potts(3, 1),
            new SpinModel.Potts(9, 1.3));
    for (SpinModel model : models) {
      for (int[] shape : new int[][] {{6, 10}, {4, 32}, {8, 18}, {2, 2}}) {
        CheckerboardLattice lattice = CheckerboardLattice.whole(shape[0], shape[1], model.states());
        lattice.scatter(KEY, 3);
        byte[][] plain = rows(lattice);
        for (int t = 0; t < 5; t++) {
          lattice.sweep(model, KEY, t, 3);
          plainSweep(plain, model, t, 3);
        }
        assertThat(rows(lattice)).as("%s on %d x %d", model, shape[0], shape[1]).isEqualTo(plain);
        long equal = 0;
        for (int r = 0; r < shape[0]; r++) {
          for (int c = 0; c < shape[1]; c++) {
            equal += plain[r][c] == plain[(r + 1) % shape[0]][c] ? 1 : 0;
            equal += plain[r][c] == plain[r][(c + 1) % shape[1]] ? 1 : 0;
          }
        }
        assertThat(lattice.equalBonds()).isEqualTo(equal);
      }
    }
  }

  private static byte[][] rows(CheckerboardLattice lattice) {
    byte[][] rows = new byte[lattice.rows()][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = lattice.row(r);
    }
    return rows;
  }

  /** Strips with a wide halo end in the spins of the whole lattice, across its edge as well. */
  @ParameterizedTest
  @CsvSource({"2", "3"})
  void stripsWithAHaloNeedNoNeighbours(int states) {
    SpinModel model = new SpinModel.Potts(states, 0.9);
    int side = 20;
    int sweeps = 3;
    int halo = 2 * sweeps;
    CheckerboardLattice whole = CheckerboardLattice.whole(side, side, states);
    whole.scatter(KEY, 0);
    List<CheckerboardLattice> strips = new ArrayList<>();
    for (int first = 0; first < side; first += 5) {
      int from = Math.floorMod(first - halo, side);
      CheckerboardLattice strip = CheckerboardLattice.strip(side, side, states, from, 5 + 2 * halo);
      for (int r = 0; r < strip.rows(); r++) {
        strip.setRow(r, whole.row((from + r) % side));
      }
      strips.add(strip);
    }
    for (int t = 0; t < sweeps; t++) {
      whole.sweep(model, KEY, t, 0);
      for (CheckerboardLattice strip : strips) {
        strip.sweep(model, KEY, t, 0);
      }
    }
    long equal = 0;
    for (int p = 0; p < strips.size(); p++) {
      CheckerboardLattice strip = strips.get(p);
      assertThat(strip.validFrom()).isEqualTo(halo);
      assertThat(strip.validTo()).isEqualTo(halo + 5);
      for (int r = 0; r < 5; r++) {
        assertThat(strip.row(halo + r)).isEqualTo(whole.row(5 * p + r));
      }
      for (int r = 0; r < 4; r++) {
        equal += strip.equalBondsOf(halo + r);
      }
      equal += whole.equalBondsOf(5 * p + 4);
    }
    assertThat(equal).isEqualTo(whole.equalBonds());
    CheckerboardLattice narrow = CheckerboardLattice.strip(side, side, states, 0, 4);
    assertThatThrownBy(() -> narrow.sweep(model, KEY, 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two rows more on either side");
  }

  @Test
  void slowCoolingFindsTheGroundState() {
    int side = 16;
    int found = 0;
    for (int r = 0; r < 8; r++) {
      CheckerboardLattice lattice = CheckerboardLattice.whole(side, side, 2);
      lattice.scatter(KEY, r);
      for (int t = 0; t < 1500; t++) {
        lattice.sweep(new SpinModel.Ising(0.3 + 0.001 * t), KEY, t, r);
      }
      SpinModel model = new SpinModel.Ising(1);
      found += model.energy(lattice.equalBonds(), 2L * side * side) == -2.0 * side * side ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(4);
  }

  @Test
  void mistakesAreTold() {
    assertThatThrownBy(() -> CheckerboardLattice.whole(4, 5, 2))
        .hasMessage(
            "columns of a periodic lattice: expected an even number of at least 2, found 5, for"
                + " which neighbours would share a colour");
    CheckerboardLattice lattice = CheckerboardLattice.whole(4, 4, 2);
    assertThatThrownBy(() -> lattice.sweep(new SpinModel.Potts(3, 1), KEY, 0, 0))
        .hasMessage("model: expected 2 states, found 3");
    assertThatThrownBy(() -> lattice.setRow(0, new byte[] {0, 1, 2, 0}))
        .hasMessage("row: expected states from 0 to 1, found 2");
    assertThatThrownBy(() -> new SpinModel.Ising(Double.NaN))
        .hasMessage("coupling: expected a finite number, found NaN");
    assertThatThrownBy(() -> SpinGraph.of(3, 2, new int[] {0, 1, 2, 2}))
        .hasMessage("edge 1: expected two different sites from 0 to 2, found 2 and 2");
  }
}
