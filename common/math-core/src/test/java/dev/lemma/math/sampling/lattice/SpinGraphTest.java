// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.diagnostics.MonteCarloError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpinGraphTest {
  private static final StreamKey KEY = StreamKey.of(48, "test/graph");
  // Triangles, a pendant site, a double edge and a site of its own.
  private static final int[] EDGES = {
    0, 1, 1, 2, 2, 0, 2, 3, 3, 4, 4, 5, 5, 3, 5, 0, 1, 4, 4, 6, 4, 6
  };

  private static int[] torus(int side) {
    int[] edges = new int[4 * side * side];
    for (int r = 0, e = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        edges[e++] = r * side + c;
        edges[e++] = r * side + (c + 1) % side;
        edges[e++] = r * side + c;
        edges[e++] = (r + 1) % side * side + c;
      }
    }
    return edges;
  }

  @Test
  void neighboursNeverShareAColour() {
    for (int[] edges : new int[][] {EDGES, torus(6), torus(5)}) {
      int sites = edges == EDGES ? 8 : edges.length / 4;
      SpinGraph graph = SpinGraph.of(sites, 2, edges);
      for (int e = 0; e < edges.length; e += 2) {
        assertThat(graph.colour(edges[e])).isNotEqualTo(graph.colour(edges[e + 1]));
      }
      assertThat(graph.colours()).isBetween(2, 5);
      assertThat(graph.bonds()).isEqualTo(edges.length / 2);
    }
    assertThat(SpinGraph.of(36, 2, torus(6)).colours()).isEqualTo(2);
  }

  // By enumeration of all q^8 states; pulls both ways.
  @ParameterizedTest
  @CsvSource({"2, 0.7", "2, -0.5", "3, 1.1", "4, -0.8"})
  void meanBondsAreThoseOfTheEnumeration(int states, double coupling) {
    SpinModel model = new SpinModel.Potts(states, coupling);
    SpinGraph graph = SpinGraph.of(8, states, EDGES);
    double mass = 0;
    double expected = 0;
    byte[] spins = new byte[8];
    for (int code = 0; code < Math.pow(states, 8); code++) {
      for (int i = 0, rest = code; i < 8; i++, rest /= states) {
        spins[i] = (byte) (rest % states);
      }
      graph.setSpins(spins);
      double weight = Math.exp(coupling * graph.equalBonds());
      mass += weight;
      expected += weight * graph.equalBonds();
    }
    check(graph, model, expected / mass);
  }

  @Test
  void theTorusAsAListOfEdges() {
    // u of the 4 x 4 Ising model at K = 0.4; u N = bonds - 2 equal.
    double equal = (32 + 1.37911648226 * 16) / 2;
    check(SpinGraph.of(16, 2, torus(4)), new SpinModel.Ising(0.4), equal);
  }

  private static void check(SpinGraph graph, SpinModel model, double expected) {
    int sweeps = 15_000;
    double[][] bonds = new double[4][sweeps];
    double mean = 0;
    for (int r = 0; r < 4; r++) {
      graph.setSpins(new byte[graph.sites()]);
      for (int t = -100; t < sweeps; t++) {
        graph.sweep(model, KEY, t + 100, r);
        if (t >= 0) {
          bonds[r][t] = graph.equalBonds();
          mean += bonds[r][t] / (4.0 * sweeps);
        }
      }
    }
    double error = MonteCarloError.mean(bonds);
    assertThat(Math.abs(mean - expected)).isLessThan(4 * error);
    assertThat(error).isLessThan(0.05);
  }

  @Test
  void strongPullsDoNotOverflow() {
    SpinGraph graph = SpinGraph.of(8, 3, EDGES);
    SpinModel frozen = new SpinModel.Potts(3, 1e5);
    byte[] ones = {1, 1, 1, 1, 1, 1, 1, 0};
    graph.setSpins(ones);
    for (int t = 0; t < 20; t++) {
      graph.sweep(frozen, KEY, t, 0);
    }
    assertThat(graph.spins()).startsWith(1, 1, 1, 1, 1, 1, 1);
    assertThat(graph.equalBonds()).isEqualTo(11);
  }
}
