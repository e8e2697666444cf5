// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import dev.lemma.math.linalg.PackedSymmetric;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.junit.jupiter.api.Test;

class VectorLawsTest {
  private static final int DRAWS = 40_000;
  private static final StreamKey KEY = StreamKey.of(20266, "test/vector-laws");
  private static final double[] MEAN = {1, -2, 0.5};
  private static final PackedSymmetric COVARIANCE =
      PackedSymmetric.fromDense(3, new double[] {4, 1.5, -0.6, 1.5, 1, -0.1, -0.6, -0.1, 0.3});

  @Test
  void gaussianVectorsHaveMeanAndCovariance() {
    checkMoments(MultivariateNormal.of(MEAN, COVARIANCE), 1, 2);
  }

  @Test
  void studentVectorsHaveWiderTails() {
    // Fourth moments: kurtosis of Student's law is 3 (nu - 2) / (nu - 4) times the Gaussian's.
    checkMoments(
        MultivariateStudent.of(12, MEAN, COVARIANCE), 12.0 / 10, 2 + 3 * (10.0 / 8 - 1) * 2);
  }

  private static void checkMoments(VectorLaw law, double scale, double spread) {
    double[] sums = new double[3];
    double[] products = new double[9];
    double[] x = new double[4];
    KeyedSource source = new KeyedSource(KEY);
    for (int i = 0; i < DRAWS; i++) {
      law.draw(source.at(0, i, 0), x, 1);
      for (int j = 0; j < 3; j++) {
        sums[j] += x[1 + j] - MEAN[j];
        for (int k = 0; k < 3; k++) {
          products[3 * j + k] += (x[1 + j] - MEAN[j]) * (x[1 + k] - MEAN[k]);
        }
      }
    }
    for (int j = 0; j < 3; j++) {
      double variance = scale * COVARIANCE.get(j, j);
      assertThat(Chance.meanFits(sums[j] / DRAWS, 0, Math.sqrt(variance / DRAWS))).isTrue();
      for (int k = 0; k < 3; k++) {
        double expected = scale * COVARIANCE.get(j, k);
        double error = Math.sqrt(spread * variance * scale * COVARIANCE.get(k, k) / DRAWS);
        assertThat(Chance.meanFits(products[3 * j + k] / DRAWS, expected, error)).isTrue();
      }
    }
  }

  @Test
  void distancesFollowTheirLaws() {
    MultivariateNormal normal = MultivariateNormal.of(MEAN, COVARIANCE);
    MultivariateStudent student = MultivariateStudent.of(5, MEAN, COVARIANCE);
    double[] squares = new double[DRAWS];
    double[] ratios = new double[DRAWS];
    double[] x = new double[3];
    KeyedSource source = new KeyedSource(KEY);
    double top = normal.logDensity(MEAN, 0);
    double studentTop = student.logDensity(MEAN, 0);
    for (int i = 0; i < DRAWS; i++) {
      normal.draw(source.at(1, i, 0), x, 0);
      squares[i] = 2 * (top - normal.logDensity(x, 0));
      student.draw(source.at(2, i, 0), x, 0);
      double logRatio = 2 * (studentTop - student.logDensity(x, 0)) / 8;
      ratios[i] = 5 * Math.expm1(logRatio) / 3;
    }
    assertThat(Chance.follows(squares, ChiSquaredDistribution.of(3)::cumulativeProbability))
        .isTrue();
    assertThat(Chance.follows(ratios, FDistribution.of(3, 5)::cumulativeProbability)).isTrue();
    assertThat(Chance.follows(ratios, FDistribution.of(3, 7)::cumulativeProbability)).isFalse();
  }

  // scipy 1.17: multivariate_normal and multivariate_t, logpdf at (0, 0, 0).
  @Test
  void densitiesAreNormalised() {
    double[] origin = new double[3];
    assertThat(MultivariateNormal.of(MEAN, COVARIANCE).logDensity(origin, 0))
        .isCloseTo(-13.798339750066003, within(1e-11));
    assertThat(MultivariateStudent.of(5, MEAN, COVARIANCE).logDensity(origin, 0))
        .isCloseTo(-8.95997597056069, within(1e-12));
  }

  @Test
  void dirichletComponentsAreBetas() {
    double[] concentration = {0.3, 2, 5};
    double[] first = new double[DRAWS];
    double[] last = new double[DRAWS];
    double[] p = new double[3];
    KeyedSource source = new KeyedSource(KEY);
    for (int i = 0; i < DRAWS; i++) {
      Dirichlet.draw(source.at(3, i, 0), concentration, p);
      first[i] = p[0];
      last[i] = p[2];
      assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-15));
    }
    assertThat(Chance.follows(first, BetaDistribution.of(0.3, 7)::cumulativeProbability)).isTrue();
    assertThat(Chance.follows(last, BetaDistribution.of(5, 2.3)::cumulativeProbability)).isTrue();
    Dirichlet.draw(source.at(4, 0, 0), new double[] {1e-8, 1e-8, 1e-8}, p);
    assertThat(p[0] + p[1] + p[2]).as("no 0 / 0 where gammas underflow").isEqualTo(1);
  }

  @Test
  void wishartMatricesHaveMeanAndVariance() {
    double degrees = 7.5;
    Wishart law = Wishart.of(degrees, COVARIANCE);
    double[] sums = new double[6];
    double[] corner = new double[DRAWS];
    KeyedSource source = new KeyedSource(KEY);
    for (int i = 0; i < DRAWS; i++) {
      PackedSymmetric w = law.draw(source.at(5, i, 0));
      for (int e = 0; e < 6; e++) {
        sums[e] += w.packed()[e];
      }
      corner[i] = w.get(0, 0) / COVARIANCE.get(0, 0);
    }
    for (int k = 0; k < 3; k++) {
      for (int j = 0; j <= k; j++) {
        double v = COVARIANCE.get(j, k);
        double variance = degrees * (v * v + COVARIANCE.get(j, j) * COVARIANCE.get(k, k));
        double mean = sums[PackedSymmetric.index(j, k)] / DRAWS;
        assertThat(Chance.meanFits(mean, degrees * v, Math.sqrt(variance / DRAWS))).isTrue();
      }
    }
    assertThat(Chance.follows(corner, ChiSquaredDistribution.of(degrees)::cumulativeProbability))
        .isTrue();
    assertThatThrownBy(() -> Wishart.of(2, COVARIANCE)).hasMessageContaining("above 2");
  }

  @Test
  void lawsNeedPositiveDefiniteMatrices() {
    PackedSymmetric singular = PackedSymmetric.fromDense(2, new double[] {1, 1, 1, 1});
    assertThatThrownBy(() -> MultivariateNormal.of(new double[2], singular))
        .hasMessage(
            "covariance: expected a positive definite matrix of order 2, found one that is not");
    assertThatThrownBy(() -> MultivariateStudent.of(5, new double[3], singular))
        .hasMessage("scale: expected order 3, found 2");
  }
}
