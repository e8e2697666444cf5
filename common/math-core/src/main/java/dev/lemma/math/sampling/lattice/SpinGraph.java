// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Bonds between any pairs of sites, coloured greedily: in the order of their numbers, each site
 * gets the lowest colour that none of its neighbours has. At most one more colour than the largest
 * number of neighbours is used. Sites are kept in the order of colour, then number: their
 * <em>places</em>. Immutable; 8 bytes a bond and 16 a site.
 */
public final class SpinGraph implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where the neighbours of each place begin, and behind the last one end. */
  private final int[] starts;

  /** Places of the neighbours of each place, ascending. */
  private final int[] neighbours;

  /** Where the places of each colour begin, and behind the last one end. */
  private final int[] colours;

  /** Site at each place. */
  private final int[] sites;

  private SpinGraph(int[] starts, int[] neighbours, int[] colours, int[] sites) {
    this.starts = starts;
    this.neighbours = neighbours;
    this.colours = colours;
    this.sites = sites;
  }

  /**
   * The graph of these bonds.
   *
   * @param sites number of sites, numbered from 0
   * @param from one end of each bond
   * @param to the other end of each bond; the two may change places
   * @throws IllegalArgumentException if there is no site, an end is no site, a bond joins a site
   *     with itself, two bonds join the same sites, or there are more than 2<sup>30</sup> bonds
   */
  public static SpinGraph of(int sites, int[] from, int[] to) {
    if (sites < 1) {
      throw new IllegalArgumentException("a graph needs at least one site, found " + sites);
    }
    if (from.length != to.length || from.length > 1 << 30) {
      throw new IllegalArgumentException(
          "bonds have two ends, and at most 2^30 are supported; found "
              + from.length
              + " and "
              + to.length);
    }
    int[] starts = new int[sites + 1];
    for (int b = 0; b < from.length; b++) {
      if (from[b] == to[b]) {
        throw new IllegalArgumentException("bond " + b + " joins site " + from[b] + " with itself");
      }
      starts[Objects.checkIndex(from[b], sites)]++;
      starts[Objects.checkIndex(to[b], sites)]++;
    }
    int[] adjacent = lists(starts, from, to);
    for (int s = 0; s < sites; s++) {
      for (int i = starts[s] + 1; i < starts[s + 1]; i++) {
        if (adjacent[i] == adjacent[i - 1]) {
          throw new IllegalArgumentException(
              "two bonds join the sites " + s + " and " + adjacent[i]);
        }
      }
    }
    return coloured(starts, adjacent);
  }

  /** Turns counts into starts; returns the sorted lists of neighbours. */
  private static int[] lists(int[] starts, int[] from, int[] to) {
    int sites = starts.length - 1;
    int sum = 0;
    for (int s = 0; s <= sites; s++) {
      int count = starts[s];
      starts[s] = sum;
      sum += count;
    }
    int[] adjacent = new int[sum];
    int[] next = Arrays.copyOf(starts, sites);
    for (int b = 0; b < from.length; b++) {
      adjacent[next[from[b]]++] = to[b];
      adjacent[next[to[b]]++] = from[b];
    }
    for (int s = 0; s < sites; s++) {
      Arrays.sort(adjacent, starts[s], starts[s + 1]);
    }
    return adjacent;
  }

  private static SpinGraph coloured(int[] starts, int[] adjacent) {
    int n = starts.length - 1;
    int[] colour = new int[n];
    int[] taken = new int[n + 1];
    Arrays.fill(taken, -1);
    int most = 0;
    for (int s = 0; s < n; s++) {
      for (int i = starts[s]; i < starts[s + 1]; i++) {
        if (adjacent[i] < s) {
          taken[colour[adjacent[i]]] = s;
        }
      }
      while (taken[colour[s]] == s) {
        colour[s]++;
      }
      most = Math.max(most, colour[s]);
    }
    int[] bounds = new int[most + 2];
    for (int s = 0; s < n; s++) {
      bounds[colour[s] + 1]++;
    }
    for (int c = 0; c <= most; c++) {
      bounds[c + 1] += bounds[c];
    }
    int[] next = Arrays.copyOf(bounds, most + 1);
    int[] places = new int[n];
    int[] sites = new int[n];
    for (int s = 0; s < n; s++) {
      places[s] = next[colour[s]]++;
      sites[places[s]] = s;
    }
    int[] placedStarts = new int[n + 1];
    int[] placed = new int[adjacent.length];
    int at = 0;
    for (int p = 0; p < n; p++) {
      int s = sites[p];
      for (int i = starts[s]; i < starts[s + 1]; i++) {
        placed[at++] = places[adjacent[i]];
      }
      placedStarts[p + 1] = at;
      Arrays.sort(placed, placedStarts[p], at);
    }
    return new SpinGraph(placedStarts, placed, bounds, sites);
  }

  /** Number of sites. */
  public int sites() {
    return sites.length;
  }

  /** Number of bonds. */
  public int bonds() {
    return neighbours.length / 2;
  }

  /** Number of colours. */
  public int colours() {
    return colours.length - 1;
  }

  /** Largest number of neighbours of a site. */
  public int mostNeighbours() {
    int most = 0;
    for (int p = 0; p < sites.length; p++) {
      most = Math.max(most, starts[p + 1] - starts[p]);
    }
    return most;
  }

  /** The site at a place. */
  int site(int place) {
    return sites[place];
  }

  int firstPlace(int colour) {
    return colours[colour];
  }

  int start(int place) {
    return starts[place];
  }

  int neighbour(int index) {
    return neighbours[index];
  }
}
