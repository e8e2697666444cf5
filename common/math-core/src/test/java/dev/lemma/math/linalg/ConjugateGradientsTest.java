// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConjugateGradientsTest {
  private static final int N = 30;

  private static PackedSymmetric matrix(double ridge) {
    SplittableRandom random = new SplittableRandom(5);
    PackedSymmetric a = PackedSymmetric.zero(N);
    for (int r = 0; r < 2 * N; r++) {
      double[] row = new double[N];
      for (int j = 0; j < N; j++) {
        row[j] = random.nextGaussian() * (1 + j);
      }
      a.addRankOneInPlace(1, row);
    }
    for (int j = 0; j < N; j++) {
      a.set(j, j, a.get(j, j) + ridge * (1 + j) * (1 + j));
    }
    return a;
  }

  private static double[] column(double[] values, int count, int r) {
    double[] column = new double[values.length / count];
    for (int j = 0; j < column.length; j++) {
      column[j] = values[j * count + r];
    }
    return column;
  }

  private static double[] products(PackedSymmetric[] of, double[] directions) {
    double[] products = new double[directions.length];
    for (int r = 0; r < of.length; r++) {
      double[] out = new double[N];
      of[r].multiply(column(directions, of.length, r), out);
      for (int j = 0; j < N; j++) {
        products[j * of.length + r] = out[j];
      }
    }
    return products;
  }

  @Test
  void solvesSeveralSystemsAtOnce() {
    PackedSymmetric[] of = {matrix(0), matrix(0), matrix(50), matrix(50)};
    double[] inverse = new double[2 * N];
    double[] b = new double[4 * N];
    SplittableRandom random = new SplittableRandom(7);
    for (int j = 0; j < N; j++) {
      inverse[2 * j] = 1 / of[0].get(j, j);
      inverse[2 * j + 1] = 1 / of[2].get(j, j);
      for (int r = 0; r < 3; r++) {
        b[4 * j + r] = random.nextGaussian() * (1 + j);
      }
    }
    // The last right side is 0, and is solved by 0 at once.
    ConjugateGradients solver = new ConjugateGradients(b.clone(), 4, inverse, 2, 1e-13);
    while (!solver.isDone() && solver.steps() < 200) {
      solver.step(products(of, solver.directions()));
    }
    assertThat(solver.isConverged()).isTrue();
    for (int r = 0; r < 4; r++) {
      double[] left = new double[N];
      of[r].multiply(column(solver.solutions(), 4, r), left);
      double[] right = column(b, 4, r);
      for (int j = 0; j < N; j++) {
        assertThat(left[j]).isCloseTo(right[j], within(1e-9 * (1 + j)));
      }
    }
    assertThat(column(solver.solutions(), 4, 3)).containsOnly(0);
  }

  @Test
  void theStepsTellTheConditionNumber() {
    PackedSymmetric a = matrix(0);
    double[] inverse = new double[N];
    double[] roots = new double[N];
    double[] b = new double[N];
    for (int j = 0; j < N; j++) {
      inverse[j] = 1 / a.get(j, j);
      roots[j] = Math.sqrt(inverse[j]);
      b[j] = 1 + j;
    }
    ConjugateGradients solver = new ConjugateGradients(b, 1, inverse, 1, 1e-14);
    while (!solver.isDone() && solver.steps() < 200) {
      solver.step(products(new PackedSymmetric[] {a}, solver.directions()));
    }
    PackedSymmetric scaled = a.copy();
    scaled.scaleBothSidesInPlace(roots);
    SymmetricEigen eigen = SymmetricEigen.of(scaled).orElseThrow();
    double condition = eigen.value(0) / eigen.value(N - 1);
    assertThat(solver.condition()).isCloseTo(condition, within(0.05 * condition));
  }

  @Test
  void unknownsWithoutPreconditionerStayZero() {
    PackedSymmetric a = matrix(1);
    double[] inverse = new double[N];
    double[] b = new double[N];
    for (int j = 0; j < N; j++) {
      inverse[j] = j == 4 ? 0 : 1 / a.get(j, j);
      b[j] = 1;
    }
    ConjugateGradients solver = new ConjugateGradients(b, 1, inverse, 1, 1e-12);
    while (!solver.isDone() && solver.steps() < 200) {
      solver.step(products(new PackedSymmetric[] {a}, solver.directions()));
    }
    assertThat(solver.isConverged()).isTrue();
    assertThat(solver.solutions()[4]).isZero();
    double[] left = new double[N];
    a.multiply(solver.solutions(), left);
    assertThat(left[5]).isCloseTo(1, within(1e-8));
    assertThat(left[4]).isNotCloseTo(1, within(1e-3));
  }

  @Test
  void anIndefiniteMatrixEndsTheSteps() {
    PackedSymmetric a = PackedSymmetric.ofDiagonal(new double[] {1, -1});
    ConjugateGradients solver =
        new ConjugateGradients(new double[] {1, 2}, 1, new double[] {1, 1}, 1, 1e-12);
    double[] out = new double[2];
    a.multiply(solver.directions(), out);
    solver.step(out);
    assertThat(solver.isDone()).isTrue();
    assertThat(solver.isConverged()).isFalse();
  }

  @Test
  void lengthsMustFit() {
    assertThatThrownBy(() -> new ConjugateGradients(new double[6], 2, new double[2], 1, 1e-12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("preconditioner: expected 3 numbers, found 2");
  }
}
