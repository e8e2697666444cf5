// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.Chance;
import dev.lemma.math.sampling.diagnostics.MonteCarloError;
import java.util.function.ToDoubleFunction;

/** Targets with known moments, and the check of moments. */
final class Targets {
  private Targets() {}

  static Target of(int dimension, ToDoubleFunction<double[]> logDensity) {
    return new Target() {
      @Override
      public int dimension() {
        return dimension;
      }

      @Override
      public double logDensity(double[] x) {
        return logDensity.applyAsDouble(x);
      }
    };
  }

  /** Independent Gaussians of mean j and variance from 1 to 1 / condition. */
  static Target gaussian(int dimension, double condition) {
    double[] precision = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      precision[j] = Math.pow(condition, dimension == 1 ? 1 : j / (dimension - 1.0));
    }
    return of(
        dimension,
        x -> {
          double sum = 0;
          for (int j = 0; j < dimension; j++) {
            sum -= (x[j] - j) * (x[j] - j) * precision[j] / 2;
          }
          return sum;
        });
  }

  /** Two Gaussians of unit variances and correlation r. */
  static Target correlated(double r) {
    return of(2, x -> -(x[0] * x[0] - 2 * r * x[0] * x[1] + x[1] * x[1]) / (2 * (1 - r * r)));
  }

  /** A target that cuts batches before it answers. */
  static BatchTarget inBatchesOf(int size, Target target) {
    BatchTarget whole = BatchTarget.of(target);
    return new BatchTarget() {
      @Override
      public int dimension() {
        return whole.dimension();
      }

      @Override
      public void logDensities(double[] points, int count, double[] out) {
        int d = whole.dimension();
        double[] some = new double[size * d];
        double[] values = new double[size];
        for (int from = 0; from < count; from += size) {
          int part = Math.min(size, count - from);
          System.arraycopy(points, from * d, some, 0, part * d);
          whole.logDensities(some, part, values);
          System.arraycopy(values, 0, out, from, part);
        }
      }
    };
  }

  /** C starting points, spread over [-1, 1] in every direction. */
  static double[] starts(int chains, int dimension) {
    double[] starts = new double[chains * dimension];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = 2 * ((i * 0.6180339887498949) % 1) - 1;
    }
    return starts;
  }

  static boolean meanFits(double[][] paths, double expected) {
    double sum = 0;
    long count = 0;
    for (double[] path : paths) {
      for (double value : path) {
        sum += value;
        count++;
      }
    }
    return Chance.meanFits(sum / count, expected, MonteCarloError.mean(paths));
  }

  /** Whether the mean of (x - centre)^2 fits. */
  static boolean squareFits(double[][] paths, double centre, double expected) {
    double[][] squares = new double[paths.length][];
    for (int c = 0; c < paths.length; c++) {
      squares[c] = new double[paths[c].length];
      for (int i = 0; i < squares[c].length; i++) {
        squares[c][i] = (paths[c][i] - centre) * (paths[c][i] - centre);
      }
    }
    return meanFits(squares, expected);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
