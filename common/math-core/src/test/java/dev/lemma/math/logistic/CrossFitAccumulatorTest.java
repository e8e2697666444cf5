// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.PlainGemm;
import dev.lemma.math.random.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossFitAccumulatorTest {
  private static final int FOLDS = 3;
  private static final int FEATURES = 20;

  private final SplittableRandom random = new SplittableRandom(1);
  private final double[][] rows = new double[500][FEATURES];
  private final int[] labels = new int[rows.length];
  private final double[] shift = new double[FEATURES];

  private void draw(int classes) {
    shift[4] = 1e6;
    for (int i = 0; i < rows.length; i++) {
      labels[i] = random.nextInt(classes);
      for (int j = 0; j < FEATURES; j++) {
        rows[i][j] = random.nextInt(10) == 0 ? random.nextDouble() - 0.5 : 0;
      }
      rows[i][4] = 1e6 + random.nextInt(8) / 8.0;
    }
  }

  /** By fold, two models each. */
  private List<List<LinearModel>> models(int classes) {
    List<List<LinearModel>> byFold = new ArrayList<>();
    for (int f = 0; f < FOLDS; f++) {
      byFold.add(List.of(model(classes), model(classes)));
    }
    return byFold;
  }

  private LinearModel model(int classes) {
    double[] slopes = new double[classes * FEATURES];
    double[] intercepts = new double[classes];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = random.nextDouble() - 0.5;
    }
    for (int k = 0; k < classes; k++) {
      intercepts[k] = -1e6 * slopes[k * FEATURES + 4];
    }
    return LinearModel.of(intercepts, slopes);
  }

  private CrossFittedScores accumulate(CrossFitPlan plan, boolean fast, boolean sparse) {
    CrossFitAccumulator accumulator =
        fast ? CrossFitAccumulator.fast(plan, new PlainGemm()) : CrossFitAccumulator.exact(plan);
    for (int i = 0; i < rows.length; i++) {
      RowKey key = new RowKey(i, i);
      if (!sparse) {
        accumulator.add(key, i % FOLDS, labels[i], 1 + i % 2, rows[i], 0);
        continue;
      }
      int[] columns = new int[FEATURES];
      double[] values = new double[FEATURES];
      int count = 0;
      for (int j = 0; j < FEATURES; j++) {
        if (rows[i][j] != 0) {
          columns[count] = j;
          values[count++] = rows[i][j];
        }
      }
      accumulator.add(key, i % FOLDS, labels[i], 1 + i % 2, columns, values, count);
    }
    return accumulator.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void everyRowIsScoredByTheModelsOfItsOwnFold(int classes) {
    draw(classes);
    List<List<LinearModel>> models = models(classes);
    CrossFitPlan plan = CrossFitPlan.of(models, shift, 0);
    double[][] losses = new double[2][FOLDS];
    double[] weights = new double[FOLDS];
    double[] scores = new double[classes];
    for (int i = 0; i < rows.length; i++) {
      weights[i % FOLDS] += 1 + i % 2;
      for (int c = 0; c < 2; c++) {
        models.get(i % FOLDS).get(c).scores(rows[i], scores);
        losses[c][i % FOLDS] += (1 + i % 2) * Softmax.loss(scores, classes, labels[i]);
      }
    }
    for (boolean fast : new boolean[] {false, true}) {
      List<CandidateAssessment> found =
          accumulate(plan, fast, false).assess(WeightSemantics.IMPORTANCE);
      for (int c = 0; c < 2; c++) {
        for (int f = 0; f < FOLDS; f++) {
          // Scores of the models themselves lose 1e6 ulps of their slopes to the offset.
          assertThat(found.get(c).losses()[f]).isCloseTo(losses[c][f] / weights[f], within(1e-9));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theEncodingChangesNoBitOfExactScores(int classes) {
    draw(classes);
    CrossFitPlan plan = CrossFitPlan.of(models(classes), shift, 0);
    assertThat(accumulate(plan, false, true).toLongs())
        .isEqualTo(accumulate(plan, false, false).toLongs());
  }
}
