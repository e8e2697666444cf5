// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GraphGibbsTest {
  private static final double ERRORS = 4;

  /** Bonds of a periodic lattice. */
  private static SpinGraph lattice(int rows, int columns) {
    int n = rows * columns;
    int[] from = new int[2 * n];
    int[] to = new int[2 * n];
    for (int i = 0; i < n; i++) {
      from[i] = i;
      to[i] = i / columns * columns + (i + 1) % columns;
      from[n + i] = (i + columns) % n;
      to[n + i] = i;
    }
    return SpinGraph.of(n, from, to);
  }

  /** A triangle with a tail, and a site without bonds. */
  private static SpinGraph triangle() {
    return SpinGraph.of(5, new int[] {0, 2, 1, 3}, new int[] {1, 1, 3, 2});
  }

  private static SpinGraph complete(int n) {
    int[] from = new int[n * (n - 1) / 2];
    int[] to = new int[from.length];
    int b = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        from[b] = i;
        to[b++] = j;
      }
    }
    return SpinGraph.of(n, from, to);
  }

  private static BatchMeans equalBonds(SpinGraph graph, SpinModel model, double beta) {
    int sweeps = 100_000;
    GraphGibbs gibbs = GraphGibbs.of(graph, model, 4);
    int width = 1 + model.states();
    long[] totals = new long[sweeps * width];
    gibbs.sweep(BetaSchedule.constant(beta), 0, 1, 1000, totals);
    gibbs.sweep(BetaSchedule.constant(beta), 0, 1001, sweeps, totals);
    double[] bonds = new double[sweeps];
    for (int i = 0; i < sweeps; i++) {
      bonds[i] = totals[i * width];
    }
    return BatchMeans.of(bonds);
  }

  /** Mean number of equal bonds by all configurations. */
  private static double enumerated(int[][] bonds, int sites, SpinModel model, double beta) {
    int q = model.states();
    double total = 0;
    double sum = 0;
    for (int code = 0; code < Math.pow(q, sites); code++) {
      int[] states = new int[sites];
      long[] counts = new long[q];
      for (int i = 0, rest = code; i < sites; i++, rest /= q) {
        states[i] = rest % q;
        counts[states[i]]++;
      }
      int equal = 0;
      for (int[] bond : bonds) {
        equal += states[bond[0]] == states[bond[1]] ? 1 : 0;
      }
      double weight = Math.exp(-beta * model.energy(equal, bonds.length, counts));
      total += weight;
      sum += weight * equal;
    }
    return sum / total;
  }

  @Test
  void coloursDivideNeighbours() {
    assertThat(lattice(4, 6).colours()).isEqualTo(2);
    assertThat(complete(5).colours()).isEqualTo(5);
    SpinGraph graph = triangle();
    assertThat(graph.colours()).isEqualTo(3);
    assertThat(graph.bonds()).isEqualTo(4);
    for (int colour = 0; colour < graph.colours(); colour++) {
      int first = graph.firstPlace(colour);
      int end = graph.firstPlace(colour + 1);
      for (int place = first; place < end; place++) {
        for (int i = graph.start(place); i < graph.start(place + 1); i++) {
          int neighbour = graph.neighbour(i);
          assertThat(neighbour < first || neighbour >= end).isTrue();
        }
      }
    }
  }

  @Test
  void latticesGiveTheirExactEnergies() {
    double ising = KaufmanEnergy.perSite(new LatticeSize(4, 4), 0.4);
    assertThat(
            equalBonds(lattice(4, 4), new IsingModel(1, 0), 0.4).errorsFrom((2 - ising) / 2 * 16))
        .isLessThan(ERRORS);
    assertThat(equalBonds(lattice(4, 4), new PottsModel(3, 1), 0.5).errorsFrom(16 * 0.93826562))
        .isLessThan(ERRORS);
  }

  @Test
  void smallGraphsAgreeWithEnumeration() {
    int[][] bonds = {{0, 1}, {1, 2}, {1, 3}, {2, 3}};
    for (SpinModel model :
        new SpinModel[] {
          new IsingModel(1, 0.3),
          new IsingModel(-1, 0.2),
          new PottsModel(3, 1),
          new PottsModel(3, -1)
        }) {
      double exact = enumerated(bonds, 5, model, 0.9);
      assertThat(equalBonds(triangle(), model, 0.9).errorsFrom(exact))
          .as("%s", model)
          .isLessThan(ERRORS);
      double other = enumerated(bonds, 5, model, 0.95);
      assertThat(equalBonds(triangle(), model, 0.9).errorsFrom(other))
          .as("%s", model)
          .isGreaterThan(ERRORS);
    }
  }

  @Test
  void statesGoInAndOutBySite() {
    GraphGibbs gibbs = GraphGibbs.of(triangle(), new PottsModel(3, 1), 0);
    byte[] states = {2, 0, 1, 2, 1};
    gibbs.set(states);
    assertThat(gibbs.bySite()).isEqualTo(states);
    gibbs.randomise(1);
    byte[] drawn = gibbs.bySite();
    GraphGibbs again = GraphGibbs.of(triangle(), new PottsModel(3, 1), 0);
    again.set(drawn);
    gibbs.sweep(BetaSchedule.constant(1), 1, 1, 3, new long[12]);
    again.sweep(BetaSchedule.constant(1), 1, 1, 3, new long[12]);
    assertThat(again.bySite()).isEqualTo(gibbs.bySite());
  }

  @Test
  void mistakesAreRefused() {
    assertThatThrownBy(() -> SpinGraph.of(2, new int[] {1}, new int[] {1}))
        .hasMessage("bond 0 joins site 1 with itself");
    assertThatThrownBy(() -> SpinGraph.of(2, new int[] {0, 1}, new int[] {1, 0}))
        .hasMessage("two bonds join the sites 0 and 1");
    assertThatThrownBy(() -> SpinGraph.of(2, new int[] {0}, new int[] {2}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> SpinGraph.of(0, new int[0], new int[0]))
        .hasMessageContaining("at least one site");
  }
}
