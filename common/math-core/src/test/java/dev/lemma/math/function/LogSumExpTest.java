// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSumExpTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double[] ONE_TWO_THREE = {1, 2, 3};

  @Test
  void valueAndBoundsAsInTheArticle() {
    double[] p = {.2, .3, .5};
    assertThat(LogSumExp.of(ONE_TWO_THREE)).isCloseTo(3.4076059644443806, within(1e-15));
    assertThat(LogSumExp.meanBound(ONE_TWO_THREE)).isCloseTo(3.09861228866811, within(1e-14));
    assertThat(LogSumExp.upperBound(ONE_TWO_THREE)).isCloseTo(4.09861228866811, within(1e-14));
    assertThat(LogSumExp.entropyBound(ONE_TWO_THREE, p))
        .isCloseTo(3.329653014064573, within(1e-14));
    assertThat(LogSumExp.renyiBound(ONE_TWO_THREE, p, 1.5)).isCloseTo(3.29742235, within(1e-8));
    assertThat(LogSumExp.renyiBound(ONE_TWO_THREE, p, 2)).isCloseTo(3.26758403, within(1e-8));
    assertThat(LogSumExp.renyiBound(ONE_TWO_THREE, p, 4)).isCloseTo(3.17610508, within(1e-8));
    assertThat(LogSumExp.renyiBound(ONE_TWO_THREE, p, 0.5)).isNaN();
    assertThat(LogSumExp.tempered(ONE_TWO_THREE, .1)).isCloseTo(3.000004540096028, within(1e-15));
    assertThatThrownBy(() -> LogSumExp.entropyBound(ONE_TWO_THREE, new double[2]))
        .hasMessage("weights of a log-sum-exp: expected 3, found 2");
  }

  @Test
  void softmaxAsInTheArticle() {
    assertThat(TemperedSoftmax.of(ONE_TWO_THREE))
        .containsExactly(new double[] {0.09003057, 0.24472847, 0.66524096}, within(1e-8));
    assertThat(TemperedSoftmax.of(ONE_TWO_THREE, 0.5))
        .containsExactly(TemperedSoftmax.of(new double[] {2, 4, 6}), within(1e-15));
    assertThat(TemperedSoftmax.of(new double[] {1, INFINITY, INFINITY})).containsExactly(0, .5, .5);
    assertThat(TemperedSoftmax.of(new double[] {-INFINITY, -INFINITY})).containsExactly(.5, .5);
    assertThat(TemperedSoftmax.of(new double[] {-INFINITY, 3})).containsExactly(0, 1);
    assertThat(TemperedSoftmax.of(new double[] {1, Double.NaN})).containsOnly(Double.NaN);
    assertThat(TemperedSoftmax.of(ONE_TWO_THREE, 0)).containsOnly(Double.NaN);
    assertThat(TemperedSoftmax.of(new double[0])).isEmpty();
    assertThat(TemperedSoftmax.of(new double[] {1e308, -1e308}, 1e-10)).containsExactly(1, 0);
  }

  @Test
  void specialValues() {
    double[][] cases = {
      {},
      {-INFINITY},
      {-INFINITY, -INFINITY},
      {INFINITY, INFINITY},
      {1, INFINITY, -INFINITY},
      {1, Double.NaN, INFINITY},
      {Double.NaN}
    };
    double[] expected = {
      -INFINITY, -INFINITY, -INFINITY, INFINITY, INFINITY, Double.NaN, Double.NaN
    };
    for (int i = 0; i < cases.length; i++) {
      assertThat(LogSumExp.of(cases[i])).as("case " + i).isEqualTo(Double.valueOf(expected[i]));
      assertThat(LogSumExp.tempered(cases[i], 2))
          .as("case " + i)
          .isEqualTo(Double.valueOf(expected[i]));
      assertThat(sum(cases[i]).value()).as("case " + i).isEqualTo(Double.valueOf(expected[i]));
    }
    assertThat(LogSumExp.tempered(ONE_TWO_THREE, -1)).isNaN();
    assertThat(LogSumExp.upperBound(new double[0])).isEqualTo(-INFINITY);
    assertThat(sum(ONE_TWO_THREE).upperBound()).isEqualTo(3 + Math.log(3));
  }

  private static LogSumExpSum sum(double... x) {
    LogSumExpSum sum = new LogSumExpSum();
    DoubleStream.of(x).forEach(sum::add);
    return sum;
  }

  private static SoftmaxEntropySum entropy(double... x) {
    SoftmaxEntropySum sum = new SoftmaxEntropySum();
    DoubleStream.of(x).forEach(sum::add);
    return sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 30, 300, 3e4, 1e10, 1e300})
  void partsInAnyOrderGiveEqualBits(double scale) {
    Random random = new Random(7);
    double[] x = random.doubles(500, -scale, scale).toArray();
    double value = sum(x).value();
    double entropy = entropy(x).value();
    assertThat(value).isCloseTo(LogSumExp.of(x), within(4 * Math.ulp(Math.max(1, scale))));
    for (int parts : new int[] {1, 2, 7, 64}) {
      LogSumExpSum[] sums = new LogSumExpSum[parts];
      SoftmaxEntropySum[] entropies = new SoftmaxEntropySum[parts];
      for (int i = 0; i < parts; i++) {
        sums[i] = new LogSumExpSum();
        entropies[i] = new SoftmaxEntropySum();
      }
      for (double each : x) {
        int part = random.nextInt(parts);
        sums[part].add(each);
        entropies[part].add(each);
      }
      LogSumExpSum merged = new LogSumExpSum();
      SoftmaxEntropySum mergedEntropy = new SoftmaxEntropySum();
      for (int i = parts - 1; i >= 0; i--) {
        merged.merge(LogSumExpSum.of(sums[i].toLongs()));
        mergedEntropy.merge(SoftmaxEntropySum.of(entropies[i].toLongs()));
      }
      assertThat(merged.count()).isEqualTo(500);
      assertThat(merged.value()).isEqualTo(value);
      assertThat(merged.value()).as("reading changes nothing").isEqualTo(value);
      assertThat(mergedEntropy.value()).isEqualTo(entropy);
      assertThat(merged.toLongs()).isEqualTo(sum(x).toLongs());
    }
  }

  @Test
  void streamsKeepSmallValues() {
    assertThat(sum(1e-20).value()).isEqualTo(1e-20);
    assertThat(sum(-745, -1e9, -745).value()).isEqualTo(-745 + Math.log(2));
    assertThat(sum(128.5, 127.5).value())
        .isCloseTo(LogSumExp.of(new double[] {128.5, 127.5}), within(3e-14));
    assertThat(sum(1e308, -1e308).value()).isEqualTo(1e308);
    assertThatThrownBy(() -> LogSumExpSum.of(new long[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SoftmaxEntropySum.of(new long[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void entropyOfASoftmaxIsThatOfItsProbabilities() {
    assertThat(entropy(ONE_TWO_THREE).value())
        .isCloseTo(Entropy.of(TemperedSoftmax.of(ONE_TWO_THREE)), within(3e-16));
    assertThat(entropy(1000, 1001, 1002).value())
        .isEqualTo(entropy(-1, 0, 1).value(), within(1e-15));
    // Two terms: H is about w (1 + 100) with w = e^-100, far below what a difference could give.
    assertThat(entropy(0, -100).value() / (101 * Math.exp(-100))).isCloseTo(1, within(1e-14));
    assertThat(entropy(130, 30).value() / (101 * Math.exp(-100))).isCloseTo(1, within(1e-14));
    assertThat(entropy(5).value()).isZero();
    assertThat(entropy(5, -INFINITY).value()).isZero();
    assertThat(entropy().value()).isNaN();
    assertThat(entropy(INFINITY).value()).isNaN();
    assertThat(entropy(1, Double.NaN).value()).isNaN();
  }

  @Test
  void taylorSoftmaxAsInTheArticle() {
    assertThat(TaylorSoftmax.of(2).probabilities(new double[] {-1, 0, 1, 2}))
        .containsExactly(new double[] {1 / 18.0, 1 / 9.0, 5 / 18.0, 5 / 9.0}, within(1e-16));
    int[] orders = {2, 4, 6, 8, 10};
    double[] places = {-1, -1.5960716380, -2.1806071240, -2.7590027100, -3.3335514853};
    double[] values = {.5, .2703947652, .1493248417, .0832715202, .0466991136};
    for (int i = 0; i < orders.length; i++) {
      TaylorSoftmax plain = TaylorSoftmax.of(orders[i]);
      TaylorSoftmax monotone = TaylorSoftmax.monotone(orders[i]);
      assertThat(plain.minimizer()).isCloseTo(places[i], within(2e-9));
      assertThat(plain.polynomial(plain.minimizer())).isCloseTo(values[i], within(1e-10));
      assertThat(monotone.polynomial(-50)).isCloseTo(values[i], within(1e-10));
      assertThat(monotone.polynomial(1)).isEqualTo(plain.polynomial(1));
      assertThat(monotone.derivative(-50)).isZero();
      assertThat(plain.derivative(-50)).isNegative();
    }
    assertThatThrownBy(() -> TaylorSoftmax.of(3))
        .hasMessage("order of a Taylor softmax: expected an even number from 2 to 100, found 3");
  }

  @Test
  void taylorSoftmaxOfHugeAndSpecialScores() {
    TaylorSoftmax six = TaylorSoftmax.of(6);
    assertThat(six.probabilities(new double[0])).isEmpty();
    assertThat(six.probabilities(new double[] {1e200, -1e200, 5e199}))
        .containsExactly(new double[] {64 / 129.0, 64 / 129.0, 1 / 129.0}, within(1e-12));
    assertThat(six.probabilities(new double[] {INFINITY, -INFINITY, 1})).containsExactly(.5, .5, 0);
    assertThat(TaylorSoftmax.monotone(6).probabilities(new double[] {INFINITY, -INFINITY, 1}))
        .containsExactly(1, 0, 0);
    assertThat(six.probabilities(new double[] {0, Double.NaN})).containsOnly(Double.NaN);
    assertThat(TaylorSoftmax.of(100).probabilities(new double[] {2e4, 1e4, -3}))
        .containsExactly(new double[] {1, 0, 0}, within(1e-25));
  }
}
