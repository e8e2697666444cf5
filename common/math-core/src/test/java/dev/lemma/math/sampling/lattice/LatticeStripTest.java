// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatticeStripTest {
  private static final IsingModel ISING = new IsingModel(1, 0);
  private static final double ERRORS = 4;

  private static LatticeSize square(int side) {
    return new LatticeSize(side, side);
  }

  private static Trace run(LatticeSize size, SpinModel model, double beta, int sweeps) {
    return Trace.of(size, model, beta, sweeps / 10, sweeps, LatticeStrip.keyed(7));
  }

  /** Energies, heat capacities K^2 N Var(u), and the order that large lattices keep. */
  @ParameterizedTest
  @CsvSource({
    "0.3, 0.3113783504, 0.2862902162, ",
    "0.4, 1.100475889, 0.8858125011, ",
    "0.44068679350977, 1.14555924, , ",
    "0.5, 0.7141226029, 0.7248739782, 0.911319377877",
    "0.6, 0.313719899, 0.3134453581, 0.97360866744"
  })
  void energiesOfFiniteLattices(double k, double small, Double large, Double order) {
    for (int side : new int[] {8, 32}) {
      LatticeSize size = square(side);
      Trace trace = run(size, ISING, k, side == 8 ? 100_000 : 40_000);
      double exact = KaufmanEnergy.perSite(size, k);
      BatchMeans energy = trace.energyPerSite();
      assertThat(energy.errorsFrom(exact)).isLessThan(ERRORS);
      assertThat(energy.error()).isLessThan(0.004);
      Double capacity = side == 8 ? (Double) small : large;
      if (capacity != null) {
        assertThat(trace.heatCapacity(k, exact).errorsFrom(capacity)).isLessThan(ERRORS);
      }
      if (side == 32 && order != null) {
        assertThat(trace.order(1).errorsFrom(order)).isLessThan(ERRORS);
      }
    }
  }

  /** Sweeps are forgotten slowly at the critical coupling: there are more of them. */
  @ParameterizedTest
  @CsvSource({
    "0.3, 4000, 0.004",
    "0.4, 4000, 0.004",
    "0.44068679350977, 30000, 0.01",
    "0.5, 4000, 0.004",
    "0.6, 4000, 0.004"
  })
  void energiesOfASideOf64(double k, int sweeps, double most) {
    LatticeSize size = square(64);
    BatchMeans energy = run(size, ISING, k, sweeps).energyPerSite();
    assertThat(energy.errorsFrom(KaufmanEnergy.perSite(size, k))).isLessThan(ERRORS);
    assertThat(energy.error()).isLessThan(most);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0.52035800, 0.35764680",
    "0.4, 0.76471239, 0.65482576",
    "0.44068679350977, 0.84386044, 0.76135891",
    "0.5, 0.91894327, 0.86892168"
  })
  void isingAgainstEnumeration(double k, double order, double square) {
    LatticeSize size = square(4);
    Enumeration exact = Enumeration.of(size, k);
    assertThat(exact.order(1)).isCloseTo(order, within(6e-9));
    assertThat(exact.order(2)).isCloseTo(square, within(6e-9));
    Trace trace = run(size, ISING, k, 300_000);
    assertThat(trace.energyPerSite().errorsFrom(exact.energyPerSite())).isLessThan(ERRORS);
    assertThat(trace.order(1).errorsFrom(exact.order(1))).isLessThan(ERRORS);
    assertThat(trace.order(2).errorsFrom(exact.order(2))).isLessThan(ERRORS);
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
  void pottsAgainstEnumeration(int states, double beta, double energy) {
    Trace trace = run(square(4), new PottsModel(states, 1), beta, 200_000);
    assertThat(trace.energyPerSite().errorsFrom(energy)).isLessThan(ERRORS);
  }

  /** Two Potts states are Ising spins of half the coupling, on even sides of either sign. */
  @Test
  void twoPottsStatesAreIsingSpins() {
    for (double coupling : new double[] {0.8, -0.8}) {
      double exact = KaufmanEnergy.perSite(square(8), 0.4);
      BatchMeans bonds = run(square(8), new PottsModel(2, coupling), 1, 60_000).mean(t -> t[0]);
      double expected = (2 - Math.signum(coupling) * exact) / 2 * 64;
      assertThat(bonds.errorsFrom(expected)).isLessThan(ERRORS);
    }
  }

  /**
   * Without coupling the sites are independent, and up with probability 1 / (1 + exp(-2 beta h)).
   */
  @Test
  void aFieldAloneTurnsSites() {
    BatchMeans order = run(square(8), new IsingModel(0, 0.7), 0.5, 20_000).order(1);
    assertThat(order.errorsFrom(Math.tanh(0.35))).isLessThan(ERRORS);
  }

  /** Faults of a kernel that the comparisons above must find. */
  @Test
  void brokenKernelsAreFound() {
    LatticeSize size = square(8);
    double exact = KaufmanEnergy.perSite(size, 0.4);
    Trace coupling = run(size, ISING, 0.404, 100_000);
    assertThat(coupling.energyPerSite().errorsFrom(exact)).as("threshold").isGreaterThan(5);
    SiteUniforms keyed = LatticeStrip.keyed(7);
    SiteUniforms oneForBoth =
        (group, count, sweep, replica, out) -> keyed.fill(group & ~1L, count, sweep, replica, out);
    Trace shared = Trace.of(size, ISING, 0.4, 1000, 100_000, oneForBoth);
    assertThat(shared.energyPerSite().errorsFrom(exact)).as("one for both").isGreaterThan(5);
    SiteUniforms oneForAll =
        (group, count, sweep, replica, out) -> {
          keyed.fill(group, count, sweep, replica, out);
          Arrays.fill(out, out[0]);
        };
    Trace same = Trace.of(size, ISING, 0.4, 1000, 100_000, oneForAll);
    assertThat(same.energyPerSite().errorsFrom(exact)).as("one for a row").isGreaterThan(5);
  }

  /** The class again, as one would write it without a thought of speed. */
  private static int[][] plainly(LatticeSize size, SpinModel model, double beta, int sweeps) {
    int q = model.states();
    int[][] sites = new int[size.rows()][size.columns()];
    StreamKey key = StreamKey.of(3, "lattice/gibbs");
    long[] block = new long[4];
    for (int sweep = 0; sweep <= sweeps; sweep++) {
      for (int colour = 0; colour < 2; colour++) {
        for (int r = 0; r < size.rows(); r++) {
          for (int c = (r + colour) % 2; c < size.columns(); c += 2) {
            int j = c / 2;
            long groups = (size.columns() + 15) / 16;
            key.block((2L * r + colour) * groups + j / 8, sweep, 5, 0, block);
            long u = block[j % 8 / 2] >>> 32 * (j % 2) & 0xFFFF_FFFFL;
            if (sweep == 0) {
              sites[r][c] = (int) (u * q >>> 32);
              continue;
            }
            int rows = size.rows();
            int columns = size.columns();
            int[] counts = new int[q];
            counts[sites[(r + 1) % rows][c]]++;
            counts[sites[(r + rows - 1) % rows][c]]++;
            counts[sites[r][(c + 1) % columns]]++;
            counts[sites[r][(c + columns - 1) % columns]]++;
            sites[r][c] = drawn(model, beta, counts, u * 0x1p-32);
          }
        }
      }
    }
    return sites;
  }

  private static int drawn(SpinModel model, double beta, int[] counts, double u) {
    if (model instanceof IsingModel ising) {
      double up = ising.coupling() * (counts[1] - counts[0]) + ising.field();
      return u < 1 / (1 + Math.exp(-2 * beta * up)) ? 1 : 0;
    }
    double[] weights =
        Arrays.stream(counts).mapToDouble(n -> Math.exp(beta * model.coupling() * n)).toArray();
    double point = u * Arrays.stream(weights).sum();
    int state = 0;
    for (double sum = weights[0]; sum <= point; sum += weights[state]) {
      state++;
    }
    return state;
  }

  @Test
  void sitesAreWhatAPlainLoopDraws() {
    for (SpinModel model :
        List.of(
            new IsingModel(1, 0.1),
            new IsingModel(-1, 0),
            new PottsModel(3, 1),
            new PottsModel(4, -1),
            new PottsModel(16, 1))) {
      for (LatticeSize size : List.of(new LatticeSize(6, 4), new LatticeSize(4, 38))) {
        LatticeStrip strip = LatticeStrip.whole(size, model, 3);
        strip.randomise(5);
        strip.sweep(BetaSchedule.constant(0.8), 5, 1, 9, new long[9 * (1 + model.states())]);
        int[][] plain = plainly(size, model, 0.8, 9);
        byte[] row = new byte[LatticeStrip.rowBytes(size)];
        for (int r = 0; r < size.rows(); r++) {
          strip.copyRow(r, row, 0);
          for (int c = 0; c < size.columns(); c++) {
            assertThat(row[LatticeStrip.index(size, r, c)])
                .as("%s %s %d %d", model, size, r, c)
                .isEqualTo((byte) plain[r][c]);
          }
        }
      }
    }
  }

  /** Bonds and sites counted anew from the configuration. */
  @Test
  void totalsAreThoseOfTheConfiguration() {
    LatticeSize size = new LatticeSize(6, 20);
    for (SpinModel model : List.of(ISING, new PottsModel(3, 1))) {
      LatticeStrip strip = LatticeStrip.whole(size, model, 1);
      long[] totals = new long[1 + model.states()];
      strip.randomise(0);
      strip.sweep(BetaSchedule.constant(0.5), 0, 1, 1, totals);
      byte[][] rows = new byte[6][20];
      for (int r = 0; r < 6; r++) {
        strip.copyRow(r, rows[r], 0);
      }
      long[] expected = new long[1 + model.states()];
      for (int r = 0; r < 6; r++) {
        for (int c = 0; c < 20; c++) {
          int state = rows[r][LatticeStrip.index(size, r, c)];
          int below = (r + 1) % 6;
          int right = (c + 1) % 20;
          expected[0] += rows[below][LatticeStrip.index(size, below, c)] == state ? 1 : 0;
          expected[0] += rows[r][LatticeStrip.index(size, r, right)] == state ? 1 : 0;
          expected[1 + state]++;
        }
      }
      assertThat(totals).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 2", "5, 2", "1, 9"})
  void stripsWithHalosMakeUpTheLattice(int strips, int sweeps) {
    LatticeSize size = new LatticeSize(22, 12);
    BetaSchedule schedule = new BetaSchedule(BetaLaw.LINEAR, 0.2, 0.9, 5);
    for (SpinModel model : List.of(new IsingModel(1, 0.05), new PottsModel(5, 1))) {
      int width = 1 + model.states();
      LatticeStrip whole = LatticeStrip.whole(size, model, 9);
      whole.randomise(2);
      long[] expected = new long[sweeps * width];
      byte[] start = bytes(whole, size.rows(), size);
      whole.sweep(schedule, 2, 4, sweeps, expected);
      byte[] end = bytes(whole, size.rows(), size);
      long[] totals = new long[sweeps * width];
      for (int s = 0; s < strips; s++) {
        int first = s * 22 / strips;
        int rows = (s + 1) * 22 / strips - first;
        int halo = strips == 1 ? 0 : 2 * sweeps;
        LatticeStrip strip = LatticeStrip.of(size, model, first, rows, halo, 9);
        for (int r = -halo; r < rows + halo; r++) {
          strip.setRow(r, start, Math.floorMod(first + r, 22) * 12);
        }
        strip.renew();
        long[] part = new long[sweeps * width];
        strip.sweep(schedule, 2, 4, sweeps, part);
        for (int i = 0; i < part.length; i++) {
          totals[i] += part[i];
        }
        assertThat(bytes(strip, rows, size))
            .isEqualTo(Arrays.copyOfRange(end, first * 12, (first + rows) * 12));
      }
      assertThat(totals).isEqualTo(expected);
    }
  }

  private static byte[] bytes(LatticeStrip strip, int rows, LatticeSize size) {
    byte[] bytes = new byte[rows * LatticeStrip.rowBytes(size)];
    for (int r = 0; r < rows; r++) {
      strip.copyRow(r, bytes, r * LatticeStrip.rowBytes(size));
    }
    return bytes;
  }

  @Test
  void annealingFindsTheGroundState() {
    LatticeSize size = square(16);
    int sweeps = 2000;
    LatticeStrip strip = LatticeStrip.whole(size, ISING, 0);
    strip.randomise(0);
    long[] totals = new long[sweeps * 3];
    strip.sweep(new BetaSchedule(BetaLaw.GEOMETRIC, 0.05, 3, sweeps), 0, 1, sweeps, totals);
    assertThat(totals[(sweeps - 1) * 3]).isEqualTo(size.bonds());
  }

  @Test
  void blocksOfConsecutiveEntitiesAreTheBlocks() {
    for (int count : new int[] {0, 1, 2, 5}) {
      long[] all = new long[4 * count + 1];
      all[4 * count] = 77;
      Philox4x64.blocks(1, -2, Long.MAX_VALUE, count, 3, 4, 5, all);
      long[] one = new long[4];
      for (int i = 0; i < count; i++) {
        Philox4x64.block(1, -2, Long.MAX_VALUE + i, 3, 4, 5, one);
        assertThat(Arrays.copyOfRange(all, 4 * i, 4 * i + 4)).isEqualTo(one);
      }
      assertThat(all[4 * count]).isEqualTo(77);
    }
  }

  @Test
  void mistakesAreRefused() {
    LatticeSize size = square(8);
    LatticeStrip strip = LatticeStrip.of(size, ISING, 0, 4, 2, 0);
    assertThatThrownBy(() -> strip.sweep(BetaSchedule.constant(1), 0, 1, 1, new long[3]))
        .hasMessage("1 sweeps need a halo of 2 rows, found 0");
    strip.renew();
    strip.sweep(BetaSchedule.constant(1), 0, 1, 1, new long[3]);
    assertThatThrownBy(() -> strip.sweep(BetaSchedule.constant(1), 0, 2, 1, new long[3]))
        .hasMessage("1 sweeps need a halo of 2 rows, found 0");
    assertThatThrownBy(() -> strip.setRow(6, new byte[8], 0)).hasMessageContaining("row 6");
    byte[] wrong = {0, 1, 0, 1, 0, 2, 0, 1};
    assertThatThrownBy(() -> strip.setRow(0, wrong, 0)).hasMessage("a state outside 0 to 1");
    assertThatThrownBy(() -> LatticeStrip.of(size, ISING, 6, 4, 2, 0))
        .hasMessage("rows 6 to 10 of 8");
    assertThatThrownBy(() -> LatticeStrip.of(size, ISING, 0, 8, 2, 0))
        .hasMessageContaining("cannot have a halo of 2");
    assertThatThrownBy(() -> square(7))
        .hasMessage("rows must be even and lie between 4 and 1048576, found 7");
    assertThatThrownBy(() -> new PottsModel(1, 1))
        .hasMessage("states must lie between 2 and 16, found 1");
    assertThatThrownBy(() -> new IsingModel(Double.NaN, 0)).hasMessageContaining("finite");
  }
}
