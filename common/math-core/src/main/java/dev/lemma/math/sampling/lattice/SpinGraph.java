// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import dev.lemma.math.random.StreamKey;
import java.util.Arrays;

/**
 * Spins on the sites of any graph, and Gibbs sweeps over them, colour by colour: sites of one
 * colour are not neighbours of each other, so that the order among them does not matter.
 *
 * <p>Colours are given greedily in the order of the sites: each takes the lowest that none of its
 * neighbours with a lower number has; at most one more than the largest number of neighbours. Site
 * i takes bits 32 (i mod 8) to 32 (i mod 8) + 31 of the block at address (i / 8, sweep, replica,
 * 0), whatever its colour. 13 bytes a site and 8 an edge. Not thread-safe.
 */
public final class SpinGraph {
  private final int states;
  private final int[] begins;
  private final int[] neighbours;
  private final int[] colours;
  private final int[] order;
  private final int mostNeighbours;
  private final byte[] spins;
  private final long[] words = new long[4];

  private SpinGraph(int states, int[] begins, int[] neighbours) {
    this.states = states;
    this.begins = begins;
    this.neighbours = neighbours;
    int sites = begins.length - 1;
    int most = 0;
    for (int i = 0; i < sites; i++) {
      most = Math.max(most, begins[i + 1] - begins[i]);
    }
    mostNeighbours = most;
    colours = colour(begins, neighbours, most);
    order = byColour(colours, most + 1);
    spins = new byte[sites];
  }

  /**
   * Sites 0 to n - 1 and edges between them; an edge that is listed twice pulls twice.
   *
   * @param sites n, at least 1
   * @param states q, 2 to {@value CheckerboardLattice#MOST_STATES}
   * @param ends both ends of every edge, one after the other
   * @throws IllegalArgumentException if an end is no site, or both are the same
   */
  public static SpinGraph of(int sites, int states, int[] ends) {
    if (sites < 1 || states < 2 || states > CheckerboardLattice.MOST_STATES) {
      throw new IllegalArgumentException(
          "graph: expected at least 1 site and 2 to "
              + CheckerboardLattice.MOST_STATES
              + " states, found "
              + sites
              + " and "
              + states);
    }
    if (ends.length % 2 != 0) {
      throw new IllegalArgumentException(
          "edges: expected two ends each, found " + ends.length + " ends");
    }
    int[] begins = new int[sites + 1];
    for (int e = 0; e < ends.length; e += 2) {
      check(e / 2, ends[e], ends[e + 1], sites);
      begins[ends[e] + 1]++;
      begins[ends[e + 1] + 1]++;
    }
    for (int i = 0; i < sites; i++) {
      begins[i + 1] += begins[i];
    }
    int[] next = Arrays.copyOf(begins, sites);
    int[] neighbours = new int[ends.length];
    for (int e = 0; e < ends.length; e += 2) {
      neighbours[next[ends[e]]++] = ends[e + 1];
      neighbours[next[ends[e + 1]]++] = ends[e];
    }
    return new SpinGraph(states, begins, neighbours);
  }

  private static void check(int edge, int one, int other, int sites) {
    if (one < 0 || one >= sites || other < 0 || other >= sites || one == other) {
      throw new IllegalArgumentException(
          "edge "
              + edge
              + ": expected two different sites from 0 to "
              + (sites - 1)
              + ", found "
              + one
              + " and "
              + other);
    }
  }

  private static int[] colour(int[] begins, int[] neighbours, int most) {
    int[] colours = new int[begins.length - 1];
    // The site that last saw a colour among its neighbours.
    int[] seen = new int[most + 1];
    Arrays.fill(seen, -1);
    for (int i = 0; i < colours.length; i++) {
      for (int e = begins[i]; e < begins[i + 1]; e++) {
        if (neighbours[e] < i) {
          seen[colours[neighbours[e]]] = i;
        }
      }
      int colour = 0;
      while (seen[colour] == i) {
        colour++;
      }
      colours[i] = colour;
    }
    return colours;
  }

  private static int[] byColour(int[] colours, int most) {
    int[] begins = new int[most + 1];
    for (int colour : colours) {
      begins[colour + 1]++;
    }
    for (int k = 0; k < most; k++) {
      begins[k + 1] += begins[k];
    }
    int[] order = new int[colours.length];
    for (int i = 0; i < colours.length; i++) {
      order[begins[colours[i]]++] = i;
    }
    return order;
  }

  /** n. */
  public int sites() {
    return spins.length;
  }

  /** Number of colours. */
  public int colours() {
    return Arrays.stream(colours).max().orElse(0) + 1;
  }

  /** The colour of a site. */
  public int colour(int site) {
    return colours[site];
  }

  /** The states of all sites. */
  public byte[] spins() {
    return spins.clone();
  }

  /** Sets the states of all sites. */
  public void setSpins(byte[] values) {
    if (values.length != spins.length) {
      throw new IllegalArgumentException(
          "spins: expected " + spins.length + ", found " + values.length);
    }
    for (byte value : values) {
      if (value < 0 || value >= states) {
        throw new IllegalArgumentException(
            "spins: expected states from 0 to " + (states - 1) + ", found " + value);
      }
    }
    System.arraycopy(values, 0, spins, 0, spins.length);
  }

  /**
   * One sweep: every site once, colour by colour.
   *
   * @param sweep number of the sweep, from 0
   * @param replica lane of the random numbers
   */
  public void sweep(SpinModel model, StreamKey key, long sweep, long replica) {
    if (model.states() != states) {
      throw new IllegalArgumentException(
          "model: expected " + states + " states, found " + model.states());
    }
    HeatBath bath = HeatBath.of(model, mostNeighbours);
    int[] counts = new int[states];
    int group = -1;
    for (int site : order) {
      if (site >> 3 != group) {
        group = site >> 3;
        key.block(group, sweep, replica, 0, words);
      }
      Arrays.fill(counts, 0);
      for (int e = begins[site]; e < begins[site + 1]; e++) {
        counts[spins[neighbours[e]]]++;
      }
      long uniform = words[(site & 7) >> 1] >>> ((site & 1) << 5);
      spins[site] = (byte) bath.draw(counts, uniform);
    }
  }

  /** Edges between equal states. */
  public long equalBonds() {
    long twice = 0;
    for (int i = 0; i < spins.length; i++) {
      for (int e = begins[i]; e < begins[i + 1]; e++) {
        twice += spins[i] == spins[neighbours[e]] ? 1 : 0;
      }
    }
    return twice / 2;
  }

  /** Number of edges. */
  public long bonds() {
    return neighbours.length / 2;
  }
}
