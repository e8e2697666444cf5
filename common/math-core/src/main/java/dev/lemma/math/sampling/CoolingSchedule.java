// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

/** Temperature as a function of the step k = 0, 1, ...: a pure function, so that runs resume. */
public sealed interface CoolingSchedule {
  /** T at step k. */
  double temperature(long step);

  /** T = T0 at every step: Metropolis sampling of exp(-E / T0). */
  record Constant(double first) implements CoolingSchedule {
    /** Checks ranges. */
    public Constant {
      Require.positive("temperature", first);
    }

    @Override
    public double temperature(long step) {
      return first;
    }
  }

  /**
   * T = T0 r<sup>k</sup>.
   *
   * @param first T0
   * @param ratio r, between 0 and 1
   */
  record Geometric(double first, double ratio) implements CoolingSchedule {
    /** Checks ranges. */
    public Geometric {
      Require.positive("first temperature", first);
      Require.share("ratio", ratio);
    }

    /** From T0 to a last temperature in a number of steps. */
    public static Geometric between(double first, double last, long steps) {
      Require.positive("first temperature", first);
      Require.positive("last temperature", last);
      Require.atLeast("steps", steps, 1);
      return new Geometric(first, StrictMath.pow(last / first, 1.0 / steps));
    }

    @Override
    public double temperature(long step) {
      return first * StrictMath.pow(ratio, step);
    }
  }

  /**
   * T(k + 1) = T(k) / (1 + b T(k)), that is T0 / (1 + b k T0).
   *
   * <p>Source: M. Lundy, A. Mees, <em>Convergence of an annealing algorithm</em>, 1986, <a
   * href="https://doi.org/10.1007/BF01582166">doi:10.1007/BF01582166</a>.
   *
   * @param first T0
   * @param rate b, positive
   */
  record LundyMees(double first, double rate) implements CoolingSchedule {
    /** Checks ranges. */
    public LundyMees {
      Require.positive("first temperature", first);
      Require.positive("rate", rate);
    }

    @Override
    public double temperature(long step) {
      return first / (1 + rate * step * first);
    }
  }

  /**
   * T = c / ln(2 + k): converges to a minimum with probability 1 if c is at least the depth of the
   * deepest local minimum, and so slowly that it is of theoretical use only.
   *
   * <p>Source: B. Hajek, <em>Cooling schedules for optimal annealing</em>, 1988, <a
   * href="https://doi.org/10.1287/moor.13.2.311">doi:10.1287/moor.13.2.311</a>.
   *
   * @param depth c, positive
   */
  record Logarithmic(double depth) implements CoolingSchedule {
    /** Checks ranges. */
    public Logarithmic {
      Require.positive("depth", depth);
    }

    @Override
    public double temperature(long step) {
      return depth / StrictMath.log(2.0 + step);
    }
  }
}
