// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import dev.lemma.math.probability.RatioLaw;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * Simulation-based calibration of one parameter: draw it from the prior, simulate data, sample the
 * posterior, and count how many of L (thinned) draws lie below the true value. If the whole chain
 * of computation is right, that rank is uniform on 0 to L; too narrow posteriors pile ranks up at
 * the ends, too wide ones in the middle, biased ones on one side.
 *
 * <p>Two tests of N ranks. Chi-square with B bins of equal width ({@link #chiSquareProbability}),
 * and the simultaneous test of the distribution function ({@link #ecdfProbability}), which is the
 * sharper one: gamma = 2 min over i of min(P(Bin(N, u<sub>i</sub>) &le; N F(u<sub>i</sub>)), P(Bin
 * &ge; N F(u<sub>i</sub>))), F the share of ranks below (L + 1) u<sub>i</sub>, compared to the
 * gamma of uniform ranks.
 *
 * <p>Sources: S. Talts, M. Betancourt, D. Simpson, A. Vehtari, A. Gelman, 2018, <a
 * href="https://arxiv.org/abs/1804.06788">arXiv:1804.06788</a>; T. Saeilynoja, P.-C. Buerkner, A.
 * Vehtari, Graphical Test for Discrete Uniformity, Statistics and Computing 32 (2022), <a
 * href="https://doi.org/10.1007/s11222-022-10090-6">doi:10.1007/s11222-022-10090-6</a>.
 *
 * @param counts how often each rank 0 to L was found
 */
public record SimulationCalibration(long[] counts) {
  /** Rank, replicate and draw make the address of a uniform rank. */
  private static final StreamKey STREAM = StreamKey.of(0, "diagnostics/calibration");

  /** Most places at which the distribution function is compared. */
  private static final int MOST_PLACES = 100;

  /** Checks and copies the array in. */
  public SimulationCalibration {
    counts = counts.clone();
    if (counts.length < 2) {
      throw new IllegalArgumentException("ranks lie in 0 to L with L at least 1");
    }
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("a count must not be negative, found " + count);
      }
    }
    if (Arrays.stream(counts).sum() < 1) {
      throw new IllegalArgumentException("calibration needs at least 1 rank, found none");
    }
  }

  /**
   * Counts ranks.
   *
   * @param ranks one per simulation, each 0 to L
   * @param draws L, at least 1
   * @throws IllegalArgumentException if a rank lies outside or there is none
   */
  public static SimulationCalibration of(int[] ranks, int draws) {
    long[] counts = new long[draws + 1];
    for (int rank : ranks) {
      if (rank < 0 || rank > draws) {
        throw new IllegalArgumentException(
            "a rank among " + draws + " draws lies in 0 to " + draws + ", found " + rank);
      }
      counts[rank]++;
    }
    return new SimulationCalibration(counts);
  }

  /**
   * The rank of a true value: the number of draws below it, and of the draws equal to it a
   * uniformly chosen number.
   *
   * @param truth the value
   * @param draws L posterior draws
   * @param uniform in [0, 1), from the simulation's own stream; matters for ties only
   */
  public static int rank(double truth, double[] draws, double uniform) {
    int below = 0;
    int equal = 0;
    for (double draw : draws) {
      below += draw < truth ? 1 : 0;
      equal += draw == truth ? 1 : 0;
    }
    return below + (int) (uniform * (equal + 1));
  }

  /** Copies the array out. */
  @Override
  public long[] counts() {
    return counts.clone();
  }

  /** N. */
  public long simulations() {
    return Arrays.stream(counts).sum();
  }

  /**
   * The probability, for uniform ranks, of a chi-square statistic at least as large as found; good
   * where bins expect 5 ranks or more.
   *
   * @param bins B, at least 2, a divisor of L + 1
   * @throws IllegalArgumentException otherwise
   */
  public double chiSquareProbability(int bins) {
    if (bins < 2 || counts.length % bins != 0) {
      throw new IllegalArgumentException(
          "the number of bins must be at least 2 and divide the number of ranks "
              + counts.length
              + ", found "
              + bins);
    }
    int width = counts.length / bins;
    double expected = (double) simulations() / bins;
    double statistic = 0;
    for (int b = 0; b < bins; b++) {
      double found = 0;
      for (int r = b * width; r < (b + 1) * width; r++) {
        found += counts[r];
      }
      statistic += (found - expected) * (found - expected) / expected;
    }
    double degrees = bins - 1;
    return Math.exp(RatioLaw.gamma(degrees / 2).logAbove(statistic / degrees - 1));
  }

  /**
   * The share of {@code replicates} simulated sets of N uniform ranks whose distribution function
   * strays at least as far: a p-value of resolution 1 / (replicates + 1), the same on every call.
   * O(replicates (N + L)).
   *
   * @param replicates at least 1; 999 is usual
   * @throws IllegalArgumentException otherwise
   */
  public double ecdfProbability(int replicates) {
    if (replicates < 1) {
      throw new IllegalArgumentException(
          "the number of replicates must be at least 1, found " + replicates);
    }
    int total = Math.toIntExact(simulations());
    DistributionDistance distance = new DistributionDistance(counts.length, total, MOST_PLACES);
    double found = distance.gamma(counts);
    int further = 0;
    long[] block = new long[Philox4x64.WORDS];
    long[] uniform = new long[counts.length];
    for (int replicate = 0; replicate < replicates; replicate++) {
      Arrays.fill(uniform, 0);
      for (int i = 0; i < total; i++) {
        if (i % Philox4x64.WORDS == 0) {
          STREAM.block(0, replicate, 0, i / Philox4x64.WORDS, block);
        }
        uniform[(int) Variates.longPosition(block[i % Philox4x64.WORDS], counts.length)]++;
      }
      further += distance.gamma(uniform) <= found ? 1 : 0;
    }
    return (further + 1.0) / (replicates + 1.0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SimulationCalibration that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "SimulationCalibration[counts=" + Arrays.toString(counts) + "]";
  }
}
