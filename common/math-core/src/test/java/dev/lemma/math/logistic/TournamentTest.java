// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TournamentTest {
  private static double[] numbers(String text) {
    return Arrays.stream(text.trim().split(" +")).mapToDouble(Double::parseDouble).toArray();
  }

  /**
   * The losses of two candidates on the folds, the second the simpler. The differences of the third
   * row are 0.1 +- 0.1 with F = 4: the error is sqrt(4/3 * 4 * (0.1 / 4)^2) = 0.0577; those of the
   * fourth 0.05 +- 0.1, below it. In the last two but one the fold with the difference weighs 0.1
   * or 0.9: 0.02 or 0.18, with the error 0.036.
   */
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4,             1 2 3 4,             1 1 1 1, 1, 1",
    "1 2 3 4,             1.1 2.1 3.1 4.1,     1 1 1 1, 0, 0",
    "1 2 3 4,             1.2 2 3.2 4,         1 1 1 1, 0, 0",
    "1 2 3 4,             1.15 1.95 3.15 3.95, 1 1 1 1, 0, 1",
    "1.1 2.1 3.1 4.1,     1 2 3 4,             1 1 1 1, 1, 1",
    "1 2 3 4,             1 2 3 9,             1 1 1 0, 1, 1",
    "1 2 3 NaN,           1.1 2.1 3.1 NaN,     1 1 1 0, 0, 0",
    "NaN 2 3 4,           1 2 3 4,             1 1 1 1, 1, 1",
    "1 2 3 4,             Infinity 0 0 0,      1 1 1 1, 0, 0",
    "1,                   1.1,                 7,       0, 0",
    "1,                   1,                   7,       1, 1",
    "1 1,                 1.2 1,               1 9,     0, 1",
    "1 1,                 1 1.2,               1 9,     0, 0",
    "1 1,                 1.2 0.99,            1 9,     0, 1"
  })
  void choosesTheSimplestWithinOneStandardError(
      String first, String second, String weights, int best, int chosen) {
    Tournament tournament =
        Tournament.among(
                new double[][] {numbers(first), numbers(second)},
                numbers(weights),
                new int[] {2, 1})
            .orElseThrow();
    assertThat(tournament.best()).isEqualTo(best);
    assertThat(tournament.chosen()).isEqualTo(chosen);
  }

  @Test
  void tellsMeansDifferencesAndErrors() {
    double[][] losses = {{1, 2, 3, 4}, {1.2, 2, 3.2, 4}};
    Tournament tournament =
        Tournament.among(losses, new double[] {1, 1, 1, 1}, new int[] {0, 1}).orElseThrow();
    assertThat(tournament.meanLosses()).containsExactly(new double[] {2.5, 2.6}, within(1e-15));
    assertThat(tournament.differences()).containsExactly(new double[] {0, 0.1}, within(1e-15));
    assertThat(tournament.standardErrors())
        .containsExactly(new double[] {0, Math.sqrt(4.0 / 3 * 4) * 0.1 / 4}, within(1e-15));
  }

  @Test
  void noCandidateWithALossIsNoChoice() {
    double[] weights = {1, 1};
    int[] one = {0};
    assertThat(Tournament.among(new double[][] {{Double.NaN, 1}}, weights, one)).isEmpty();
    assertThat(Tournament.among(new double[][] {{1, 1}}, new double[2], one)).isEmpty();
    assertThat(Tournament.among(new double[0][], weights, new int[0])).isEmpty();
    assertThatThrownBy(() -> Tournament.among(new double[][] {{1}}, weights, one))
        .hasMessage("a loss is needed for each of 2 folds, found 1 for candidate 0");
    assertThatThrownBy(() -> Tournament.among(new double[][] {{1, 1}}, weights, new int[2]))
        .hasMessage("a complexity is needed for each of 1 candidates, found 2");
  }

  @Test
  void aCandidateThatLostRowsIsOut() {
    CalibrationFit fit = new CalibrationFit(new Calibration(2, new double[2]), 0, 1, true);
    double[] weights = {1, 1};
    double[] bad = {2, 2};
    double[] good = {1, 1};
    CandidateAssessment whole = new CandidateAssessment(weights, bad, bad, 0, 0, fit, 0);
    CandidateAssessment lost = new CandidateAssessment(weights, good, good, 0, 0, fit, 1);
    assertThat(Tournament.among(List.of(lost, whole), new int[] {0, 1}).map(Tournament::chosen))
        .isEqualTo(Optional.of(1));
    assertThat(Tournament.among(List.of(lost, lost), new int[] {1, 0}).map(Tournament::chosen))
        .isEqualTo(Optional.of(1));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.05, true", "0.1, 0.1, false", "-0.1, 0.05, false", "0, 0, false"})
  void aCalibrationIsAcceptedWhenItGainsMoreThanOneStandardError(
      double gain, double error, boolean accepted) {
    Calibration fitted = new Calibration(2, new double[] {0, 1});
    CandidateAssessment assessment =
        new CandidateAssessment(
            new double[] {1, 3},
            new double[] {1, 2},
            new double[] {0.5, 1.5},
            gain,
            error,
            new CalibrationFit(fitted, 0, 1, true),
            0);
    assertThat(assessment.isCalibrated()).isEqualTo(accepted);
    assertThat(assessment.calibration()).isEqualTo(accepted ? fitted : Calibration.identity(2));
    assertThat(assessment.meanLoss()).isEqualTo(accepted ? 1.25 : 1.75);
    assertThat(assessment.chosenLosses())
        .isEqualTo(accepted ? assessment.calibratedLosses() : assessment.losses());
  }
}
