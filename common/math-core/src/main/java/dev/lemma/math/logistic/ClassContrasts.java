// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Arrays;

/**
 * The sums over classes that {@link ClosedFormErrors} needs, with the notation from there.
 *
 * <p>Sums over pairs of classes are quadratic forms in the scatter C = sum of c<sub>l</sub>
 * c<sub>l</sub>', c<sub>l</sub> = m<sub>l</sub> - x<sub>0</sub>: sum over l of g<sub>kl</sub>
 * <sup>2</sup> = u<sub>k</sub>'C u<sub>k</sub>. So a class against the mean of all costs O(d min(K,
 * d) + d<sup>2</sup>), and not O(K<sup>2</sup>). Immutable and thread-safe.
 */
final class ClassContrasts {
  private final int[] present;
  private final double[] sizes;
  private final double[] constants;
  private final double[][] centred;
  private final double[][] slopes;
  private final PackedSymmetric inverse;

  /** Null where the classes are fewer than the features. */
  private final PackedSymmetric scatter;

  private final double[] own;
  private final double[] squares;

  // Sums over the classes that are present.
  private final double allMeans;
  private final double allScores;
  private final double allSquares;
  private final double allConstants;
  private final double[] allCentred;
  private final double[] allSlopes;
  private final double[] allMoved;

  /**
   * @param geometry of the classes
   * @param sizes n<sub>k</sub>
   * @param columns the features with errors
   * @param inverse S<sup>-1</sup> among them
   */
  ClassContrasts(ClassGeometry geometry, double[] sizes, int[] columns, PackedSymmetric inverse) {
    int d = columns.length;
    this.present = geometry.present;
    this.sizes = sizes;
    this.inverse = inverse;
    this.centred = geometry.centredIn(columns);
    this.slopes = new double[geometry.classes][d];
    for (int k : present) {
      inverse.multiply(centred[k], slopes[k]);
    }
    this.scatter = present.length > d ? scatter(d) : null;
    this.constants = new double[geometry.classes];
    this.own = new double[geometry.classes];
    this.squares = new double[geometry.classes];
    this.allCentred = new double[d];
    this.allSlopes = new double[d];
    this.allMoved = new double[d];
    double means = 0;
    double scores = 0;
    double pairs = 0;
    double levels = 0;
    for (int k : present) {
      own[k] = MomentVectors.dot(centred[k], slopes[k]);
      squares[k] = MomentVectors.dot(slopes[k], scattered(slopes[k]));
      constants[k] = Math.log(geometry.shares[k]) - own[k] / 2;
      means += 1 / sizes[k];
      scores += (1 + own[k]) / sizes[k];
      pairs += squares[k];
      levels += constants[k];
      add(1, centred[k], allCentred);
      add(1, slopes[k], allSlopes);
      add(1 / sizes[k], slopes[k], allMoved);
    }
    this.allMeans = means;
    this.allScores = scores;
    this.allSquares = pairs;
    this.allConstants = levels;
  }

  private PackedSymmetric scatter(int d) {
    PackedSymmetric sum = PackedSymmetric.zero(d);
    for (int k : present) {
      sum.addRankOneInPlace(1, centred[k]);
    }
    return sum;
  }

  /** C v. */
  private double[] scattered(double[] v) {
    double[] out = new double[v.length];
    if (scatter != null) {
      scatter.multiply(v, out);
      return out;
    }
    for (int l : present) {
      add(MomentVectors.dot(centred[l], v), centred[l], out);
    }
    return out;
  }

  /** Class k against the mean of the classes that are present. */
  ContrastSums againstMean(int k) {
    double share = 1.0 / present.length;
    double square = share * share;
    // a_k^2 is (1 - share)^2 where the sums over all have share^2.
    double more = 1 - 2 * share;
    double[] beta = slopes[k].clone();
    add(-share, allSlopes, beta);
    double[] difference = centred[k].clone();
    add(-share, allCentred, difference);
    double[] moved = new double[beta.length];
    add(square, allMoved, moved);
    add(more / sizes[k], slopes[k], moved);
    double[] along = new double[beta.length];
    inverse.multiply(scattered(beta), along);
    for (int i = 0; i < along.length; i++) {
      along[i] *= -share;
    }
    add(MomentVectors.dot(centred[k], beta), slopes[k], along);
    return new ContrastSums(
        beta,
        constants[k] - share * allConstants,
        square * allMeans + more / sizes[k],
        MomentVectors.dot(difference, beta),
        square * allScores + more * (1 + own[k]) / sizes[k],
        square * allSquares - 2 * share * squares[k] + own[k] * own[k],
        moved,
        along);
  }

  /** O(z d (z + 1)) for z numbers that are not 0. */
  ContrastSums of(double[] contrast) {
    int[] parts = Arrays.stream(present).filter(k -> contrast[k] != 0).toArray();
    int d = allSlopes.length;
    double[] beta = new double[d];
    double[] moved = new double[d];
    double constant = 0;
    double means = 0;
    double scores = 0;
    double pairs = 0;
    for (int k : parts) {
      double weight = contrast[k] * contrast[k] / sizes[k];
      add(contrast[k], slopes[k], beta);
      add(weight, slopes[k], moved);
      constant += contrast[k] * constants[k];
      means += weight;
      scores += weight * (1 + own[k]);
      for (int l : parts) {
        double product = MomentVectors.dot(centred[k], slopes[l]);
        pairs += contrast[k] * contrast[l] * product * product;
      }
    }
    double distance = 0;
    double[] along = new double[d];
    for (int k : parts) {
      double part = contrast[k] * MomentVectors.dot(centred[k], beta);
      distance += part;
      add(part, slopes[k], along);
    }
    return new ContrastSums(beta, constant, means, distance, scores, pairs, moved, along);
  }

  private static void add(double factor, double[] v, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * v[i];
    }
  }
}
