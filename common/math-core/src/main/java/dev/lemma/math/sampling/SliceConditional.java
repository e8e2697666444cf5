// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.Variates;

/**
 * A slice sampling move of one parameter within {@link Gibbs}: draws a level under the density at
 * the current point, steps an interval out until both ends lie below it, and shrinks it until a
 * uniform draw lies above. Nothing to tune but a rough width; leaves the target unchanged whatever
 * the width.
 *
 * <p>About 5 evaluations of the target a move. Immutable; as thread-safe as its target.
 *
 * <p>Source: R. M. Neal, <em>Slice sampling</em>, 2003, <a
 * href="https://doi.org/10.1214/aos/1056562461">doi:10.1214/aos/1056562461</a>.
 */
public final class SliceConditional implements Conditional {
  /** Longest interval, in widths. */
  private static final int MOST_STEPS = 64;

  private final Target target;
  private final int parameter;
  private final double width;

  /**
   * A move of one parameter.
   *
   * @param parameter its position, from 0 to d - 1
   * @param width rough size of the region that holds most of the mass, positive
   */
  public SliceConditional(Target target, int parameter, double width) {
    if (parameter < 0 || parameter >= target.dimension()) {
      throw new IllegalArgumentException(
          "parameter: expected a position from 0 to "
              + (target.dimension() - 1)
              + ", found "
              + parameter);
    }
    this.target = target;
    this.parameter = parameter;
    this.width = Require.positive("width", width);
  }

  @Override
  public void draw(double[] state, KeyedSource source) {
    double current = state[parameter];
    double here = at(current, state, source);
    if (here == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException(
          "chain "
              + source.lane()
              + " is where the density is 0 at iteration "
              + source.index()
              + ": give every chain a starting point inside the support");
    }
    double level = here - Variates.exponential(source);
    double left = current - width * Variates.uniform(source);
    double right = left + width;
    int leftSteps = Variates.position(source.nextLong(), MOST_STEPS);
    for (int k = 0; k < leftSteps && at(left, state, source) > level; k++) {
      left -= width;
    }
    for (int k = leftSteps + 1; k < MOST_STEPS && at(right, state, source) > level; k++) {
      right += width;
    }
    while (true) {
      double proposal = left + (right - left) * Variates.uniform(source);
      if (at(proposal, state, source) >= level) {
        state[parameter] = proposal;
        return;
      }
      if (proposal < current) {
        left = proposal;
      } else {
        right = proposal;
      }
      if (!(left < current && current < right)) {
        // The interval has shrunk to the point itself.
        state[parameter] = current;
        return;
      }
    }
  }

  private double at(double value, double[] state, KeyedSource source) {
    state[parameter] = value;
    return TargetException.check(target.logDensity(state), source.lane(), source.index());
  }
}
