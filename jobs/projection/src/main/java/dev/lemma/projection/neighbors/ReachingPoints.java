// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.neighbors.PivotReach;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Dense points in the order of their regions, and the regions in which each can have neighbours.
 *
 * @param tile the points
 * @param numbers of the points, ascending
 * @param sets of regions, one for each point: region r is bit r mod 64 of its long r / 64
 * @param starts n + 1 places of the first point of each of n regions
 */
@DefaultSerializer(JavaSerializer.class)
record ReachingPoints(Tile tile, long[] numbers, long[] sets, int[] starts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** All points of a tile. */
  static ReachingPoints of(Tile tile, long[] numbers, PivotReach reach) {
    int words = reach.words();
    long[] sets = new long[Math.multiplyExact(tile.size(), words)];
    int[] starts = new int[reach.cells() + 1];
    for (int i = 0; i < tile.size(); i++) {
      starts[reach.of(tile.values(), i * tile.dimension(), sets, i * words) + 1]++;
    }
    for (int region = 1; region < starts.length; region++) {
      starts[region] += starts[region - 1];
    }
    return new ReachingPoints(tile.points(), numbers, sets, starts);
  }

  /** Those of the points that can have neighbours in some of a set of regions. */
  ReachingPoints reaching(long[] regions) {
    int words = regions.length;
    int[] chosen = new int[tile.size()];
    int[] some = new int[starts.length];
    int count = 0;
    for (int region = 0; region + 1 < starts.length; region++) {
      for (int i = starts[region]; i < starts[region + 1]; i++) {
        long common = 0;
        for (int word = 0; word < words; word++) {
          common |= sets[i * words + word] & regions[word];
        }
        if (common != 0) {
          chosen[count++] = i;
        }
      }
      some[region + 1] = count;
    }
    if (count == tile.size()) {
      return this;
    }
    int[] places = Arrays.copyOf(chosen, count);
    long[] theirs = new long[count * words];
    for (int c = 0; c < count; c++) {
      System.arraycopy(sets, places[c] * words, theirs, c * words, words);
    }
    return new ReachingPoints(
        tile.points(places),
        Arrays.stream(places).mapToLong(i -> numbers[i]).toArray(),
        theirs,
        some);
  }

  /** Places of the points of a region that can have neighbours in another; in their own, all. */
  int[] reaching(int region, int other) {
    int words = tile.size() == 0 ? 1 : sets.length / tile.size();
    int[] chosen = new int[starts[region + 1] - starts[region]];
    int count = 0;
    for (int i = starts[region]; i < starts[region + 1]; i++) {
      if ((sets[i * words + (other >> 6)] >>> other & 1) != 0) {
        chosen[count++] = i;
      }
    }
    return Arrays.copyOf(chosen, count);
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

  /** Number of points. */
  int size() {
    return tile.size();
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
