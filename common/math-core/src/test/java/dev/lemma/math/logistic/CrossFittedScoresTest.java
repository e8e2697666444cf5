// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowKeyHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossFittedScoresTest {
  private static final int FOLDS = 5;

  private record Row(RowKey key, int fold, int label, double weight, double[] scores) {}

  /**
   * Rows of K classes with log-odds eta and labels drawn from them; candidate 0 scores (eta - t) /
   * s, so that s and t calibrate it, candidate 1 scores eta.
   */
  private static List<Row> rows(int n, int classes, double s, double[] t, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] scores = new double[2 * classes];
      double[] shares = new double[classes];
      for (int k = 0; k < classes; k++) {
        double eta = 1.5 * random.nextGaussian();
        scores[k] = (eta - t[k]) / s;
        scores[classes + k] = eta;
        shares[k] = eta;
      }
      Softmax.inPlace(shares, classes);
      double u = random.nextDouble();
      int label = 0;
      while (label < classes - 1 && u >= shares[label]) {
        u -= shares[label++];
      }
      RowKey key = new RowKeyHasher().addLong(i).key();
      rows.add(new Row(key, FoldMoments.foldOf(key, FOLDS), label, 1, scores));
    }
    return rows;
  }

  private static <S extends CrossFittedScores> S filled(S scores, List<Row> rows) {
    for (Row row : rows) {
      scores.add(row.key, row.fold, row.label, row.weight, row.scores);
    }
    return scores;
  }

  private static CrossFitShape shape(int classes) {
    return new CrossFitShape(2, FOLDS, classes);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void recoversScaleAndOffsetsAndKeepsWhatIsCalibrated(int classes) {
    double[] t = new double[classes];
    for (int k = 1; k < classes; k++) {
      t[k] = 0.3 * k - 1;
    }
    CrossFittedScores scores =
        filled(CrossFittedScores.of(shape(classes), 0), rows(20_000, classes, 0.4, t, 3));
    List<CandidateAssessment> found = scores.assess(WeightSemantics.IMPORTANCE);
    CandidateAssessment off = found.get(0);
    assertThat(off.isCalibrated()).isTrue();
    assertThat(off.calibration().scale()).isCloseTo(0.4, within(0.02));
    // A standard error is about 0.02 sqrt(K); for ten classes 0.045.
    assertThat(off.calibration().offsets()).containsExactly(t, within(0.2));
    CandidateAssessment right = found.get(1);
    assertThat(right.fit().calibration().scale()).isCloseTo(1, within(0.05));
    assertThat(Math.abs(right.gain())).isLessThan(1e-3);
    assertThat(off.meanLoss()).isCloseTo(right.meanLoss(), within(1e-3));
    assertThat(Arrays.stream(off.losses()).min().orElseThrow()).isGreaterThan(off.meanLoss() + 0.2);
  }

  /**
   * Every part of the cross-fitting against its definition: plain fits on the rows of the other
   * folds, plain means over the rows of one.
   */
  @Test
  void heldOutLossesAreThoseOfTheOtherFoldsCalibration() {
    List<Row> rows = rows(400, 2, 0.5, new double[] {0, 1}, 5);
    CandidateAssessment found =
        filled(CrossFittedScores.of(shape(2), 0), rows).assess(WeightSemantics.IMPORTANCE).get(0);
    double gain = 0;
    double squares = 0;
    for (int f = 0; f < FOLDS; f++) {
      ScoreSummary others = new ScoreSummary();
      double loss = 0;
      double calibrated = 0;
      int count = 0;
      for (Row row : rows) {
        if (row.fold != f) {
          others.add(row.scores[1] - row.scores[0], row.label, 1);
        }
      }
      Calibration calibration =
          CalibrationFit.of(List.of(others.groups()), WeightSemantics.IMPORTANCE).calibration();
      for (Row row : rows) {
        if (row.fold == f) {
          double z = row.scores[1] - row.scores[0];
          double before = LogLoss.of(z, row.label);
          double after = LogLoss.of(calibration.scale() * z + calibration.logitOffset(), row.label);
          loss += before;
          calibrated += after;
          gain += before - after;
          squares += (before - after) * (before - after);
          count++;
        }
      }
      assertThat(found.foldWeights()[f]).isEqualTo(count);
      assertThat(found.losses()[f]).isCloseTo(loss / count, within(1e-12));
      assertThat(found.calibratedLosses()[f]).isCloseTo(calibrated / count, within(1e-9));
    }
    assertThat(found.gain()).isCloseTo(gain / 400, within(1e-9));
    assertThat(found.gainError())
        .isCloseTo(Math.sqrt((squares / 400 - gain * gain / 160_000) / 400), within(1e-9));
  }

  /** The two ways agree where both apply: two classes, all rows in the sample. */
  @Test
  void twoClassesAreTheSameEitherWay() {
    List<Row> rows = rows(1500, 2, 0.5, new double[] {0, 1}, 6);
    List<CandidateAssessment> binary =
        filled(new BinaryCrossFit(shape(2)), rows).assess(WeightSemantics.IMPORTANCE);
    List<CandidateAssessment> softmax =
        filled(new SoftmaxCrossFit(shape(2), 2000, 0), rows).assess(WeightSemantics.IMPORTANCE);
    for (int c = 0; c < 2; c++) {
      assertThat(softmax.get(c).losses()).containsExactly(binary.get(c).losses(), within(1e-12));
      assertThat(softmax.get(c).calibratedLosses())
          .containsExactly(binary.get(c).calibratedLosses(), within(1e-9));
      assertThat(softmax.get(c).gainError()).isCloseTo(binary.get(c).gainError(), within(1e-9));
      assertThat(softmax.get(c).fit().calibration().scale())
          .isCloseTo(binary.get(c).fit().calibration().scale(), within(1e-7));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"three", "four"})
  void softmaxCalibrationAgreesWithScipy(String name) {
    Map<String, Double> golden = GoldenScores.metrics(name);
    List<GoldenScores.Row> rows = GoldenScores.rows(name);
    int classes = rows.get(0).scores().length;
    SoftmaxCrossFit scores = new SoftmaxCrossFit(new CrossFitShape(1, 1, classes), rows.size(), 0);
    for (int i = 0; i < rows.size(); i++) {
      GoldenScores.Row row = rows.get(i);
      scores.add(new RowKey(i, i), 0, row.label(), row.weight(), row.scores());
    }
    CandidateAssessment found = scores.assess(WeightSemantics.IMPORTANCE).get(0);
    assertThat(found.losses()[0]).isCloseTo(golden.get("logLoss"), within(1e-13));
    assertThat(found.fit().converged()).isTrue();
    assertThat(found.fit().objective()).isCloseTo(golden.get("objective"), within(1e-9));
    assertThat(found.fit().calibration().scale()).isCloseTo(golden.get("scale"), within(1e-5));
    for (int k = 0; k < classes; k++) {
      assertThat(found.fit().calibration().offsets()[k])
          .isCloseTo(golden.get("offset" + k), within(1e-5));
    }
  }

  /** Beyond 256 classes the curvature is bounded instead of computed; the minimum is the same. */
  @Test
  void manyClassesReachTheSameMinimum() {
    int classes = SoftmaxObjective.MOST_CLASSES + 44;
    List<Row> rows = rows(3000, classes, 0.5, new double[classes], 8);
    SoftmaxCrossFit scores = new SoftmaxCrossFit(new CrossFitShape(2, FOLDS, classes), 500, 0);
    CandidateAssessment found = filled(scores, rows).assess(WeightSemantics.IMPORTANCE).get(0);
    assertThat(found.isCalibrated()).isTrue();
    assertThat(found.fit().converged()).isTrue();
    assertThat(found.calibration().scale()).isCloseTo(0.5, within(0.06));
    List<SampledRow> sampled = new ArrayList<>();
    rows.subList(0, 300)
        .forEach(row -> sampled.add(new SampledRow(row.fold, row.label, 1, row.scores)));
    SoftmaxObjective objective = new SoftmaxObjective(sampled, 0, classes, 300);
    DampedNewton.Outcome outcome = DampedNewton.minimise(objective, new double[classes]);
    double[] gradient = new double[classes];
    objective.model(outcome.point(), gradient, new double[classes]);
    assertThat(gradient).containsOnly(new double[] {0}, within(1e-4));
  }

  @Test
  void scoresThatSeparateTheClassesDoNotExplode() {
    for (int classes : new int[] {2, 3}) {
      CrossFittedScores scores = CrossFittedScores.of(new CrossFitShape(1, FOLDS, classes), 0);
      for (int i = 0; i < 60; i++) {
        double[] row = new double[classes];
        row[i % classes] = 4;
        scores.add(new RowKey(i, 0), i % FOLDS, i % classes, 1, row);
      }
      CandidateAssessment found = scores.assess(WeightSemantics.IMPORTANCE).get(0);
      assertThat(found.fit().converged()).isTrue();
      assertThat(found.fit().calibration().scale()).isBetween(1.0, 4.0);
      assertThat(found.meanLoss()).isLessThanOrEqualTo(0.04);
    }
  }

  /** Noise of a few rows is no reason to calibrate; the test fails where the gain is in-sample. */
  @Test
  void fewRowsAreLeftAloneMoreOftenThanNot() {
    int accepted = 0;
    for (int seed = 0; seed < 40; seed++) {
      CrossFittedScores scores =
          filled(CrossFittedScores.of(shape(2), 0), rows(60, 2, 1, new double[2], 100 + seed));
      accepted += scores.assess(WeightSemantics.IMPORTANCE).get(1).isCalibrated() ? 1 : 0;
    }
    assertThat(accepted).isLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void neitherOrderNorPartsLeaveATrace(int classes) {
    List<Row> rows = new ArrayList<>();
    Random weights = new Random(1);
    for (Row row : rows(30_000, classes, 0.7, new double[classes], 9)) {
      rows.add(new Row(row.key, row.fold, row.label, Math.exp(weights.nextGaussian()), row.scores));
    }
    CrossFittedScores whole = filled(empty(classes), rows);
    long[] state = whole.toLongs();
    for (int parts : new int[] {2, 7, 64}) {
      Collections.shuffle(rows, new Random(parts));
      CrossFittedScores merged = empty(classes);
      for (int part = 0; part < parts; part++) {
        List<Row> some = new ArrayList<>();
        for (int i = part; i < rows.size(); i += parts) {
          some.add(rows.get(i));
        }
        merged.merge(CrossFittedScores.of(filled(empty(classes), some).toLongs()));
      }
      assertThat(merged.toLongs()).isEqualTo(state);
      if (parts == 7) {
        assertThat(merged.assess(WeightSemantics.IMPORTANCE).get(0).meanLoss())
            .isEqualTo(whole.assess(WeightSemantics.IMPORTANCE).get(0).meanLoss());
      }
    }
  }

  private static CrossFittedScores empty(int classes) {
    return classes == 2
        ? new BinaryCrossFit(shape(2))
        : new SoftmaxCrossFit(shape(classes), 500, 0);
  }

  /** The losses themselves are exact however small the sample; only gains are estimated from it. */
  @Test
  void aSmallSampleStillGivesExactLosses() {
    List<Row> rows = rows(8000, 3, 0.5, new double[3], 10);
    CandidateAssessment all =
        filled(new SoftmaxCrossFit(shape(3), 8000, 0), rows)
            .assess(WeightSemantics.IMPORTANCE)
            .get(0);
    CandidateAssessment few =
        filled(new SoftmaxCrossFit(shape(3), 800, 0), rows)
            .assess(WeightSemantics.IMPORTANCE)
            .get(0);
    assertThat(few.losses()).isEqualTo(all.losses());
    assertThat(few.meanLoss()).isCloseTo(all.meanLoss(), within(5 * few.gainError()));
  }

  @Test
  void emptyFoldsAndLostRowsAreLeftOut() {
    for (int classes : new int[] {2, 3}) {
      CrossFittedScores scores = CrossFittedScores.of(new CrossFitShape(2, 3, classes), 0);
      double[] known = new double[2 * classes];
      double[] unknown = new double[2 * classes];
      unknown[1] = Double.NEGATIVE_INFINITY;
      double[] broken = new double[2 * classes];
      broken[0] = Double.NaN;
      scores.add(new RowKey(0, 0), 0, 0, 1, known);
      scores.add(new RowKey(1, 0), 2, 1, 3, known);
      scores.add(new RowKey(2, 0), 2, 1, 1, unknown);
      scores.add(new RowKey(3, 0), 2, 0, 1, broken);
      scores.add(new RowKey(4, 0), 1, 0, 0, broken);
      List<CandidateAssessment> found = scores.assess(WeightSemantics.IMPORTANCE);
      assertThat(found.get(0).lostRows()).isEqualTo(2);
      assertThat(found.get(1).lostRows()).isZero();
      assertThat(found.get(0).foldWeights()).containsExactly(1, 0, 3);
      assertThat(found.get(1).foldWeights()).containsExactly(1, 0, 5);
      assertThat(found.get(0).losses()[1]).isNaN();
      assertThat(found.get(0).meanLoss()).isCloseTo(Math.log(classes), within(1e-12));
      assertThat(CrossFittedScores.of(scores.toLongs()).assess(WeightSemantics.IMPORTANCE))
          .extracting(CandidateAssessment::lostRows)
          .containsExactly(2L, 0L);
    }
  }

  @Test
  void noRowsAndOneClassGiveTheIdentity() {
    CandidateAssessment none =
        CrossFittedScores.of(shape(2), 0).assess(WeightSemantics.IMPORTANCE).get(0);
    assertThat(none.meanLoss()).isNaN();
    assertThat(none.calibration()).isEqualTo(Calibration.identity(2));
    CrossFittedScores one = CrossFittedScores.of(new CrossFitShape(1, 2, 1), 0);
    one.add(new RowKey(0, 0), 0, 0, 1, new double[] {3});
    one.add(new RowKey(1, 0), 1, 0, 1, new double[] {5});
    CandidateAssessment certain = one.assess(WeightSemantics.FREQUENCY).get(0);
    assertThat(certain.meanLoss()).isZero();
    assertThat(certain.calibration()).isEqualTo(Calibration.identity(1));
  }

  @Test
  void refusesRowsAndStatesThatDoNotFit() {
    CrossFittedScores scores = CrossFittedScores.of(shape(2), 0);
    RowKey key = new RowKey(1, 2);
    assertThatThrownBy(() -> scores.add(key, 5, 0, 1, new double[4]))
        .hasMessage("the fold of a row must lie in 0 to 4, found 5");
    assertThatThrownBy(() -> scores.add(key, 0, 2, 1, new double[4]))
        .hasMessage("the class of a row must lie in 0 to 1, found 2");
    assertThatThrownBy(() -> scores.add(key, 0, 0, -1, new double[4]))
        .hasMessage("the weight of a row must be finite and at least 0, found -1.0");
    assertThatThrownBy(() -> scores.add(key, 0, 0, 1, new double[3]))
        .hasMessage("a row must have 4 scores, one for each candidate and class, found 3");
    assertThatThrownBy(() -> scores.merge(CrossFittedScores.of(new CrossFitShape(2, 4, 2), 0)))
        .hasMessageStartingWith("scores merge only when candidates, folds and classes agree");
    SoftmaxCrossFit three = new SoftmaxCrossFit(shape(3), 10, 0);
    assertThatThrownBy(() -> three.merge(new SoftmaxCrossFit(shape(3), 10, 1)))
        .hasMessageStartingWith("samples merge only when purpose, seed and size agree");
    assertThatThrownBy(() -> new CrossFitShape(1, 0, 2))
        .hasMessage("candidates, folds and classes must be at least 1, found 1, 0 and 2");
    for (long[] state : new long[][] {{}, {7}, {2, 1}, {2, 1, 1, 0}, {3, 1, 1, 2, 5, 0, 1}}) {
      assertThatThrownBy(() -> CrossFittedScores.of(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not the state of");
    }
  }
}
