// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.function.EntropyNormalization.Outcome;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntropyNormalizerTest {
  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    // The three on which the article's iteration fails.
    ".95 .03 .02, 1.0, 0.2440673358, 1e-10",
    ".99 .006 .004, 0.9, 0.2407988063, 1e-10",
    ".26 .25 .245 .245, 0.3, 76.3114, 1e-4",
    ".5 .25 .125 .125, 1.0, 1.5632218666596, 1e-11",
    ".5 .25 .125 .125, 0.5, 2.9366663256672, 1e-11",
    ".5 .25 .125 .125, 1.3, 0.7001551189990, 1e-11",
    ".4 .3 .2 .1, 0.05, 16.46785171412, 1e-9"
  })
  void exponentsAsInTheArticle(String weights, double target, double exponent, double tolerance) {
    EntropyNormalization found = EntropyNormalizer.normalize(numbers(weights), target);
    assertThat(found.outcome()).isEqualTo(Outcome.REACHED);
    assertThat(found.exponent()).isCloseTo(exponent, within(tolerance));
    assertThat(Entropy.of(found.probabilities())).isCloseTo(target, within(1e-12));
    assertThat(Arrays.stream(found.probabilities()).sum()).isCloseTo(1, within(1e-15));
    assertThat(found.iterations()).isLessThan(25);
  }

  @Test
  void theFirstCounterExampleKeepsItsOrder() {
    assertThat(EntropyNormalizer.normalize(numbers(".95 .03 .02"), 1).probabilities())
        .containsExactly(numbers("0.54944457 0.23641546 0.21413997"), within(1e-8));
  }

  /** Steps of p, p^g, ...: g = 1 + (target - H) / (H^2 - E[(ln p)^2]). */
  @Test
  void thePlainIterationStepsAsInTheArticle() {
    double[] p = numbers(".5 .25 .125 .125");
    double[] steps = new double[3];
    double[] entropies = new double[3];
    for (int i = 0; i < steps.length; i++) {
      double step = plainStep(p, 1);
      p = Arrays.stream(p).map(w -> Math.pow(w, step)).toArray();
      steps[i] = step;
      entropies[i] = Entropy.of(p);
    }
    assertThat(steps).containsExactly(numbers("1.644869 .950467 .999890"), within(1e-6));
    assertThat(entropies).containsExactly(numbers(".96665557 .99993029 .999999999"), within(1e-8));
    // What it does to the counter-examples: a first step of 1811, and an order turned round.
    assertThat(plainStep(numbers(".26 .25 .245 .245"), 0.3)).isCloseTo(1811, within(0.5));
    double[] turned =
        Arrays.stream(numbers(".95 .03 .02")).map(w -> Math.pow(w, -0.3051)).toArray();
    assertThat(Entropy.of(turned)).isCloseTo(1, within(1e-5));
  }

  private static double plainStep(double[] weights, double target) {
    double sum = Arrays.stream(weights).sum();
    double squares =
        Arrays.stream(weights).map(w -> w / sum * Math.log(w / sum) * Math.log(w / sum)).sum();
    double entropy = Entropy.of(weights);
    return 1 + (target - entropy) / (entropy * entropy - squares);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 100, 1000, 100_000})
  void everyReachableEntropyIsReachedAndOrderKept(int n) {
    Random random = new Random(n);
    for (double spread : new double[] {1e-6, 0.1, 1, 30, 600}) {
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        weights[i] = Math.exp(-spread * random.nextDouble());
      }
      // Two of them tie, at the top for one of the spreads.
      weights[n - 1] = spread == 0.1 ? 1 : weights[0];
      weights[0] = weights[n - 1];
      double largest = Arrays.stream(weights).max().orElseThrow();
      double low = Math.log(Arrays.stream(weights).filter(w -> w == largest).count());
      double high = Math.log(n);
      if (low == high) {
        continue;
      }
      double[] shares =
          n > 10_000 ? new double[] {0.3} : numbers("1e-9 0.001 0.2 0.5 0.9 0.9999 0.999999999");
      for (double share : shares) {
        double target = low + share * (high - low);
        EntropyNormalization found = EntropyNormalizer.normalize(weights, target);
        assertThat(found.outcome()).isEqualTo(Outcome.REACHED);
        assertThat(Entropy.of(found.probabilities()))
            .as("n %d, spread %s, share %s, g %s", n, spread, share, found.exponent())
            .isCloseTo(target, within(1e-12));
        assertThat(found.exponent()).isPositive();
        assertThat(found.iterations()).isLessThan(60);
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(weights[i], weights[j]));
        for (int i = 1; i < n; i++) {
          assertThat(found.probabilities()[order[i]])
              .isGreaterThanOrEqualTo(found.probabilities()[order[i - 1]]);
        }
      }
    }
  }

  @Test
  void limitsAndWhatCannotBe() {
    double[] weights = {4, 4, 1, 0};
    expect(weights, Math.log(3), Outcome.REACHED, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0);
    expect(weights, Math.log(2), Outcome.REACHED, .5, .5, 0, 0);
    expect(weights, 2, Outcome.ABOVE, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0);
    expect(weights, 0.5, Outcome.BELOW, .5, .5, 0, 0);
    expect(new double[] {2, 2}, Math.log(2), Outcome.REACHED, .5, .5);
    expect(new double[] {3}, 0, Outcome.REACHED, 1);
    expect(new double[] {3, Double.MIN_VALUE}, 0, Outcome.REACHED, 1, 0);
    expect(new double[0], 0, Outcome.NO_DISTRIBUTION);
    expect(new double[] {0, 0}, 0, Outcome.NO_DISTRIBUTION, Double.NaN, Double.NaN);
    expect(new double[] {1, -1}, 0, Outcome.NO_DISTRIBUTION, Double.NaN, Double.NaN);
    expect(new double[] {1}, Double.NaN, Outcome.NO_DISTRIBUTION, Double.NaN);
  }

  private static void expect(
      double[] weights, double target, Outcome outcome, double... probabilities) {
    EntropyNormalization found = EntropyNormalizer.normalize(weights, target);
    assertThat(found.outcome()).isEqualTo(outcome);
    assertThat(found.probabilities()).isEqualTo(probabilities);
  }

  @Test
  void entropies() {
    double[] p = {.5, .25, .125, .125};
    assertThat(Entropy.of(p)).isCloseTo(1.2130075659799042, within(3e-16));
    assertThat(Entropy.of(new double[] {4, 2, 1, 1})).isEqualTo(Entropy.of(p));
    assertThat(Entropy.of(new double[] {1, 1e-20}) / (1e-20 * (1 + 20 * Math.log(10))))
        .isCloseTo(1, within(1e-14));
    assertThat(Entropy.of(new double[] {1e308, 1e308})).isEqualTo(Math.log(2));
    assertThat(Entropy.renyi(p, 0)).isCloseTo(Math.log(4), within(3e-16));
    assertThat(Entropy.renyi(p, 1)).isEqualTo(Entropy.of(p));
    assertThat(Entropy.renyi(p, 2)).isCloseTo(-Math.log(.34375), within(3e-16));
    assertThat(Entropy.renyi(p, Double.POSITIVE_INFINITY)).isCloseTo(Math.log(2), within(3e-16));
    assertThat(Entropy.renyi(p, 1 + 1e-9)).isCloseTo(Entropy.of(p), within(1e-9));
    assertThat(Entropy.renyi(p, 1.2499999)).isCloseTo(Entropy.renyi(p, 1.2500001), within(1e-6));
    assertThat(Entropy.renyi(p, -1)).isNaN();
    for (double[] none : new double[][] {{}, {0}, {-1, 2}, {Double.NaN}, {1, 1 / 0.0}}) {
      assertThat(Entropy.of(none)).isNaN();
      assertThat(Entropy.renyi(none, 2)).isNaN();
    }
    assertThat(Entropy.of(new double[] {7})).isZero();
  }
}
