// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The accuracies that functions of arrays state, against sums of 50 digits made here: scores and
 * weights close together, as usual, far apart, and so far that some vanish.
 */
class DistributionAccuracyTest {
  private static final MathContext DIGITS = new MathContext(50);
  private static final double UNIT = 0x1p-53;
  private static final int[] LENGTHS = {1, 2, 5, 40};

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1, 30, 900})
  void scores(double spread) {
    Random random = new Random(3);
    for (int n : LENGTHS) {
      double[] x = random.doubles(n, -spread, spread).toArray();
      double largest = Arrays.stream(x).max().orElseThrow();
      double size = Arrays.stream(x).map(Math::abs).max().orElseThrow();
      BigDecimal sum = BigDecimal.ZERO;
      for (double each : x) {
        sum = sum.add(exp(new BigDecimal(each)));
      }
      double found = LogSumExp.of(x);
      assertThat(distance(found, ln(sum))).isLessThan(2 * Math.ulp(size) + n * UNIT);
      LogSumExpSum stream = new LogSumExpSum();
      Arrays.stream(x).forEach(stream::add);
      assertThat(distance(stream.value(), ln(sum))).isLessThan(2 * Math.ulp(size) + 4 * UNIT);
      double[] p = TemperedSoftmax.of(x);
      for (int i = 0; i < n; i++) {
        BigDecimal exact = exp(new BigDecimal(x[i])).divide(sum, DIGITS);
        if (exact.doubleValue() > Double.MIN_NORMAL) {
          double allowed = 4 * 2 * UNIT + 0.5 * Math.ulp(x[i] - largest) + n * UNIT;
          assertThat(distance(p[i], exact) / exact.doubleValue()).isLessThan(allowed);
        }
      }
      SoftmaxEntropySum entropy = new SoftmaxEntropySum();
      Arrays.stream(x).forEach(entropy::add);
      BigDecimal exact = ln(sum);
      for (double each : x) {
        BigDecimal score = new BigDecimal(each);
        exact = exact.subtract(exp(score).multiply(score).divide(sum, DIGITS));
      }
      assertThat(distance(entropy.value(), exact))
          .isLessThanOrEqualTo(1e-14 * exact.abs().doubleValue() + 1e-40);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1, 30, 600})
  void weights(double spread) {
    Random random = new Random(4);
    for (int n : LENGTHS) {
      double[] weights = random.doubles(n, -spread, 0).map(Math::exp).toArray();
      BigDecimal sum = BigDecimal.ZERO;
      for (double weight : weights) {
        sum = sum.add(new BigDecimal(weight));
      }
      BigDecimal[] p = new BigDecimal[n];
      BigDecimal entropy = BigDecimal.ZERO;
      for (int i = 0; i < n; i++) {
        p[i] = new BigDecimal(weights[i]).divide(sum, DIGITS);
        entropy = entropy.subtract(p[i].multiply(ln(p[i])));
      }
      double ulps = 2 * UNIT * Math.abs(entropy.doubleValue());
      assertThat(distance(Entropy.of(weights), entropy))
          .isLessThanOrEqualTo((4 + n / 4.0) * ulps + 1e-40);
      for (double order : new double[] {0.5, 0.9, 1.125, 2, 7}) {
        BigDecimal powers = BigDecimal.ZERO;
        for (BigDecimal each : p) {
          powers = powers.add(exp(ln(each).multiply(new BigDecimal(order))));
        }
        BigDecimal exact = ln(powers).divide(new BigDecimal(1 - order), DIGITS);
        assertThat(distance(Entropy.renyi(weights, order), exact))
            .as("order %s of %d", order, n)
            .isLessThan((16 + n) * UNIT);
      }
    }
  }

  private static double distance(double found, BigDecimal exact) {
    return new BigDecimal(found).subtract(exact).abs().doubleValue();
  }

  /** By halving until the series of 30 terms has 50 digits, then squaring. */
  private static BigDecimal exp(BigDecimal x) {
    int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 4);
    MathContext more = new MathContext(DIGITS.getPrecision() + halvings);
    BigDecimal small = x.divide(BigDecimal.valueOf(2).pow(halvings), more);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int k = 1; k <= 32; k++) {
      term = term.multiply(small, more).divide(BigDecimal.valueOf(k), more);
      sum = sum.add(term, more);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, more);
    }
    return sum.round(DIGITS);
  }

  /** Newton's steps from the double, each of which doubles the digits. */
  private static BigDecimal ln(BigDecimal y) {
    int scale = y.precision() - y.scale();
    double start = Math.log(y.movePointLeft(scale).doubleValue()) + scale * Math.log(10);
    BigDecimal x = new BigDecimal(start);
    for (int i = 0; i < 2; i++) {
      BigDecimal ratio = y.multiply(exp(x.negate()), DIGITS);
      x = x.add(ratio.subtract(BigDecimal.ONE), DIGITS);
      // One more order: ln(1 + r) = r - r^2 / 2 + ...
      BigDecimal r = ratio.subtract(BigDecimal.ONE);
      x = x.subtract(r.multiply(r, DIGITS).divide(BigDecimal.valueOf(2), DIGITS), DIGITS);
    }
    return x;
  }
}
