// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreSummaryTest {
  private record Row(double score, int label, double weight) {}

  /** Normal scores of two classes; where weighted, exponential weights. */
  private static List<Row> rows(
      int n, double share, double spread, double shift, boolean weighted) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int label = random.nextDouble() < share ? 1 : 0;
      double score = spread * (random.nextGaussian() + (label == 1 ? 1 : 0)) + shift;
      double weight = weighted ? -Math.log(1 - random.nextDouble()) : 1;
      rows.add(new Row(score, label, weight));
    }
    return rows;
  }

  private static ScoreSummary summary(List<Row> rows) {
    ScoreSummary summary = new ScoreSummary();
    rows.forEach(row -> summary.add(row.score, row.label, row.weight));
    return summary;
  }

  /** The same rows as if a summary could hold them all. */
  private static ScoreGroups oneByOne(List<Row> rows) {
    double squares = rows.stream().mapToDouble(row -> row.weight * row.weight).sum();
    return ScoreGroups.ofRows(
        rows.stream()
            .map(row -> new ScoreSummary.HeldRow(row.score, row.label, row.weight))
            .sorted()
            .toArray(ScoreSummary.HeldRow[]::new),
        squares);
  }

  /**
   * The histogram against the rows themselves: Gaussian scores, rare classes, scores of very small
   * and very large spread, ties, weights.
   */
  @ParameterizedTest
  @CsvSource({
    "0.5, 1, -0.5, false",
    "0.03, 3, -4, false",
    "0.3, 0.01, 0, false",
    "0.2, 40, 7, true",
    "0.02, 1, -4, true",
    "0.5, 1e-4, 0.3, false"
  })
  void theHistogramCostsNextToNothing(double share, double spread, double shift, boolean weighted) {
    List<Row> rows = rows(60_000, share, spread, shift, weighted);
    ScoreGroups exact = oneByOne(rows);
    ScoreGroups binned = summary(rows).groups();
    assertThat(binned.size()).isLessThan(exact.size() / 2);
    assertThat(binned.effectiveRows()).isCloseTo(exact.effectiveRows(), within(1e-6));
    for (double[] st : new double[][] {{1, 0}, {0.2, 2}, {5, -5}, {1, 5}, {0.01, -1}}) {
      double expected = exact.rescaled(st[0], st[1]).logLoss();
      assertThat(binned.rescaled(st[0], st[1]).logLoss())
          .describedAs("log-loss at s = %s, t = %s", st[0], st[1])
          .isCloseTo(expected, within(1e-8 * Math.max(1, expected)));
      assertThat(binned.rescaled(st[0], st[1]).brier())
          .isCloseTo(exact.rescaled(st[0], st[1]).brier(), within(1e-8));
    }
    RankingCurve curve = RankingCurve.of(exact);
    RankingCurve found = RankingCurve.of(binned);
    assertThat(found.auc()).isCloseTo(curve.auc(), within(found.aucErrorBound()));
    assertThat(found.averagePrecision())
        .isCloseTo(curve.averagePrecision(), within(found.averagePrecisionErrorBound()));
    assertThat(curve.ks()).isBetween(found.ks() - 1e-12, found.ks() + found.ksErrorBound());
    if (spread > 1e-3) {
      assertThat(found.aucErrorBound()).isLessThan(0.006);
      assertThat(found.auc()).isCloseTo(curve.auc(), within(2e-5));
      assertThat(found.averagePrecision()).isCloseTo(curve.averagePrecision(), within(2e-4));
    }
  }

  @Test
  void tiedScoresStayTiedInTheHistogram() {
    List<Row> rows = new ArrayList<>();
    for (Row row : rows(40_000, 0.4, 1, 0, false)) {
      rows.add(new Row(Math.rint(row.score * 8) / 8, row.label, 1));
    }
    RankingCurve exact = RankingCurve.of(oneByOne(rows));
    RankingCurve found = RankingCurve.of(summary(rows).groups());
    assertThat(found.auc()).isCloseTo(exact.auc(), within(1e-12));
    assertThat(found.aucErrorBound()).isZero();
    assertThat(found.averagePrecision()).isCloseTo(exact.averagePrecision(), within(1e-12));
    assertThat(found.ks()).isCloseTo(exact.ks(), within(1e-12));
  }

  @Test
  void thresholdsAtEdgesOfBinsAreExact() {
    List<Row> rows = rows(20_000, 0.4, 1, 0, false);
    for (Threshold threshold : ThresholdTable.of(summary(rows).groups()).spread(50)) {
      long taken =
          rows.stream().filter(row -> row.label == 1 && row.score >= threshold.logit()).count();
      assertThat(threshold.truePositives()).isEqualTo(taken);
    }
    // Scores that are edges themselves, on both sides of 0.
    for (double edge : new double[] {-2, -1, -0x1p-10, 0, 0x1p-10, 1, 1.5, 0x1p20}) {
      int bin = ScoreBins.binOf(ScoreBins.inside(edge));
      assertThat(ScoreBins.lower(bin)).isLessThanOrEqualTo(edge);
      if (edge < 0x1p20) {
        assertThat(ScoreBins.lower(bin)).isEqualTo(edge);
        assertThat(ScoreBins.binOf(Math.nextDown(edge))).isEqualTo(bin - 1);
      }
    }
    assertThat(ScoreBins.binOf(ScoreBins.inside(Double.NEGATIVE_INFINITY))).isZero();
    assertThat(ScoreBins.binOf(ScoreBins.inside(1e300))).isEqualTo(ScoreBins.BINS - 1);
  }

  /** Below and above the number of rows held singly, with weights of many sizes, 1 or both. */
  @ParameterizedTest
  @CsvSource({
    "300, 0",
    "4096, 0",
    "4097, 0",
    "20000, 0",
    "20000, 1",
    "20000, 0.999",
    "300, 0.5",
    "4097, 1"
  })
  void neitherOrderNorPartsLeaveATrace(int n, double ones) {
    List<Row> rows = new ArrayList<>(rows(n, 0.3, 2, 0.1, true));
    for (int i = 0; i < n; i++) {
      Row row = rows.get(i);
      rows.set(i, i < ones * n ? new Row(row.score, row.label, 1) : row);
    }
    long[] state = summary(rows).toLongs();
    for (int parts : new int[] {1, 2, 7, 64}) {
      Collections.shuffle(rows, new Random(parts));
      ScoreSummary merged = new ScoreSummary();
      for (int part = 0; part < parts; part++) {
        List<Row> some = new ArrayList<>();
        for (int i = part; i < n; i += parts) {
          some.add(rows.get(i));
        }
        merged.merge(ScoreSummary.of(summary(some).toLongs()));
      }
      assertThat(merged.toLongs()).isEqualTo(state);
    }
    assertThat(ScoreSummary.of(state).groups().logLoss())
        .isEqualTo(summary(rows).groups().logLoss());
  }

  /** Unit weights are counted; the same rows among others of weight 2 are summed. */
  @Test
  void countedRowsAreWorthWhatSummedOnesAre() {
    List<Row> rows = rows(20_000, 0.3, 2, 0.1, false);
    List<Row> twice = rows.stream().map(row -> new Row(row.score, row.label, 2)).toList();
    ScoreGroups counted = summary(rows).groups();
    ScoreGroups summed = summary(twice).groups();
    assertThat(counted.size()).isEqualTo(summed.size());
    for (int g = 0; g < counted.size(); g++) {
      for (int label = 0; label < 2; label++) {
        assertThat(2 * counted.weight(g, label)).isEqualTo(summed.weight(g, label));
        assertThat(counted.mean(g, label)).isEqualTo(summed.mean(g, label));
        assertThat(counted.variance(g, label)).isEqualTo(summed.variance(g, label));
      }
    }
    assertThat(counted.effectiveRows()).isEqualTo(20_000);
  }

  /** More rows in a cell than are counted, which no test can add one by one. */
  @Test
  void moreRowsThanAreCountedAreSummed() {
    long many = 1L << 30;
    int cell = ScoreBins.binOf(1.5);
    long[] state = {0, cell, many, many / 4, many / 16};
    ScoreBins bins = ScoreBins.of(state);
    assertThat(bins.toLongs()).isEqualTo(state);
    bins.merge(ScoreBins.of(state));
    ScoreBins other = ScoreBins.of(state);
    other.add(1.5, 0, 1);
    for (ScoreBins sums : List.of(bins, ScoreBins.of(bins.toLongs()))) {
      assertThat(sums.toLongs()[0]).isPositive();
      assertThat(sums.weight(0, cell)).isEqualTo(2.0 * many);
      assertThat(sums.first(0, cell)).isEqualTo(0.25);
      assertThat(sums.second(0, cell)).isEqualTo(0.0625);
    }
    assertThat(other.weight(0, cell)).isEqualTo(many + 1.0);
    assertThatThrownBy(() -> ScoreBins.of(new long[] {0, cell, many}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScoreBins.of(new long[] {0, cell, 1, 0, 0, cell, 1, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Parts put together by their groups against all rows in one summary. */
  @ParameterizedTest
  @ValueSource(ints = {500, 30_000})
  void theUnionOfGroupsHasTheMomentsOfAllRows(int n) {
    List<Row> rows = rows(n, 0.3, 2, 0.1, true);
    List<ScoreGroups> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      parts.add(summary(rows.subList(part * n / 3, (part + 1) * n / 3)).groups());
    }
    ScoreGroups all = summary(rows).groups();
    ScoreGroups union = GroupUnion.of(parts);
    assertThat(union.size()).isEqualTo(all.size());
    assertThat(union.effectiveRows()).isCloseTo(all.effectiveRows(), within(1e-6));
    for (int g = 0; g < all.size(); g++) {
      assertThat(union.lower(g)).isEqualTo(all.lower(g));
      assertThat(union.upper(g)).isEqualTo(all.upper(g));
      for (int label = 0; label < 2; label++) {
        double width = 1e-9 * (1 + Math.abs(all.mean(g, label)));
        assertThat(union.weight(g, label)).isCloseTo(all.weight(g, label), within(1e-9));
        if (all.weight(g, label) == 0) {
          continue;
        }
        assertThat(union.mean(g, label)).isCloseTo(all.mean(g, label), within(width));
        assertThat(union.variance(g, label)).isCloseTo(all.variance(g, label), within(width));
      }
    }
  }

  @Test
  void theLossKeepsItsDigits() {
    for (double z = 1e-6; z < 700; z *= 1.37) {
      double small = StrictMath.exp(-z);
      assertThat(LogLoss.of(z, 1)).isCloseTo(StrictMath.log1p(small), withinUlps(small, 8));
      assertThat(LogLoss.of(-z, 1)).isCloseTo(z + StrictMath.log1p(small), within(4e-16 * (1 + z)));
    }
    assertThat(LogLoss.of(0, 0)).isCloseTo(Math.log(2), within(1e-16));
    assertThat(LogLoss.of(Double.POSITIVE_INFINITY, 1)).isZero();
  }

  private static Offset<Double> withinUlps(double value, int ulps) {
    return within(ulps * Math.ulp(value));
  }

  @Test
  void countsWhatHasNoScore() {
    ScoreSummary summary = new ScoreSummary();
    summary.add(Double.NaN, 1, 1);
    summary.add(Double.NEGATIVE_INFINITY, 1, 1);
    summary.add(Double.POSITIVE_INFINITY, 0, 1);
    summary.add(Double.POSITIVE_INFINITY, 1, 1);
    summary.add(3, 0, 0);
    assertThat(summary.unscored()).isEqualTo(1);
    assertThat(summary.impossible()).isEqualTo(2);
    assertThat(summary.rows(0)).isEqualTo(1);
    assertThat(summary.rows(1)).isEqualTo(1);
    assertThat(summary.groups().totalWeight()).isEqualTo(1);
    assertThat(summary.groups().logLoss()).isZero();
    ScoreSummary read = ScoreSummary.of(summary.toLongs());
    assertThat(read.unscored()).isEqualTo(1);
    assertThat(read.impossible()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoRowAndNoState() {
    ScoreSummary summary = new ScoreSummary();
    assertThatThrownBy(() -> summary.add(0, 2, 1))
        .hasMessage("the class of a row must be 0 or 1, found 2");
    assertThatThrownBy(() -> summary.add(0, 1, -1))
        .hasMessage("the weight of a row must be finite and at least 0, found -1.0");
    assertThatThrownBy(() -> summary.add(0, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    for (long[] state :
        new long[][] {{}, {2, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 9}, {1, 0, 0, 0, 0, 1, 0, 2, 2, 0}}) {
      assertThatThrownBy(() -> ScoreSummary.of(state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not the state of");
    }
  }

  @Test
  void calibrationRecoversAKnownScaleAndOffset() {
    Random random = new Random(11);
    ScoreSummary summary = new ScoreSummary();
    for (int i = 0; i < 100_000; i++) {
      double z = 2 * random.nextGaussian();
      int label = random.nextDouble() < LogLoss.probability(0.5 * z - 1) ? 1 : 0;
      summary.add(z, label, 1);
    }
    CalibrationFit fit = CalibrationFit.of(List.of(summary.groups()), WeightSemantics.IMPORTANCE);
    // The standard errors here are 0.005 and 0.009.
    assertThat(fit.calibration().scale()).isCloseTo(0.5, within(0.02));
    assertThat(fit.calibration().logitOffset()).isCloseTo(-1, within(0.04));
    assertThat(fit.converged()).isTrue();
    assertThat(fit.calibration().apply(summary.groups()).logLoss())
        .isLessThan(summary.groups().logLoss());
  }

  @Test
  void twiceTheWeightIsTheRowTwiceWhereWeightsAreFrequencies() {
    ScoreSummary twice = new ScoreSummary();
    ScoreSummary doubled = new ScoreSummary();
    for (Row row : rows(200, 0.4, 1, 0, false)) {
      twice.add(row.score, row.label, 1);
      twice.add(row.score, row.label, 1);
      doubled.add(row.score, row.label, 2);
    }
    assertThat(CalibrationFit.of(List.of(doubled.groups()), WeightSemantics.FREQUENCY))
        .isEqualTo(CalibrationFit.of(List.of(twice.groups()), WeightSemantics.FREQUENCY));
  }
}
