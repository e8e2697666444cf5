// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldDerivativesTest {
  private final LadderRows rows = LadderRows.golden("iris");
  private final double[] shift = new double[4];
  private final double[] point = new Random(1).doubles(10, -0.2, 0.2).toArray();

  private FoldDerivatives derivatives() {
    List<Probe> probes =
        FoldDerivatives.probes(5, PassDetail.HESSIAN, point, new double[0], new double[] {0});
    return new FoldDerivatives(rows.run(new PassPlan(3, 4, shift, probes)), point, 5);
  }

  private LikelihoodSums at(FoldChoice folds, double[] parameters) {
    Probe probe = Probe.at(folds, PassDetail.HESSIAN, parameters);
    return rows.run(new PassPlan(3, 4, shift, List.of(probe)));
  }

  @Test
  void foldsAddUpToAllRowsAndToAllButOne() {
    FoldDerivatives folds = derivatives();
    assertClose(folds.total().state(), at(FoldChoice.all(), point).state());
    LikelihoodSums others = at(FoldChoice.except(2), point);
    assertClose(folds.gradientWithout(2), others.gradient(0));
    assertClose(folds.hessianWithout(2), others.hessian(0));
  }

  private static void assertClose(double[] found, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found).containsExactly(expected, within(1e-13 * largest));
  }

  @Test
  void theForecastOfALossIsRightToThirdOrder() {
    FoldDerivatives folds = derivatives();
    double[] way = new Random(2).doubles(10, -1, 1).toArray();
    double[] errors = new double[2];
    for (int i = 0; i < 2; i++) {
      double step = i == 0 ? 2e-2 : 1e-2;
      double[] moved = point.clone();
      for (int j = 0; j < moved.length; j++) {
        moved[j] += step * way[j];
      }
      double loss = at(FoldChoice.only(1), moved).loss(0, 0) / folds.weight(1);
      errors[i] = Math.abs(folds.meanLoss(1, moved, 5) - loss);
    }
    // Half the step leaves an eighth of the error; a quarter would mean a wrong Hessian.
    assertThat(errors[1] / errors[0]).isBetween(0.1, 0.15);
  }
}
