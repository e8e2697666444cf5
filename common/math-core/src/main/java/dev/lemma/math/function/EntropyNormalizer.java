// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.function.EntropyNormalization.Outcome;
import java.util.Arrays;

/**
 * Brings a distribution to a given entropy H* by a power: p<sub>i</sub><sup>g</sup> / sum
 * p<sub>j</sub><sup>g</sup> with the one g &gt; 0 for which the entropy is H*. Order is kept, zeros
 * stay zeros; it is a change of temperature.
 *
 * <p>dH/dg = -g Var(ln p) under the changed distribution, so that H falls from ln(number of
 * positive weights) at g = 0 to ln(multiplicity of the largest) as g grows: every H* strictly
 * between is reached, and by one g only. The iteration of the article, Newton's from the current
 * distribution, can step across g = 0 and reverse the order, or overflow. Here g is bracketed and
 * weights stay logarithms: the function ln((H - low) / (high - H)), which is nearly linear in ln g
 * above the middle and in g below, is driven to its target by Newton steps that a bracket guards.
 *
 * <p>The entropy is met within 1e-12, to which the limits count as reached. A handful of
 * evaluations of n exponentials each, more for extreme targets. A negative, infinite or NaN weight,
 * or no positive one, makes no distribution.
 *
 * <p>Source: <a href="https://kexue.fm/archives/8829">kexue.fm/archives/8829</a>.
 */
public final class EntropyNormalizer {
  private static final double TOLERANCE = 2e-13;
  private static final int MAX_ITERATIONS = 300;
  private static final int BLOCK = 256;

  /** Distances ln p - ln max p of the positive weights. */
  private final double[] distances;

  private final double low;
  private final double high;
  private double entropy;
  private double variance;
  private int evaluations;

  private EntropyNormalizer(double[] distances, int ties) {
    this.distances = distances;
    this.low = Math.log(ties);
    this.high = Math.log(distances.length);
  }

  /**
   * The distribution of entropy H* that is a power of the given one.
   *
   * @param weights taken in proportion; left as they are
   * @param target H* in nats
   */
  public static EntropyNormalization normalize(double[] weights, double target) {
    double largest = Entropy.largest(weights);
    if (largest != largest || target != target) {
      double[] none = new double[weights.length];
      Arrays.fill(none, Double.NaN);
      return new EntropyNormalization(Outcome.NO_DISTRIBUTION, Double.NaN, 0, none);
    }
    double[] distances = new double[weights.length];
    int positive = 0;
    int ties = 0;
    for (double weight : weights) {
      if (weight > 0) {
        distances[positive++] = distance(weight, largest);
        ties += weight == largest ? 1 : 0;
      }
    }
    EntropyNormalizer solver = new EntropyNormalizer(Arrays.copyOf(distances, positive), ties);
    return solver.solve(weights, target);
  }

  private EntropyNormalization solve(double[] weights, double target) {
    if (Math.abs(target - high) <= TOLERANCE) {
      // Where all are equal, no exponent changes them.
      return result(Outcome.REACHED, low == high ? 1 : 0, weights);
    }
    if (target > high) {
      return result(Outcome.ABOVE, 0, weights);
    }
    if (Math.abs(target - low) <= TOLERANCE) {
      return result(Outcome.REACHED, Double.POSITIVE_INFINITY, weights);
    }
    if (target < low) {
      return result(Outcome.BELOW, Double.POSITIVE_INFINITY, weights);
    }
    return result(Outcome.REACHED, exponent(target), weights);
  }

  private double exponent(double target) {
    double goal = logit(target);
    boolean linear = target < 0.5 * (low + high);
    double below = 0;
    double above = Double.POSITIVE_INFINITY;
    double g = 1;
    while (evaluations < MAX_ITERATIONS) {
      evaluate(g);
      double gap = entropy - target;
      if (Math.abs(gap) <= TOLERANCE) {
        return g;
      }
      if (gap > 0) {
        below = g;
      } else {
        above = g;
      }
      double next = step(g, goal, linear);
      if (!(next > below && next < above)) {
        next = inside(below, above);
      }
      if (next <= below || next >= above) {
        return g;
      }
      g = next;
    }
    return g;
  }

  /** Newton's step for the logit of the entropy, in g or in ln g; NaN where it has no slope. */
  private double step(double g, double goal, boolean linear) {
    double slope = -g * variance * (1 / (entropy - low) + 1 / (high - entropy));
    double change = (goal - logit(entropy)) / slope;
    if (linear) {
      return g + Math.min(change, 15 * g);
    }
    return g * Math.exp(Math.max(-8, Math.min(2.5, change / g)));
  }

  private double logit(double value) {
    return Math.log((value - low) / (high - value));
  }

  /** The geometric middle of a bracket that may still be open. */
  private static double inside(double below, double above) {
    if (below == 0) {
      return above / 16;
    }
    if (above == Double.POSITIVE_INFINITY) {
      return below * 16;
    }
    return above > 1.1 * below ? Math.sqrt(below) * Math.sqrt(above) : 0.5 * (below + above);
  }

  /** Entropy and variance of ln p at an exponent; blocks keep the rounding of long sums small. */
  private void evaluate(double g) {
    evaluations++;
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int from = 0; from < distances.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, distances.length);
      double blockSum = 0;
      double blockFirst = 0;
      double blockSecond = 0;
      for (int i = from; i < to; i++) {
        double distance = distances[i];
        double weight = Elementary.exp(g * distance);
        double moment = weight * distance;
        blockSum += weight;
        blockFirst += moment;
        blockSecond += moment * distance;
      }
      sum += blockSum;
      first += blockFirst;
      second += blockSecond;
    }
    double mean = first / sum;
    entropy = Math.log(sum) - g * mean;
    variance = second / sum - mean * mean;
  }

  private EntropyNormalization result(Outcome outcome, double exponent, double[] weights) {
    double[] p = new double[weights.length];
    double sum = 0;
    for (int i = 0, j = 0; i < p.length; i++) {
      if (weights[i] > 0) {
        double distance = distances[j++];
        p[i] = distance == 0 ? 1 : Elementary.exp(exponent * distance);
        sum += p[i];
      }
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return new EntropyNormalization(outcome, exponent, evaluations, p);
  }

  /** ln(weight / largest), 0 for ties only. */
  private static double distance(double weight, double largest) {
    double ratio = weight / largest;
    if (ratio > 0.5) {
      return Math.log1p((weight - largest) / largest);
    }
    return ratio >= Double.MIN_NORMAL ? Math.log(ratio) : Math.log(weight) - Math.log(largest);
  }
}
