// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/**
 * A target returned NaN or +infinity as a log density, or has none that is bounded. No draw can
 * follow: the chain would either stay for ever or leave the distribution unnoticed. Says where it
 * happened; never the point.
 */
public final class TargetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long chain;
  private final long iteration;

  private TargetException(String message, long chain, long iteration) {
    super(message);
    this.chain = chain;
    this.iteration = iteration;
  }

  static TargetException at(double value, long chain, long iteration) {
    return new TargetException(
        "the target returned "
            + (Double.isNaN(value) ? "NaN" : "+infinity")
            + " in chain "
            + chain
            + " at iteration "
            + iteration
            + ": a log density must be a finite number, or -infinity where the density is 0; look"
            + " for overflow, 0/0 or a logarithm of a negative number in it",
        chain,
        iteration);
  }

  /**
   * A density grows without bound where a chain has gone.
   *
   * @param what grows, and why
   */
  public static TargetException unbounded(String what, long chain, long iteration) {
    return new TargetException(
        what + " (chain " + chain + ", iteration " + iteration + ")", chain, iteration);
  }

  /** Chain, replica or proposal group, from 0. */
  public long chain() {
    return chain;
  }

  /** Iteration that asked for the point, from 0; -1 for a start. */
  public long iteration() {
    return iteration;
  }

  /** Passes finite values and -infinity on. */
  static double check(double value, long chain, long iteration) {
    // The comparison is false for NaN.
    if (value < Double.POSITIVE_INFINITY) {
      return value;
    }
    throw at(value, chain, iteration);
  }
}
