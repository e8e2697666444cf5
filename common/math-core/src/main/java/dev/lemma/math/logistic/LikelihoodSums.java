// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;

/**
 * Sums over rows that answer the probes of a {@link PassPlan}: one flat array, the answers one
 * behind the other, so that it can be shipped, stored and added up as it is.
 *
 * <p>The answer to a probe: rows, weight, sum of squared weights; 7 numbers for each step (see the
 * methods, in their order); then as far as asked for the gradient, (K - 1)(d + 1) numbers in the
 * layout of the parameters, the Hessian, and the outer products. These two are the blocks (c, e), c
 * &lt;= e, at c + e (e + 1) / 2, each the packed upper triangle of a symmetric (d + 1) x (d + 1)
 * matrix, column-major: element (i, j), i &lt;= j, at i + j (j + 1) / 2. The indices of the Hessian
 * block (c, e) run over the parameters of score c and of score e.
 *
 * <p>Losses are weighted sums, not means: sum of w (log(sum over k of exp(score k)) - score y).
 * Mutable; not thread-safe.
 */
public final class LikelihoodSums {
  static final int LOSS = 0;
  static final int SLOPE = 1;
  static final int CURVATURE = 2;
  static final int WEIGHTED_LOSS = 3;
  static final int WEIGHTED_SQUARE = 4;
  static final int WEIGHTED_GAIN = 5;
  static final int WEIGHTED_GAIN_SQUARE = 6;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final PassPlan plan;
  private final double[] state;
  private final int[] offsets;

  private LikelihoodSums(PassPlan plan, double[] state) {
    this.plan = plan;
    this.state = state;
    offsets = new int[plan.probes().size()];
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at += (int) plan.answerLength(plan.probes().get(i));
    }
  }

  /**
   * The sums over no rows.
   *
   * @throws IllegalArgumentException if the answers do not fit one array of 2<sup>31</sup> numbers
   */
  public static LikelihoodSums empty(PassPlan plan) {
    long length = plan.length();
    if (length > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "the sums of a pass take "
              + length
              + " numbers, more than one array holds: ask for gradients instead of Hessians, or"
              + " for fewer probes");
    }
    return new LikelihoodSums(plan, new double[(int) length]);
  }

  /**
   * Sums from a state as {@link #state} gives it.
   *
   * @throws IllegalArgumentException if its length is not the plan's
   */
  public static LikelihoodSums of(PassPlan plan, double[] state) {
    if (state.length != plan.length()) {
      throw new IllegalArgumentException(
          "state: expected " + plan.length() + " numbers, found " + state.length);
    }
    return new LikelihoodSums(plan, state);
  }

  /** The plan that these sums answer. */
  public PassPlan plan() {
    return plan;
  }

  /** The sums' own array. */
  public double[] state() {
    return state;
  }

  /**
   * Adds the sums over other rows for the same plan. The last bits depend on the order in which
   * parts are merged; merge along {@link dev.lemma.math.linalg.PairwiseMerge}.
   *
   * @return this
   */
  public LikelihoodSums merge(LikelihoodSums other) {
    if (other.state.length != state.length) {
      throw new IllegalArgumentException(
          "sums of another plan: expected "
              + state.length
              + " numbers, found "
              + other.state.length);
    }
    for (int i = 0; i < state.length; i++) {
      state[i] += other.state[i];
    }
    return this;
  }

  /** Number of rows of positive weight that a probe saw. */
  public long rows(int probe) {
    return (long) state[offsets[probe]];
  }

  /** Weight of the rows that a probe saw. */
  public double weight(int probe) {
    return state[offsets[probe] + 1];
  }

  /** Sum of the squared weights of the rows that a probe saw. */
  public double weightSquares(int probe) {
    return state[offsets[probe] + 2];
  }

  /** Sum of w loss at a step. */
  public double loss(int probe, int step) {
    return step(probe, step, LOSS);
  }

  /** Derivative of {@link #loss} by the step. */
  public double slope(int probe, int step) {
    return step(probe, step, SLOPE);
  }

  /** Second derivative of {@link #loss} by the step. */
  public double curvature(int probe, int step) {
    return step(probe, step, CURVATURE);
  }

  /**
   * Standard error of the mean loss at a step over independent rows: sqrt(sum w^2 (loss - mean)^2)
   * / sum w.
   */
  public double meanLossError(int probe, int step) {
    double mean = loss(probe, step) / weight(probe);
    return error(
        step(probe, step, WEIGHTED_SQUARE),
        step(probe, step, WEIGHTED_LOSS),
        mean,
        weightSquares(probe),
        weight(probe));
  }

  /**
   * Standard error of the difference of the mean losses at a step and at the first step, row by row
   * (paired): what an acceptance test compares a gain with.
   */
  public double meanGainError(int probe, int step) {
    double mean = (loss(probe, step) - loss(probe, 0)) / weight(probe);
    return error(
        step(probe, step, WEIGHTED_GAIN_SQUARE),
        step(probe, step, WEIGHTED_GAIN),
        mean,
        weightSquares(probe),
        weight(probe));
  }

  private static double error(
      double squares, double sum, double mean, double weightSquares, double weight) {
    return Math.sqrt(Math.max(0, squares - 2 * mean * sum + mean * mean * weightSquares)) / weight;
  }

  /** Gradient of the loss at the first step, a copy: (K - 1) x (d + 1), row-major. */
  public double[] gradient(int probe) {
    int from = gradientOffset(probe);
    return Arrays.copyOfRange(state, from, from + plan.parameters());
  }

  /** Hessian of the loss at the first step, a copy in the layout of this type. */
  public double[] hessian(int probe) {
    int from = hessianOffset(probe);
    return Arrays.copyOfRange(state, from, from + matrixLength());
  }

  /**
   * Sum over the rows of w^2 (gradient)(gradient)' at the first step, or of w times it for {@link
   * PassDetail#COUNTED_OUTER_PRODUCTS}; a copy, laid out alike.
   */
  public double[] outerProducts(int probe) {
    int from = outerOffset(probe);
    return Arrays.copyOfRange(state, from, from + matrixLength());
  }

  int stepOffset(int probe) {
    return offsets[probe] + PassPlan.HEADER;
  }

  int gradientOffset(int probe) {
    require(probe, PassDetail.GRADIENT);
    return stepOffset(probe) + PassPlan.PER_STEP * plan.probes().get(probe).steps().length;
  }

  int hessianOffset(int probe) {
    require(probe, PassDetail.HESSIAN);
    return gradientOffset(probe) + plan.parameters();
  }

  int outerOffset(int probe) {
    require(probe, PassDetail.OUTER_PRODUCTS);
    return hessianOffset(probe) + matrixLength();
  }

  int offset(int probe) {
    return offsets[probe];
  }

  private int matrixLength() {
    return (int) (plan.blocks() * plan.blockLength());
  }

  private double step(int probe, int step, int which) {
    return state[stepOffset(probe) + PassPlan.PER_STEP * step + which];
  }

  private void require(int probe, PassDetail detail) {
    PassDetail asked = plan.probes().get(probe).detail();
    if (asked.ordinal() < detail.ordinal()) {
      throw new IllegalArgumentException(
          "probe " + probe + " asked for " + asked + " only, found a call for " + detail);
    }
  }
}
