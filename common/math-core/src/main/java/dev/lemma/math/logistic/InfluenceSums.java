// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Robust standard errors of linear discriminant analysis, from one more pass: the sum of the outer
 * products of the rows' influences. With z = x - m_y, s = z'beta, delta = m_k - m_l, and a = 1 /
 * pi_k for class k, -1 / pi_l for the other and 0 else, a row moves S beta by
 *
 * <pre>
 * v = (a - s) z + delta          and the intercept by          q = a - |a| s / 2 - mbar' S^-1 v
 * </pre>
 *
 * over N each, mbar the mean of the two class means; Var(beta) = S<sup>-1</sup> (sum w<sup>2</sup>
 * v v') S<sup>-1</sup> / N<sup>2</sup>. It holds whatever the law of the rows, where {@link
 * ClosedFormErrors} takes them as Gaussian.
 *
 * <p>A row costs nnz<sup>2</sup> flops: class means come off afterwards, so that sparse rows stay
 * sparse. d<sup>2</sup> / 2 + 3 K d numbers, one flat array that can be shipped and added up. Sums
 * in the order of the calls. Not thread-safe.
 *
 * <p>F. R. Hampel, <em>The influence curve and its role in robust estimation</em>, 1974, <a
 * href="https://doi.org/10.1080/01621459.1974.10482962">doi:10.1080/01621459.1974.10482962</a>.
 */
public final class InfluenceSums {
  private final InfluencePlan plan;
  private final AugmentedRow row;
  private final int width;
  private final double[] padded;
  private final double[] centreScores;
  private final double[] state;

  private InfluenceSums(InfluencePlan plan, double[] state) {
    this.plan = plan;
    this.state = state;
    row = new AugmentedRow(plan.shift());
    width = plan.features() + 1;
    padded = new double[width];
    System.arraycopy(plan.slope(), 0, padded, 1, width - 1);
    centreScores = new double[plan.classes()];
    for (int y = 0; y < plan.classes(); y++) {
      for (int j = 0; j < width - 1; j++) {
        centreScores[y] += plan.centres()[y * (width - 1) + j] * plan.slope()[j];
      }
    }
  }

  /** No rows yet. */
  public static InfluenceSums empty(InfluencePlan plan) {
    return new InfluenceSums(plan, new double[length(plan)]);
  }

  /** Sums from a {@link #state}. */
  public static InfluenceSums of(InfluencePlan plan, double[] state) {
    if (state.length != length(plan)) {
      throw new IllegalArgumentException(
          "state: expected " + length(plan) + " numbers, found " + state.length);
    }
    return new InfluenceSums(plan, state);
  }

  /** Numbers of a {@link #state}. */
  public static int length(InfluencePlan plan) {
    int width = plan.features() + 1;
    return Math.addExact(
        PackedSymmetric.length(width), Math.multiplyExact(plan.classes(), 3 * width + 3));
  }

  /** The sums' own array. */
  public double[] state() {
    return state;
  }

  /** Adds a dense row at x[from .. from + d). */
  public void add(int label, double weight, double[] x, int from) {
    row.set(x, from);
    add(label, weight);
  }

  /** Adds a sparse row. */
  public void add(int label, double weight, int[] columns, double[] values, int count) {
    row.set(columns, values, count);
    add(label, weight);
  }

  private void add(int y, double weight) {
    double square =
        switch (plan.weights()) {
          case IMPORTANCE -> weight * weight;
          case FREQUENCY -> weight;
        };
    double s = row.dot(padded, 0) - centreScores[y];
    double a = plan.pull(y);
    double t = a - s;
    double e = a - Math.abs(a) * s / 2;
    int at = classOffset(y);
    row.addTo(square * t * t, state, at);
    row.addTo(square * t, state, at + width);
    row.addTo(square * e * t, state, at + 2 * width);
    state[at + 3 * width] += square * e;
    state[at + 3 * width + 1] += square * e * e;
    state[at + 3 * width + 2] += square;
    row.addOuter(square * t * t, state, 0);
  }

  private int classOffset(int y) {
    return PackedSymmetric.length(width) + y * (3 * width + 3);
  }

  /**
   * Adds the sums over other rows of the same plan.
   *
   * @return this
   */
  public InfluenceSums merge(InfluenceSums others) {
    for (int i = 0; i < state.length; i++) {
      state[i] += others.state[i];
    }
    return this;
  }

  /**
   * The log odds of the plan's classes with their errors. A column that depends on others within
   * the classes has the coefficient 0 and no error (NaN).
   *
   * @param moments those the plan was made of
   */
  public CoefficientErrors errors(ClassMoments moments) {
    NewtonSystem covariance = InfluencePlan.covariance(moments);
    int d = width - 1;
    double[] delta = moments.meanDifference(plan.k(), plan.other());
    double[] pulled = new double[d];
    PackedSymmetric middle = middle(delta, pulled);
    double total = moments.weight();
    List<Estimate> slopes = new ArrayList<>();
    double[] unit = new double[d];
    for (int j = 0; j < d; j++) {
      Arrays.fill(unit, 0);
      unit[j] = 1;
      double variance = middle.quadratic(covariance.solve(unit));
      double error = covariance.isDropped(j) ? Double.NaN : root(variance) / total;
      slopes.add(new Estimate(plan.slope()[j], error));
    }
    double[] mid = new double[d];
    double constant = Math.log(plan.shares()[plan.k()] / plan.shares()[plan.other()]);
    for (int j = 0; j < d; j++) {
      int k = plan.k() * d + j;
      int other = plan.other() * d + j;
      mid[j] = plan.shift()[j] + (plan.centres()[k] + plan.centres()[other]) / 2;
      constant -= plan.slope()[j] * mid[j];
    }
    double[] h = covariance.solve(mid);
    double own = 0;
    for (int y = 0; y < plan.classes(); y++) {
      own += state[classOffset(y) + 3 * width + 1];
    }
    double variance = own - 2 * LimitedMemory.dot(h, pulled) + middle.quadratic(h);
    return new CoefficientErrors(new Estimate(constant, root(variance) / total), slopes);
  }

  /** Sum of w^2 v v'; writes sum of w^2 e v to {@code pulled}. */
  private PackedSymmetric middle(double[] delta, double[] pulled) {
    int d = width - 1;
    PackedSymmetric middle = PackedSymmetric.zero(d);
    double[] packed = middle.packed();
    for (int j = 0; j < d; j++) {
      int from = PackedSymmetric.index(1, j + 1);
      System.arraycopy(state, from, packed, PackedSymmetric.index(0, j), j + 1);
    }
    double[] cross = new double[d];
    double squares = 0;
    for (int y = 0; y < plan.classes(); y++) {
      int at = classOffset(y);
      squares += state[at + 3 * width + 2];
      for (int j = 0; j < d; j++) {
        double mj = plan.centres()[y * d + j];
        cross[j] += state[at + width + 1 + j] - state[at + width] * mj;
        pulled[j] +=
            state[at + 2 * width + 1 + j]
                - state[at + 2 * width] * mj
                + state[at + 3 * width] * delta[j];
        for (int i = 0; i <= j; i++) {
          double mi = plan.centres()[y * d + i];
          packed[PackedSymmetric.index(i, j)] +=
              state[at] * mi * mj - state[at + 1 + i] * mj - state[at + 1 + j] * mi;
        }
      }
    }
    for (int j = 0; j < d; j++) {
      for (int i = 0; i <= j; i++) {
        packed[PackedSymmetric.index(i, j)] +=
            cross[i] * delta[j] + delta[i] * cross[j] + squares * delta[i] * delta[j];
      }
    }
    return middle;
  }

  private static double root(double variance) {
    return Math.sqrt(Math.max(0, variance));
  }
}
