// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.ArrayList;
import java.util.List;

/**
 * Solves A x = b for several right sides by conjugate gradients, where the matrices are known by
 * their products with vectors alone. One step needs one product with each direction, for all right
 * sides at once; the caller forms them, by a pass over the data say:
 *
 * <pre>
 *   while (!solver.isDone() &amp;&amp; solver.steps() &lt; most) {
 *     solver.step(products of solver.directions());
 *   }
 * </pre>
 *
 * <p>Every right side may have a matrix of its own, symmetric and positive definite; groups of
 * consecutive ones share a diagonal preconditioner M. A right side is done when its residual r has
 * r'M<sup>-1</sup>r at most tolerance&sup2; times that of b, or when a direction has no positive
 * curvature, which shows a matrix that is singular or indefinite: {@link #isConverged} tells.
 *
 * <p>Vectors are n x R, row-major: entry j of right side r stands at j R + r. 3 n R doubles beside
 * the preconditioner, 10 n R flops a step. Sums in ascending order: equal products give equal bits.
 * Not thread-safe.
 *
 * <p>M. R. Hestenes, E. Stiefel, <em>Methods of conjugate gradients for solving linear
 * systems</em>, 1952, <a href="https://doi.org/10.6028/jres.049.044">doi:10.6028/jres.049.044</a>.
 */
public final class ConjugateGradients {
  private final int count;
  private final int order;
  private final int each;
  private final double[] inverse;
  private final double tolerance;
  private final double[] solution;
  private final double[] residual;
  private final double[] direction;
  private final double[] first;
  private final double[] energy;
  private final boolean[] done;
  private final List<double[]> lanczos = new ArrayList<>();
  private int steps;

  /**
   * Begins at x = 0.
   *
   * @param rightSides n x R numbers; taken over
   * @param count R, at least 1
   * @param inverse n x G numbers, row-major: the diagonals of M<sup>-1</sup>, the first for the
   *     first R / G right sides and so on. At least 0; an unknown with 0 stays 0 and its equation
   *     is left out
   * @param groups G, a divisor of R
   * @param tolerance relative size of a residual at which its right side is done, at least 0
   * @throws IllegalArgumentException if lengths do not fit
   */
  public ConjugateGradients(
      double[] rightSides, int count, double[] inverse, int groups, double tolerance) {
    if (count < 1 || groups < 1 || count % groups != 0 || rightSides.length % count != 0) {
      throw new IllegalArgumentException(
          "right sides: expected n x "
              + count
              + " numbers in "
              + groups
              + " groups, found "
              + rightSides.length);
    }
    this.count = count;
    this.order = rightSides.length / count;
    this.each = count / groups;
    if (inverse.length != order * groups) {
      throw new IllegalArgumentException(
          "preconditioner: expected " + order * groups + " numbers, found " + inverse.length);
    }
    this.inverse = inverse;
    this.tolerance = tolerance;
    residual = rightSides;
    solution = new double[rightSides.length];
    direction = new double[rightSides.length];
    first = new double[count];
    energy = new double[count];
    done = new boolean[count];
    for (int i = 0; i < residual.length; i++) {
      direction[i] = residual[i] * inverse(i);
      energy[i % count] += residual[i] * direction[i];
    }
    System.arraycopy(energy, 0, first, 0, count);
    for (int r = 0; r < count; r++) {
      done[r] = !(energy[r] > 0);
    }
  }

  private double inverse(int i) {
    return inverse[i / each];
  }

  /** The directions whose products the next step needs, n x R; zero where a right side is done. */
  public double[] directions() {
    return direction;
  }

  /**
   * Takes a step.
   *
   * @param products the product of each direction with its matrix, n x R
   */
  public void step(double[] products) {
    double[] curvature = new double[count];
    for (int i = 0; i < direction.length; i++) {
      curvature[i % count] += direction[i] * products[i];
    }
    double[] length = new double[count];
    for (int r = 0; r < count; r++) {
      done[r] |= !(curvature[r] > 0 && curvature[r] <= Double.MAX_VALUE);
      length[r] = done[r] ? 0 : energy[r] / curvature[r];
    }
    double[] next = new double[count];
    for (int i = 0; i < direction.length; i++) {
      int r = i % count;
      if (!done[r]) {
        solution[i] += length[r] * direction[i];
        residual[i] -= length[r] * products[i];
        next[r] += residual[i] * residual[i] * inverse(i);
      }
    }
    double[] share = new double[count];
    for (int r = 0; r < count; r++) {
      if (!done[r]) {
        share[r] = next[r] / energy[r];
        energy[r] = next[r];
        done[r] = residual(r) <= tolerance;
      }
    }
    lanczos.add(new double[] {length[count - 1], share[count - 1]});
    for (int i = 0; i < direction.length; i++) {
      int r = i % count;
      direction[i] = done[r] ? 0 : residual[i] * inverse(i) + share[r] * direction[i];
    }
    steps++;
  }

  /** Steps taken. */
  public int steps() {
    return steps;
  }

  /** Whether no step would change a solution. */
  public boolean isDone() {
    for (boolean one : done) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** Whether every residual is as small as was asked for. */
  public boolean isConverged() {
    return largestResidual() <= tolerance;
  }

  /** Square root of r'M<sup>-1</sup>r over that of b; 0 for b = 0. */
  private double residual(int r) {
    return first[r] > 0 ? Math.sqrt(energy[r] / first[r]) : 0;
  }

  /** The largest relative residual of any right side. */
  public double largestResidual() {
    double largest = 0;
    for (int r = 0; r < count; r++) {
      largest = Math.max(largest, residual(r));
    }
    return largest;
  }

  /** The solutions so far, n x R; the solver's own array. */
  public double[] solutions() {
    return solution;
  }

  /**
   * An estimate from below of the condition number of M<sup>-1</sup>A for the last right side: the
   * ratio of the extreme eigenvalues of the tridiagonal matrix that the steps amount to (Lanczos).
   * 1 without steps.
   */
  public double condition() {
    int size = 0;
    while (size < lanczos.size() && lanczos.get(size)[0] > 0) {
      size++;
    }
    if (size == 0) {
      return 1;
    }
    PackedSymmetric tridiagonal = PackedSymmetric.zero(size);
    double before = 0;
    for (int i = 0; i < size; i++) {
      double length = lanczos.get(i)[0];
      double share = lanczos.get(i)[1];
      tridiagonal.set(i, i, 1 / length + before);
      if (i + 1 < size) {
        tridiagonal.set(i, i + 1, Math.sqrt(share) / length);
      }
      before = share / length;
    }
    return SymmetricEigen.of(tridiagonal)
        .map(eigen -> eigen.value(0) / eigen.value(eigen.dimension() - 1))
        .filter(ratio -> ratio >= 1)
        .orElse(1.0);
  }
}
