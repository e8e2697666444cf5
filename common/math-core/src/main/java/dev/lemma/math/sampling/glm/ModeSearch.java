// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.Cholesky;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.PivotedCholesky;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mode of a {@link CurvedTarget} by Newton's method. One pass an iteration gives value,
 * gradient and Hessian; only where a full step loses ground, a further pass tries shorter steps all
 * at once.
 *
 * <p>A step counts as small when it promises less than 10<sup>-6</sup> in log posterior and also
 * moves the linear predictors by less than 10<sup>-3</sup> in root mean square. The second is what
 * tells a mode from a likelihood that keeps growing ever more slowly: there the promise vanishes,
 * the steps do not.
 */
public final class ModeSearch {
  private static final int MOST_ITERATIONS = 60;
  private static final double PROMISE = 1e-6;
  private static final double MOVE = 1e-3;

  /** A predictor that still moves so far when the promise is gone runs away. */
  private static final double RUNAWAY = 0.1;

  /** So often in a row. */
  private static final int PATIENCE = 3;

  /** What rounding may take from a value, relative. */
  private static final double SLACK = 1e-12;

  private static final int TRIALS = 20;
  private static final double DEPENDENT = 1e-11;

  private final CurvedTarget target;
  private int passes;

  private ModeSearch(CurvedTarget target) {
    this.target = target;
  }

  /** Searches. */
  public static MapFit of(CurvedTarget target) {
    return new ModeSearch(target).search();
  }

  private MapFit search() {
    double[] b = target.start();
    CurvedTarget.Expansion here = expand(b);
    PackedSymmetric metric = here.information().copy();
    double weight = here.weight();
    double promise = Double.POSITIVE_INFINITY;
    int vain = 0;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      if (!isFinite(here.value(), here.curvature())) {
        return new MapFit.NotFinite(passes);
      }
      if (iteration == 0 && isSingular(here.curvature())) {
        return singular(here.curvature());
      }
      Optional<Cholesky> factor = Cholesky.of(here.curvature());
      if (factor.isEmpty()) {
        return runaway(metric, b);
      }
      double[] step = factor.get().solve(here.gradient());
      promise = 0;
      for (int j = 0; j < b.length; j++) {
        promise += here.gradient()[j] * step[j];
      }
      double move = weight > 0 ? Math.sqrt(Math.max(0, metric.quadratic(step)) / weight) : 0;
      if (promise < PROMISE && move < MOVE) {
        // The last step is free, and squares what is left of the error.
        return new MapFit.Converged(
            plus(b, 1, step), here.value() + promise / 2, here.curvature(), passes);
      }
      vain = promise < PROMISE && move > RUNAWAY ? vain + 1 : 0;
      if (vain == PATIENCE) {
        return runaway(metric, step);
      }
      double[] next = plus(b, 1, step);
      CurvedTarget.Expansion there = expand(next);
      if (!(there.value() >= here.value() - SLACK * (1 + Math.abs(here.value())))) {
        Optional<double[]> shorter = shorter(b, step, here.value());
        if (shorter.isEmpty()) {
          return new MapFit.NotConverged(promise, passes);
        }
        next = shorter.get();
        there = expand(next);
      }
      b = next;
      here = there;
    }
    return new MapFit.NotConverged(promise, passes);
  }

  private CurvedTarget.Expansion expand(double[] b) {
    passes++;
    return target.expand(b);
  }

  /** The best of ever shorter steps, if one gains; one pass. */
  private Optional<double[]> shorter(double[] b, double[] step, double value) {
    int p = b.length;
    double[] points = new double[TRIALS * p];
    for (int t = 0; t < TRIALS; t++) {
      System.arraycopy(plus(b, Math.scalb(1.0, -1 - t), step), 0, points, t * p, p);
    }
    double[] values = new double[TRIALS];
    target.rounded(points, TRIALS, values);
    passes++;
    int best = -1;
    double most = value;
    for (int t = 0; t < TRIALS; t++) {
      if (values[t] > most) {
        most = values[t];
        best = t;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(plus(b, Math.scalb(1.0, -1 - best), step));
  }

  private static double[] plus(double[] b, double factor, double[] step) {
    double[] sum = b.clone();
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * step[j];
    }
    return sum;
  }

  private static boolean isFinite(double value, PackedSymmetric curvature) {
    boolean finite = Math.abs(value) <= Double.MAX_VALUE;
    for (double element : curvature.packed()) {
      finite &= Math.abs(element) <= Double.MAX_VALUE;
    }
    return finite;
  }

  /** In units in which every diagonal element is 1. */
  private static PackedSymmetric scaled(PackedSymmetric curvature) {
    double[] units = curvature.diagonal();
    for (int j = 0; j < units.length; j++) {
      units[j] = units[j] > 0 ? 1 / Math.sqrt(units[j]) : 0;
    }
    PackedSymmetric scaled = curvature.copy();
    scaled.scaleBothSidesInPlace(units);
    return scaled;
  }

  private static boolean isSingular(PackedSymmetric curvature) {
    return PivotedCholesky.of(scaled(curvature), DEPENDENT).rank() < curvature.order();
  }

  private MapFit singular(PackedSymmetric curvature) {
    PivotedCholesky factor = PivotedCholesky.of(scaled(curvature), DEPENDENT);
    if (factor.rank() == 0) {
      return new MapFit.Flat(passes);
    }
    List<String> names = new ArrayList<>();
    for (int j : factor.dependent()) {
      names.add(target.names().get(j));
    }
    return new MapFit.Singular(names, passes);
  }

  /** The parameters that take most part in a direction. */
  private MapFit runaway(PackedSymmetric metric, double[] direction) {
    double[] size = new double[direction.length];
    double largest = 0;
    for (int j = 0; j < size.length; j++) {
      boolean flat = target.isFlat(j);
      size[j] = flat ? Math.abs(direction[j]) * Math.sqrt(metric.get(j, j)) : 0;
      largest = Math.max(largest, size[j]);
    }
    if (largest == 0) {
      return new MapFit.NotConverged(Double.NaN, passes);
    }
    List<String> names = new ArrayList<>();
    for (int j = 0; j < size.length; j++) {
      if (size[j] >= 0.1 * largest) {
        names.add(target.names().get(j));
      }
    }
    return new MapFit.Unbounded(names, passes);
  }
}
