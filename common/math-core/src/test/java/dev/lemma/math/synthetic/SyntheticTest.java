// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.SparseRow;
import org.junit.jupiter.api.Test;

/**
 * Moments of the generated rows against the truth that they state; bounds at six standard errors,
 * seeds fixed.
 */
class SyntheticTest {
  @Test
  void classMeansAndLogitsAreWhatTheyAreSaidToBe() {
    GaussianClasses data = new GaussianClasses(7, 5, 3, 2.0, 100.0);
    int n = 60_000;
    double[][] sums = new double[3][5];
    int[] counts = new int[3];
    double[] x = new double[5];
    for (int i = 0; i < n; i++) {
      int label = data.row(i, x);
      assertThat(label).isEqualTo(data.label(i));
      counts[label]++;
      for (int j = 0; j < 5; j++) {
        sums[label][j] += x[j];
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat((double) counts[c] / n).isCloseTo(1 / 3.0, within(6 * Math.sqrt(2 / 9.0 / n)));
      double[] mean = data.mean(c);
      for (int j = 0; j < 5; j++) {
        assertThat(sums[c][j] / counts[c]).isCloseTo(mean[j], within(6 / Math.sqrt(counts[c])));
      }
      // W_c' mu_c = mu_c' Sigma^-1 mu_c = -2 offset, in exact arithmetic.
      double dot = 0;
      for (int j = 0; j < 5; j++) {
        dot += data.weights(c)[j] * mean[j];
      }
      assertThat(dot).isCloseTo(-2 * data.offset(c), within(1e-12 * Math.abs(dot)));
    }
  }

  @Test
  void weightsPredictTheClassLogits() {
    // By Bayes' rule the log odds of class 1 have slope 1 in the true logit; a wrong inverse
    // covariance bends it.
    GaussianClasses data = new GaussianClasses(3, 4, 2, 1.0, 10.0);
    double[] w0 = data.weights(0);
    double[] w1 = data.weights(1);
    double predicted = 0;
    double seen = 0;
    double variance = 0;
    double[] x = new double[4];
    for (int i = 0; i < 40_000; i++) {
      int label = data.row(i, x);
      double logit = data.offset(1) - data.offset(0);
      for (int j = 0; j < 4; j++) {
        logit += (w1[j] - w0[j]) * x[j];
      }
      double p = 1 / (1 + Math.exp(-logit));
      predicted += p * logit;
      seen += label * logit;
      variance += p * (1 - p) * logit * logit;
    }
    assertThat(seen).isCloseTo(predicted, within(6 * Math.sqrt(variance)));
  }

  @Test
  void lowRankDirectionsAreOrthonormalAndCarryTheVariance() {
    LowRank data = new LowRank(1, 40, 5, 0.5, 0.01);
    int n = 20_000;
    double[] x = new double[40];
    double[] energy = new double[5];
    for (int i = 0; i < n; i++) {
      data.row(i, x);
      for (int r = 0; r < 5; r++) {
        double dot = dot(x, data.direction(r));
        energy[r] += dot * dot;
      }
    }
    for (int r = 0; r < 5; r++) {
      for (int q = 0; q <= r; q++) {
        assertThat(dot(data.direction(r), data.direction(q)))
            .isCloseTo(r == q ? 1 : 0, within(1e-14));
      }
      double variance = data.scales()[r] * data.scales()[r] + 1e-4;
      assertThat(energy[r] / n).isCloseTo(variance, within(6 * variance * Math.sqrt(2.0 / n)));
    }
  }

  @Test
  void sparseRowsFollowTheLawOfRanks() {
    SparseZipf data = new SparseZipf(5, 1000, 20, 3);
    SparseRow row = new SparseRow();
    int n = 20_000;
    double first = 0;
    for (int i = 0; i < n; i++) {
      data.row(i, row);
      double total = 0;
      long before = -1;
      for (int e = 0; e < row.size(); e++) {
        assertThat(row.ids()[e]).isGreaterThan(before).isLessThan(1000);
        before = row.ids()[e];
        total += row.values()[e];
        if (row.ids()[e] == 0) {
          first += row.values()[e];
        }
      }
      assertThat(total).isEqualTo(20);
    }
    double p = data.probability(0);
    assertThat(p).isCloseTo(0.1, within(1e-12));
    assertThat(first / (20.0 * n)).isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / (20.0 * n))));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new LowRank(0, 3, 4, 1, 0))
        .hasMessage("rank must lie in 1 to features = 3, found 4");
    assertThatThrownBy(() -> new GaussianClasses(0, 3, 2, 1, 0.5))
        .hasMessage("condition must be at least 1, found 0.5");
  }

  /** Pairs within three radii, against the chi-square laws; groups and clusters as numbered. */
  @Test
  void clustersHaveAsManyNearPairsAsTheySay() {
    DenseClusters data = new DenseClusters(2, 12, 11, 5, 0.5, 0.1);
    int n = 1500;
    double[][] rows = new double[n][12];
    for (int i = 0; i < n; i++) {
      data.row(i, rows[i]);
    }
    for (double radius : new double[] {data.radius(0.3), data.radius(0.999), 2.2}) {
      long pairs = 0;
      long inGroups = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          double square = 0;
          for (int f = 0; f < 12; f++) {
            double difference = rows[i][f] - rows[j][f];
            square += difference * difference;
          }
          if (square <= radius * radius) {
            pairs++;
            inGroups += data.group(i) == data.group(j) ? 1 : 0;
          }
        }
      }
      // Pairs of a group, or of two clusters' centres, are not independent.
      assertThat(pairs / data.pairsWithin(radius, n)).isCloseTo(1, within(0.1));
      if (radius < 1) {
        assertThat(inGroups).isGreaterThan((long) (0.99 * pairs));
      }
    }
    assertThat(data.pairsWithin(data.radius(0.999), n)).isBetween(7300.0, 7600.0);
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int j = 0; j < a.length; j++) {
      dot += a[j] * b[j];
    }
    return dot;
  }
}
