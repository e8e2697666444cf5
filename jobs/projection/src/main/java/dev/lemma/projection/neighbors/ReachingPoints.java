// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.PivotReach;
import java.util.Arrays;

/**
 * Dense points in the order of their regions, and the regions in which each can have neighbours: n
 * sets of as many bits as there are regions.
 */
final class ReachingPoints {
  private final Tile tile;
  private final long[] numbers;
  private final int words;
  private final long[] sets;
  private final int[] starts;

  private ReachingPoints(Tile tile, long[] numbers, int words, long[] sets, int[] starts) {
    this.tile = tile;
    this.numbers = numbers;
    this.words = words;
    this.sets = sets;
    this.starts = starts;
  }

  /**
   * The points of a tile, or some of them.
   *
   * @param numbers of the points, ascending
   */
  static ReachingPoints of(Tile tile, long[] numbers, PivotReach reach) {
    int words = reach.words();
    long[] sets = new long[Math.multiplyExact(tile.size(), words)];
    int[] starts = new int[reach.cells() + 1];
    for (int i = 0; i < tile.size(); i++) {
      starts[reach.of(tile.values(), i * tile.dimension(), sets, i * words) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return new ReachingPoints(tile, numbers, words, sets, starts);
  }

  /** Regions that hold some of the points, ascending. */
  int[] regions() {
    int[] some = new int[starts.length - 1];
    int count = 0;
    for (int r = 0; r < some.length; r++) {
      if (starts[r + 1] > starts[r]) {
        some[count++] = r;
      }
    }
    return Arrays.copyOf(some, count);
  }

  /** Places of the points of a region that can have neighbours in another; in their own, all. */
  int[] reaching(int region, int other) {
    int[] chosen = new int[starts[region + 1] - starts[region]];
    int count = 0;
    for (int i = starts[region]; i < starts[region + 1]; i++) {
      if ((sets[i * words + (other >> 6)] >>> other & 1) != 0) {
        chosen[count++] = i;
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  /** Places of the points that can have neighbours in some of a set of regions. */
  int[] reaching(long[] regions) {
    int[] chosen = new int[tile.size()];
    int count = 0;
    for (int i = 0; i < chosen.length; i++) {
      long common = 0;
      for (int word = 0; word < words; word++) {
        common |= sets[i * words + word] & regions[word];
      }
      if (common != 0) {
        chosen[count++] = i;
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  /** Number of a point. */
  long number(int place) {
    return numbers[place];
  }

  /** Some of the points alone, in the order asked for. */
  Tile points(int[] places) {
    return tile.points(places);
  }
}
