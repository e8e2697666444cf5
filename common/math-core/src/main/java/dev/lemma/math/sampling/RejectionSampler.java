// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.random.VectorLaw;

/**
 * Exact, independent draws by rejection: x ~ q is accepted if ln U &le; ln p(x) - ln M - ln q(x),
 * where M q bounds p. If p is normalised the acceptance rate is 1 / M; if not, M times the rate
 * estimates its integral.
 *
 * <p>Draw i is a function of i alone: its attempts have the addresses (0, i, 0, a 2<sup>32</sup>,
 * ...), a = 0, 1, ... Immutable; as thread-safe as target and law.
 *
 * <p>Source: J. von Neumann, <em>Various techniques used in connection with random digits</em>,
 * 1951.
 */
public final class RejectionSampler {
  /** After so many refusals in a row the bound is useless. */
  private static final int MOST_ATTEMPTS = 1 << 30;

  private final Target target;
  private final VectorLaw law;
  private final double logBound;
  private final StreamKey key;

  /**
   * A sampler.
   *
   * @param target p, normalised or not
   * @param law q
   * @param logBound ln M, an upper bound of ln p - ln q
   */
  public RejectionSampler(Target target, VectorLaw law, double logBound, StreamKey key) {
    if (target.dimension() != law.dimension()) {
      throw new IllegalArgumentException(
          "proposal law: expected dimension " + target.dimension() + ", found " + law.dimension());
    }
    if (!Double.isFinite(logBound)) {
      throw new IllegalArgumentException(
          "logarithm of the bound: expected a finite number, found " + logBound);
    }
    this.target = target;
    this.law = law;
    this.logBound = logBound;
    this.key = key;
  }

  /**
   * Makes one draw.
   *
   * @param number i, from 0
   * @param out receives d numbers
   * @return attempts that it took, at least 1
   * @throws TargetException if the target returns NaN or +infinity; the iteration is i
   * @throws IllegalStateException if the target exceeds the bound, which would bias the draws, or
   *     nothing is accepted
   */
  public int draw(long number, double[] out) {
    KeyedSource source = new KeyedSource(key);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      law.draw(source.at(0, number, 0, attempt), out, 0);
      double density = TargetException.check(target.logDensity(out), 0, number);
      double logRatio = density - logBound - law.logDensity(out, 0);
      if (logRatio > 1e-12) {
        throw new IllegalStateException(
            "the bound of rejection sampling does not hold: at draw "
                + number
                + " the density exceeds it by a factor of "
                + StrictMath.exp(logRatio)
                + "; raise it by at least that");
      }
      // Independent of the law's own words: the source goes on behind them.
      if (-Variates.exponential(source) <= logRatio) {
        return attempt + 1;
      }
    }
    throw new IllegalStateException(
        "rejection sampling accepted nothing in 2^30 attempts: lower the bound, or choose a law"
            + " nearer to the target");
  }

  /**
   * Makes n draws.
   *
   * @param draws n, at least 1
   */
  public Accepted sample(int draws) {
    int d = law.dimension();
    double[] points = new double[Math.multiplyExact(Require.atLeast("draws", draws, 1), d)];
    double[] point = new double[d];
    long attempts = 0;
    for (int i = 0; i < draws; i++) {
      attempts += draw(i, point);
      System.arraycopy(point, 0, points, i * d, d);
    }
    return new Accepted(points, draws, attempts);
  }

  /**
   * What was accepted.
   *
   * @param points n x d numbers, row by row; not copied
   * @param draws n
   * @param attempts proposals it took
   */
  public record Accepted(double[] points, int draws, long attempts) {
    /** The share of proposals that were accepted. */
    public double rate() {
      return (double) draws / attempts;
    }
  }
}
