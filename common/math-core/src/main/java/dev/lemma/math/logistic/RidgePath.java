// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All models of {@link ClosedForm} with S + lambda I in the place of S, out of one
 * eigendecomposition S = V diag(e) V': w<sub>k</sub> = V diag(1 / (e + lambda)) V' (m<sub>k</sub> -
 * m). The features are in the units chosen; with {@link ShrinkageUnits#WITHIN_DEVIATION} S is a
 * correlation matrix and lambda = 1 halves what is along an eigenvalue of 1.
 *
 * <p>About 9 d<sup>3</sup> operations once. A lambda then costs O(d K) in the coordinates of the
 * eigenvectors, and 2 K d<sup>2</sup> to turn these back into coefficients. 8 d<sup>2</sup> bytes.
 *
 * <p>Constant and unknown features are left out, as {@link ClosedForm} does. Lambda = 0 with a
 * singular S gives the shortest coefficients, eigenvalues below 1e-12 of the largest counting as 0:
 * where classes are separated by such a direction, it is not used. Immutable and thread-safe.
 */
public final class RidgePath {
  private final ClassGeometry geometry;
  private final int[] active;
  private final double[] scales;
  private final SymmetricEigen eigen;
  private final double[][] coordinates;
  private final double meanVariance;

  private RidgePath(ClassGeometry geometry, int[] active, double[] scales, SymmetricEigen eigen) {
    this.geometry = geometry;
    this.active = active;
    this.scales = scales;
    this.eigen = eigen;
    this.coordinates = new double[geometry.classes][];
    double[][] centred = geometry.centredIn(active);
    for (int k : geometry.present) {
      double[] scaled = centred[k];
      for (int j = 0; j < scales.length; j++) {
        scaled[j] /= scales[j];
      }
      coordinates[k] = eigen.coordinates(scaled);
    }
    this.meanVariance = Arrays.stream(eigen.values()).average().orElse(1);
  }

  /**
   * The path of some rows.
   *
   * @param moments of the rows
   * @param pooling the covariance S
   * @param units the units in which lambda is added
   * @return empty if the eigendecomposition did not converge
   * @throws IllegalArgumentException if no class has weight, or the moments lack what the pooling
   *     needs
   */
  public static Optional<RidgePath> of(
      ClassMoments moments, Pooling pooling, ShrinkageUnits units) {
    ClassGeometry geometry = new ClassGeometry(moments);
    PackedSymmetric all = geometry.covariance(pooling);
    List<ColumnFinding> leftOut = new ArrayList<>();
    int[] active = geometry.activeColumns(all, leftOut);
    PackedSymmetric s = active.length == geometry.features ? all : all.select(active);
    double[] scales = geometry.scales(units, s, active);
    return SymmetricEigen.of(ScaledSystem.scaled(s, scales))
        .map(eigen -> new RidgePath(geometry, active, scales, eigen));
  }

  /** The eigenvalues of S in the units chosen, descending, one for each feature that takes part. */
  public double[] eigenvalues() {
    return eigen.values();
  }

  /**
   * The lambda with which {@link Shrinkage.Fixed} shrinks as much: rho mu / (1 - rho), mu being the
   * mean eigenvalue.
   *
   * @param rho in [0, 1)
   */
  public double lambdaOf(double rho) {
    if (!(rho >= 0 && rho < 1)) {
      throw new IllegalArgumentException("rho must lie in [0, 1), found " + rho);
    }
    return rho * meanVariance / (1 - rho);
  }

  /**
   * Lambdas in equal ratios, ascending: from 1e-4 to 1e2 times the mean eigenvalue.
   *
   * @param count at least 2
   */
  public double[] lambdas(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("a path has at least 2 lambdas, found " + count);
    }
    double[] lambdas = new double[count];
    Arrays.setAll(lambdas, i -> meanVariance * Math.pow(10, -4 + 6.0 * i / (count - 1)));
    return lambdas;
  }

  /**
   * The model at a lambda, the shares of the classes being the priors.
   *
   * @param lambda finite, at least 0
   */
  public LinearModel at(double lambda) {
    return at(lambda, 1);
  }

  /**
   * The model with {@link Shrinkage.Fixed} in the place of the ridge.
   *
   * @param rho in [0, 1)
   */
  public LinearModel atShare(double rho) {
    return at(lambdaOf(rho), 1 / (1 - rho));
  }

  private LinearModel at(double lambda, double factor) {
    if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("lambda must be finite and at least 0, found " + lambda);
    }
    double[] weights = new double[eigen.dimension()];
    int rank = eigen.rank(ScaledSystem.cut(eigen.dimension()));
    for (int r = 0; r < weights.length; r++) {
      double sum = Math.max(0, eigen.value(r)) + lambda;
      weights[r] = lambda > 0 || r < rank ? factor / sum : 0;
    }
    double[][] slopes = new double[geometry.classes][];
    for (int k : geometry.present) {
      double[] own = coordinates[k].clone();
      for (int r = 0; r < own.length; r++) {
        own[r] *= weights[r];
      }
      slopes[k] = eigen.combine(own);
      for (int j = 0; j < own.length; j++) {
        slopes[k][j] /= scales[j];
      }
    }
    return geometry.model(slopes, active, geometry.shares);
  }
}
