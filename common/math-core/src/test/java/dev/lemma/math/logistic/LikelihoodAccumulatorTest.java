// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.PlainGemm;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodAccumulatorTest {
  private static final int ROWS = 500;
  private static final int FEATURES = 6;

  private final double[][] x = new double[ROWS][FEATURES];
  private final int[] y = new int[ROWS];
  private final double[] weights = new double[ROWS];

  private PassPlan plan(int classes, double[] shift, PassDetail detail) {
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < ROWS; i++) {
      y[i] = random.nextInt(classes);
      weights[i] = random.nextInt(4) * 0.5;
      for (int j = 0; j < FEATURES; j++) {
        x[i][j] = random.nextInt(3) == 0 ? 0 : random.nextDouble(-1, 2);
      }
    }
    int p = (classes - 1) * (FEATURES + 1);
    double[] base = random.doubles(p, -1, 1).toArray();
    double[] direction = random.doubles(p, -1, 1).toArray();
    double[] steps = {1, 0.25, 0};
    return new PassPlan(
        classes,
        FEATURES,
        shift,
        List.of(
            new Probe(FoldChoice.all(), detail, base, direction, steps),
            Probe.at(FoldChoice.only(1), PassDetail.GRADIENT, base),
            Probe.at(FoldChoice.except(1), PassDetail.HESSIAN, base)));
  }

  private static double[] someShift() {
    return new double[] {0, 0, 1.5, 0, -2, 0};
  }

  private LikelihoodSums sums(LikelihoodAccumulator accumulator, int from, int to, boolean sparse) {
    int[] columns = new int[FEATURES];
    double[] values = new double[FEATURES];
    for (int i = from; i < to; i++) {
      int count = 0;
      for (int j = 0; j < FEATURES; j++) {
        if (x[i][j] != 0) {
          columns[count] = j;
          values[count++] = x[i][j];
        }
      }
      if (sparse) {
        accumulator.add(i % 3, y[i], weights[i], columns, values, count);
      } else {
        accumulator.add(i % 3, y[i], weights[i], x[i], 0);
      }
    }
    return accumulator.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void sparseRowsGiveTheBitsOfDenseOnes(int classes) {
    PassPlan plan = plan(classes, someShift(), PassDetail.OUTER_PRODUCTS);
    assertThat(sums(LikelihoodAccumulator.exact(plan), 0, ROWS, true).state())
        .isEqualTo(sums(LikelihoodAccumulator.exact(plan), 0, ROWS, false).state());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void blocksAgreeWithRowByRow(int classes) {
    PassPlan plan = plan(classes, someShift(), PassDetail.OUTER_PRODUCTS);
    double[] exact = sums(LikelihoodAccumulator.exact(plan), 0, ROWS, false).state();
    for (boolean sparse : new boolean[] {false, true}) {
      LikelihoodAccumulator fast = LikelihoodAccumulator.fast(plan, new PlainGemm());
      assertThat(sums(fast, 0, ROWS, sparse).state()).containsExactly(exact, within(1e-10));
    }
  }

  @Test
  void partsAddUp() {
    PassPlan plan = plan(3, someShift(), PassDetail.HESSIAN);
    double[] whole = sums(LikelihoodAccumulator.exact(plan), 0, ROWS, false).state();
    LikelihoodSums left = sums(LikelihoodAccumulator.exact(plan), 0, 170, false);
    LikelihoodSums right = sums(LikelihoodAccumulator.exact(plan), 170, ROWS, false);
    LikelihoodSums shipped = LikelihoodSums.of(plan, right.state().clone());
    assertThat(left.merge(shipped).state()).containsExactly(whole, within(1e-10));
  }

  @Test
  void foldsSplitTheRows() {
    PassPlan plan = plan(3, someShift(), PassDetail.HESSIAN);
    LikelihoodSums sums = sums(LikelihoodAccumulator.exact(plan), 0, ROWS, false);
    assertThat(sums.rows(1) + sums.rows(2)).isEqualTo(sums.rows(0));
    // The third step of the first probe is the model of the others.
    assertThat(sums.loss(1, 0) + sums.loss(2, 0)).isCloseTo(sums.loss(0, 2), within(1e-10));
  }

  /** Slopes, gradients and Hessians are the derivatives of losses. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void derivativesAreThoseOfTheLoss(int classes) {
    PassPlan plan = plan(classes, someShift(), PassDetail.HESSIAN);
    Probe probe = plan.probes().get(0);
    double h = 1e-5;
    double[] at = probe.parameters();
    SplittableRandom random = new SplittableRandom(4);
    double[] along = random.doubles(at.length, -1, 1).toArray();
    Probe line =
        new Probe(FoldChoice.all(), PassDetail.HESSIAN, at, along, new double[] {0, h, -h});
    PassPlan single = new PassPlan(classes, FEATURES, plan.shift(), List.of(line));
    LikelihoodSums sums = sums(LikelihoodAccumulator.exact(single), 0, ROWS, false);
    double slope = (sums.loss(0, 1) - sums.loss(0, 2)) / (2 * h);
    double curvature = (sums.slope(0, 1) - sums.slope(0, 2)) / (2 * h);
    assertThat(sums.slope(0, 0)).isCloseTo(slope, within(1e-5));
    assertThat(sums.curvature(0, 0)).isCloseTo(curvature, within(1e-5));
    double[] gradient = sums.gradient(0);
    double product = 0;
    for (int i = 0; i < along.length; i++) {
      product += gradient[i] * along[i];
    }
    assertThat(product).isCloseTo(sums.slope(0, 0), within(1e-9));
    boolean[] free = new boolean[along.length];
    double[] back =
        NewtonSystem.ofBlocks(sums.hessian(0), classes - 1, FEATURES + 1, free).solve(gradient);
    // H (H^-1 g) = g, with H along a line measured by the curvature of that line.
    Probe newton = new Probe(FoldChoice.all(), PassDetail.LOSS, at, back, new double[] {0});
    PassPlan check = new PassPlan(classes, FEATURES, plan.shift(), List.of(newton));
    LikelihoodSums measured = sums(LikelihoodAccumulator.exact(check), 0, ROWS, false);
    assertThat(measured.curvature(0, 0)).isCloseTo(measured.slope(0, 0), within(1e-8));
  }

  @Test
  void pairedErrorsAreThoseOfTheDifferences() {
    PassPlan plan = plan(2, new double[FEATURES], PassDetail.LOSS);
    LikelihoodSums sums = sums(LikelihoodAccumulator.exact(plan), 0, ROWS, false);
    Probe probe = plan.probes().get(0);
    double weight = 0;
    double mean = 0;
    double[] differences = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      differences[i] = loss(probe.parameters(0.25), i) - loss(probe.parameters(1), i);
      weight += weights[i];
      mean += weights[i] * differences[i];
    }
    mean /= weight;
    double square = 0;
    for (int i = 0; i < ROWS; i++) {
      square += weights[i] * weights[i] * (differences[i] - mean) * (differences[i] - mean);
    }
    assertThat(sums.meanGainError(0, 1)).isCloseTo(Math.sqrt(square) / weight, within(1e-12));
  }

  private double loss(double[] parameters, int i) {
    double z = parameters[0];
    for (int j = 0; j < FEATURES; j++) {
      z += parameters[1 + j] * x[i][j];
    }
    return Math.log1p(Math.exp(y[i] == 1 ? -z : z));
  }

  @Test
  void mistakesAreNamed() {
    PassPlan plan = plan(2, new double[FEATURES], PassDetail.LOSS);
    LikelihoodAccumulator accumulator = LikelihoodAccumulator.exact(plan);
    assertThatThrownBy(() -> accumulator.add(0, 2, 1, x[0], 0))
        .hasMessage("label: expected 0 to 1, found 2");
    assertThatThrownBy(() -> accumulator.add(0, 1, -1, x[0], 0))
        .hasMessage("weight: expected a finite number of at least 0, found -1.0");
    assertThatThrownBy(() -> accumulator.finish().gradient(0))
        .hasMessage("probe 0 asked for LOSS only, found a call for GRADIENT");
  }
}
