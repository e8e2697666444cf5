// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.io.Serializable;
import java.util.Objects;

/**
 * The inverse temperature of each sweep. With n sweeps a cycle and x = t / (n - 1) for the sweep t
 * = 0 .. n - 1 of a cycle:
 *
 * <pre>
 * linear        from + (to - from) x
 * geometric     from (to / from)^x
 * logarithmic   from + (to - from) ln(1 + t) / ln(n)
 * </pre>
 *
 * <p>and the next cycle begins anew. The linear law is that of Lundy and Mees, told by its ends:
 * here a number of sweeps is given and both ends are, where a {@link
 * dev.lemma.math.sampling.CoolingSchedule} goes on for as long as it is asked. A cycle of one sweep
 * is done at {@code to}. Evaluated with StrictMath.
 *
 * @param law how it goes on
 * @param from the first value, 0 or more and finite; above 0 for {@link BetaLaw#GEOMETRIC}
 * @param to the last value, likewise
 * @param cycle n, 1 or more
 * @see <a href="https://doi.org/10.1287/moor.13.2.311">B. Hajek: Cooling schedules for optimal
 *     annealing, 1988</a>, for what the logarithmic law guarantees when it is slow enough
 */
public record BetaSchedule(BetaLaw law, double from, double to, long cycle)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if an end is negative, not finite, or 0 in a geometric
   *     schedule, or if the cycle is empty
   */
  public BetaSchedule {
    Objects.requireNonNull(law, "law");
    check(law, "from", from);
    check(law, "to", to);
    if (cycle < 1) {
      throw new IllegalArgumentException("a cycle needs at least 1 sweep, found " + cycle);
    }
  }

  private static void check(BetaLaw law, String name, double beta) {
    boolean positive = beta > 0 || law != BetaLaw.GEOMETRIC && beta == 0;
    if (!positive || Double.isInfinite(beta)) {
      throw new IllegalArgumentException(
          "an inverse temperature must be finite and "
              + (law == BetaLaw.GEOMETRIC ? "above 0" : "at least 0")
              + ", found "
              + name
              + " = "
              + beta);
    }
  }

  /** One inverse temperature for all sweeps. */
  public static BetaSchedule constant(double beta) {
    return new BetaSchedule(BetaLaw.CONSTANT, beta, beta, 1);
  }

  /**
   * The inverse temperature of a sweep.
   *
   * @param sweep counted from 0
   */
  public double beta(long sweep) {
    long t = sweep % cycle;
    if (cycle == 1) {
      return to;
    }
    double x = (double) t / (cycle - 1);
    return switch (law) {
      case CONSTANT -> to;
      case LINEAR -> from + (to - from) * x;
      case GEOMETRIC -> from * StrictMath.pow(to / from, x);
      case LOGARITHMIC ->
          from + (to - from) * (StrictMath.log1p((double) t) / StrictMath.log((double) cycle));
    };
  }
}
