// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.VectorLaw;
import java.util.List;
import java.util.Objects;

/**
 * Independence Metropolis-Hastings whose proposals are all drawn up front, so that the target can
 * evaluate them in batches of any size before the chains run:
 *
 * <pre>
 * y ~ q,   taken with probability min(1, w(y) / w(x)),   w = pi / q
 * </pre>
 *
 * <p>Proposal number p = i C + c is draw i of chain c; draw 0 is where the chain starts (see also
 * {@link #startingTogether}). Hence the first proposals serve a shorter run as well, and evaluating
 * may stop and go on anywhere. The same weights give importance estimates without a further
 * evaluation: {@link #weighted}.
 *
 * <p>Proposal p has the address (0, i, c, 0, 1, ...), the uniform that decides (0, i, c,
 * 2<sup>32</sup>). Immutable and thread-safe.
 *
 * <p>Sources: W. K. Hastings, 1970, <a
 * href="https://doi.org/10.1093/biomet/57.1.97">doi:10.1093/biomet/57.1.97</a>; L. Tierney,
 * <em>Markov chains for exploring posterior distributions</em>, 1994, <a
 * href="https://doi.org/10.1214/aos/1176325750">doi:10.1214/aos/1176325750</a>.
 */
public final class IndependenceMetropolis {
  private final VectorLaw law;
  private final StreamKey key;
  private final int chains;
  private final int warmup;
  private final int draws;
  private final int group;

  /**
   * C chains of a length.
   *
   * @param law q, with heavier tails than the target
   * @param chains C
   * @param warmup iterations of each chain to forget, from 0
   * @param draws n, iterations to keep, at least 1
   */
  public IndependenceMetropolis(VectorLaw law, StreamKey key, int chains, int warmup, int draws) {
    this(law, key, chains, warmup, draws, 1);
  }

  private IndependenceMetropolis(
      VectorLaw law, StreamKey key, int chains, int warmup, int draws, int group) {
    this.law = law;
    this.key = key;
    this.chains = Require.atLeast("chains", chains, 1);
    this.warmup = Require.atLeast("warmup", warmup, 0);
    this.draws = Require.atLeast("draws", draws, 1);
    this.group = group;
    long numbers = proposals() * law.dimension();
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "proposals: expected at most 2^31 - 9 numbers in memory, found " + numbers);
    }
  }

  /**
   * The same chains but for their starts: neighbours start together, at draw 0 of the first of
   * them, as nested R-hat has it.
   *
   * @param size chains that start together, a divisor of C
   */
  public IndependenceMetropolis startingTogether(int size) {
    if (size < 1 || chains % size != 0) {
      throw new IllegalArgumentException(
          "chains that start together: expected a divisor of " + chains + ", found " + size);
    }
    return new IndependenceMetropolis(law, key, chains, warmup, draws, size);
  }

  /** How many points the target has to evaluate: C (1 + warmup + n). */
  public long proposals() {
    return (long) chains * (1L + warmup + draws);
  }

  /**
   * Draws consecutive proposals.
   *
   * @param from number of the first
   * @param count how many
   * @param out receives count x d numbers, row by row
   */
  public void propose(long from, int count, double[] out) {
    Objects.checkFromIndexSize(from, count, proposals());
    KeyedSource source = new KeyedSource(key);
    for (int r = 0; r < count; r++) {
      draw(source, from + r, out, r * law.dimension());
    }
  }

  /**
   * Evaluates all proposals.
   *
   * @param batch points that share a call; the values do not depend on it
   * @return the target's log density by proposal number
   * @throws TargetException if the target returns NaN or +infinity
   */
  public double[] evaluate(BatchTarget target, int batch) {
    int total = (int) proposals();
    double[] values = new double[total];
    int most = Math.min(Require.atLeast("batch", batch, 1), total);
    double[] points = new double[most * law.dimension()];
    double[] out = new double[most];
    for (int from = 0; from < total; from += most) {
      int count = Math.min(most, total - from);
      propose(from, count, points);
      target.logDensities(points, count, out);
      System.arraycopy(out, 0, values, from, count);
    }
    return values;
  }

  /**
   * Runs the chains over evaluated proposals. A chain whose start has density 0 takes every
   * proposal until one has not; its log densities tell if none came.
   *
   * @param names of the d parameters
   * @param logDensities of the target by proposal number
   * @throws TargetException if one of them is NaN or +infinity
   * @throws IllegalArgumentException if their number is not {@link #proposals}
   */
  public Chains chains(List<String> names, double[] logDensities) {
    double[] logWeights = logWeights(logDensities);
    ChainsBuilder builder = new ChainsBuilder(names, chains, draws);
    int d = law.dimension();
    double[] positions = new double[chains * d];
    double[] current = new double[chains];
    long[] at = new long[chains];
    long[] accepted = new long[chains];
    Decisions decisions = new Decisions(key);
    KeyedSource source = new KeyedSource(key);
    for (int i = 0; i <= warmup + draws; i++) {
      for (int c = 0; c < chains; c++) {
        int p = i == 0 ? c - c % group : i * chains + c;
        boolean moves =
            i == 0
                || logWeights[(int) at[c]] == Double.NEGATIVE_INFINITY
                || decisions.logUniform(i, c) < logWeights[p] - logWeights[(int) at[c]];
        if (moves) {
          at[c] = p;
          draw(source, p, positions, c * d);
          current[c] = logDensities[p];
        }
        accepted[c] += moves && i > warmup ? 1 : 0;
      }
      if (i > warmup) {
        builder.accept(i - 1L, positions, current);
      }
    }
    double[] rates = new double[chains];
    for (int c = 0; c < chains; c++) {
      rates[c] = (double) accepted[c] / draws;
    }
    return builder.build(rates);
  }

  /**
   * All proposals with their importance weights pi / q.
   *
   * @param names of the d parameters
   * @param logDensities of the target by proposal number
   * @throws TargetException if one of them is NaN or +infinity
   */
  public WeightedDraws weighted(List<String> names, double[] logDensities) {
    double[] points = new double[logDensities.length * law.dimension()];
    propose(0, logDensities.length, points);
    return new WeightedDraws(names, points, logWeights(logDensities));
  }

  private double[] logWeights(double[] logDensities) {
    Require.length("log densities", logDensities, proposals());
    double[] weights = new double[logDensities.length];
    double[] point = new double[law.dimension()];
    KeyedSource source = new KeyedSource(key);
    for (int p = 0; p < weights.length; p++) {
      TargetException.check(logDensities[p], p % chains, p / chains);
      draw(source, p, point, 0);
      weights[p] = logDensities[p] - law.logDensity(point, 0);
    }
    return weights;
  }

  private void draw(KeyedSource source, long p, double[] out, int at) {
    law.draw(source.at(0, p / chains, p % chains), out, at);
  }
}
