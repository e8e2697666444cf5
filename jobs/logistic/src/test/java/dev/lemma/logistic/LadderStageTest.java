// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.testing.Layouts;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.ClosedForm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More passes than one, by the stage of Spark ML. */
class LadderStageTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theMaximumOfTheLikelihoodIsThatOfSpark(int classes) {
    Dataset<Row> data = StageSamples.data(300, 3, classes).coalesce(1).persist();
    AnalyticLogisticRegressionModel model =
        new AnalyticLogisticRegression()
            .setPasses("mle")
            .setPenalty(0)
            .setWeightCol("weight")
            .setIdCol("id")
            .fit(data);
    LogisticRegressionModel theirs =
        new LogisticRegression().setWeightCol("weight").setTol(1e-10).setMaxIter(200).fit(data);
    LogisticRegressionModel ours = model.toSpark();
    double[] expected = theirs.coefficientMatrix().toArray();
    double[] found = ours.coefficientMatrix().toArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(2e-5));
    }
    assertThat(model.summary().certificate().orElseThrow().decrement()).isLessThan(1e-11);
    assertThat(model.summary().errorKind()).isEqualTo("fisher");
    data.unpersist();
  }

  @Test
  void exactPassesHaveTheSameBitsForEveryPartitioning() {
    // Just enough for two leaves.
    Dataset<Row> rows =
        StageSamples.SPARK
            .range(0, 33_000, 1, 2)
            .selectExpr(
                "id",
                "int(sin(id * 1.7) + cos(id * id) > 0) as y",
                "1 + id % 7 / 8.0D as w",
                "array(sin(id), cos(id * 0.3), sin(id * 1.7)) as x")
            .persist();
    Set<List<Double>> exact = new HashSet<>();
    Set<List<Double>> fast = new HashSet<>();
    double condition = 0;
    for (Dataset<Row> layout : Layouts.of(rows)) {
      LogisticFit fit = fit(layout, Kernel.EXACT);
      condition = fit.summary().diagnosis().condition();
      exact.add(coefficients(fit));
    }
    fast.add(coefficients(fit(rows, Kernel.FAST)));
    fast.add(coefficients(fit(rows.repartition(5), Kernel.FAST)));
    assertThat(exact).hasSize(1);
    // Else the test could not fail.
    assertThat(fast).hasSizeGreaterThan(1);
    double[] same = exact.iterator().next().stream().mapToDouble(d -> d).toArray();
    for (List<Double> other : fast) {
      double error = 0;
      double norm = 0;
      for (int i = 0; i < same.length; i++) {
        error = Math.hypot(error, other.get(i) - same[i]);
        norm = Math.hypot(norm, same[i]);
      }
      assertThat(error).isLessThan(1e-12 * condition * norm);
    }
    rows.unpersist();
  }

  private static LogisticFit fit(Dataset<Row> rows, Kernel kernel) {
    LogisticSettings settings =
        new LogisticSettings(
            Passes.THREE,
            3,
            kernel,
            Estimator.AUTO,
            ClosedForm.POOLED,
            WeightMeaning.IMPORTANCE,
            1 << 24,
            1,
            LogisticSettings.TOLERANCE,
            Iterations.DEFAULT,
            dev.lemma.math.logistic.ErrorRule.AUTO,
            0);
    LogisticFit fit =
        LogisticTraining.train(
                Samples.labelled(rows), settings, ClassOrder.AS_FOUND, Phases.SILENT, counts -> {})
            .fit();
    assertThat(fit.summary().passes()).isEqualTo(3);
    return fit;
  }

  private static List<Double> coefficients(LogisticFit fit) {
    double[] slope = fit.specification().model().logitSlope(1, 0);
    double[] all = Arrays.copyOf(slope, slope.length + 1);
    all[slope.length] = fit.specification().model().logitIntercept(1, 0);
    return Arrays.stream(all).boxed().toList();
  }
}
