// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.probability.GaussianTail;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * How much probing adds to the chance that two rows meet in one table: the chance with P probes
 * over the chance p<sup>m</sup> without.
 *
 * <p>Given where the query stands (the products u, or its places f within the intervals), the
 * chance that the other row lies in one particular bucket is a product over the hashes of Gaussian
 * tails; it is summed over the query's own sequence of buckets and averaged over {@value #TRIALS}
 * queries drawn from a fixed stream. The ratio of the two averages is kept at {@value #NODES}
 * distances and interpolated linearly. Relative error about one per cent. Immutable.
 */
final class ProbeLaw {
  /** The numbers of probes that are considered. */
  private static final int[] PROBES = {0, 1, 2, 4, 8, 16, 32};

  private static final int TRIALS = 512;
  private static final int NODES = 41;
  private static final double LEAST_LOGARITHM = -4;
  private static final double LOGARITHMS = 10;

  private final HashKind kind;
  private final double[][] ratios;

  private ProbeLaw(HashKind kind, double[][] ratios) {
    this.kind = kind;
    this.ratios = ratios;
  }

  /** How many numbers of probes are considered for so many hashes of a kind. */
  static int choices(HashKind kind, int hashes) {
    if (kind == HashKind.POLYTOPE) {
      return 1;
    }
    double buckets = Math.pow(kind == HashKind.SIGN ? 2 : 3, hashes) - 1;
    int choices = 0;
    while (choices < PROBES.length && PROBES[choices] <= buckets) {
      choices++;
    }
    return choices;
  }

  /** The number of probes of a choice. */
  static int probes(int choice) {
    return PROBES[choice];
  }

  /** The law for so many sign or stable hashes. */
  static ProbeLaw of(HashKind kind, int hashes) {
    int choices = choices(kind, hashes);
    double[][] chances = new double[choices][NODES];
    StreamKey key = StreamKey.of(0, "neighbors/probe-law");
    double[] place = new double[(hashes + 3) & -4];
    long[] words = new long[4];
    int[][] shifts = new int[PROBES[choices - 1] + 1][hashes];
    for (int trial = 0; trial < TRIALS; trial++) {
      for (int i = 0; i < hashes; i += 4) {
        key.block(trial, i / 4, kind.ordinal(), 0, words);
        if (kind == HashKind.SIGN) {
          Variates.gaussians(words, place, i);
        } else {
          for (int w = 0; w < 4; w++) {
            place[i + w] = Variates.uniform(words[w]);
          }
        }
      }
      sequence(kind, place, hashes, shifts);
      for (int node = 0; node < NODES; node++) {
        addChances(kind, place, hashes, shifts, node, chances);
      }
    }
    double[][] ratios = new double[choices][NODES];
    for (int choice = 0; choice < choices; choice++) {
      for (int node = 0; node < NODES; node++) {
        double own = chances[0][node];
        ratios[choice][node] = own > 0 ? chances[choice][node] / own : 1 + PROBES[choice];
      }
    }
    return new ProbeLaw(kind, ratios);
  }

  /**
   * The factor.
   *
   * @param distance cosine distance, or Euclidean distance over the width
   */
  double ratio(double distance, int choice) {
    double place =
        kind == HashKind.SIGN
            ? CollisionLaw.angle(distance) / Math.PI * (NODES - 1)
            : (StrictMath.log(distance) - LEAST_LOGARITHM) / LOGARITHMS * (NODES - 1);
    double inside = Math.max(0, Math.min(NODES - 1, place));
    int node = Math.min(NODES - 2, (int) inside);
    double[] law = ratios[choice];
    return law[node] + (inside - node) * (law[node + 1] - law[node]);
  }

  /** The buckets of a query in the order of its probes: for each hash by how much it changes. */
  private static void sequence(HashKind kind, double[] place, int hashes, int[][] shifts) {
    ProbeSets sets = new ProbeSets();
    for (int i = 0; i < hashes; i++) {
      double u = place[i];
      sets.add(u * u, i, -1);
      if (kind == HashKind.STABLE) {
        sets.add((1 - u) * (1 - u), i, 1);
      }
    }
    for (int probe = 1; probe < shifts.length; probe++) {
      Arrays.fill(shifts[probe], 0);
      for (long rest = sets.next(); rest != 0; rest &= rest - 1) {
        int change = Long.numberOfTrailingZeros(rest);
        shifts[probe][sets.hash(change)] = (int) sets.difference(change);
      }
    }
  }

  private static void addChances(
      HashKind kind, double[] place, int hashes, int[][] shifts, int node, double[][] chances) {
    double[][] each = new double[hashes][3];
    for (int i = 0; i < hashes; i++) {
      if (kind == HashKind.SIGN) {
        double angle = Math.PI * node / (NODES - 1);
        double flip =
            GaussianTail.upper(Math.abs(place[i]) * StrictMath.cos(angle) / StrictMath.sin(angle));
        each[i][0] = node == 0 ? 0 : flip;
        each[i][1] = 1 - each[i][0];
      } else {
        double steps = StrictMath.exp(-(LEAST_LOGARITHM + LOGARITHMS * node / (NODES - 1)));
        double f = place[i];
        double low = GaussianTail.upper(f * steps);
        double high = GaussianTail.upper((1 - f) * steps);
        each[i][0] = low - GaussianTail.upper((1 + f) * steps);
        each[i][1] = 1 - low - high;
        each[i][2] = high - GaussianTail.upper((2 - f) * steps);
      }
    }
    double sum = 0;
    int choice = 0;
    for (int probe = 0; probe < shifts.length; probe++) {
      double chance = 1;
      for (int i = 0; i < hashes; i++) {
        chance *= each[i][1 + shifts[probe][i]];
      }
      sum += chance;
      if (PROBES[choice] == probe) {
        chances[choice++][node] += sum;
      }
    }
  }
}
