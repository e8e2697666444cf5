// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.function.InitialWeights.Law;
import dev.lemma.math.function.InitialWeights.Rule;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mitchell's arithmetic, ellipse, sieve, first weights and BM25. */
class ArithmeticTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void mitchellAsInTheArticle() {
    assertThat(Mitchell.multiply(12.3f, 4.56f)).isCloseTo(53.68f, within(1e-5f));
    assertThat(Float.floatToIntBits(Mitchell.multiply(12.3f, 4.56f)))
        .isEqualTo(Float.floatToIntBits(12.3f) + Float.floatToIntBits(4.56f) - 0x3f800000);
    assertThat(Mitchell.multiply(1.5, 1.5)).isEqualTo(2);
    assertThat(Mitchell.multiply(3, 3)).isEqualTo(8);
    assertThat(Mitchell.multiply(7, 5)).isEqualTo(32);
    assertThat(Mitchell.multiply(6, 6)).isEqualTo(32);
    assertThat(Mitchell.multiply(-6, 6)).isEqualTo(-32);
    assertThat(Mitchell.divide(2.0, 1.5)).isEqualTo(1.5);
    assertThat(Mitchell.divide(7L, 3L)).isEqualTo(2.5);
    assertThat(Mitchell.divide(7f, -3f)).isEqualTo(-2.5f);
    assertThat(Mitchell.log2(10)).isEqualTo(3.25);
    assertThat(Mitchell.log2(10L)).isEqualTo(3.25);
    assertThat(Mitchell.exp2(3.25)).isEqualTo(10);
    assertThat(Mitchell.exp2ToLong(3.25)).isEqualTo(10);
    assertThat(Mitchell.exp2(3.25f)).isEqualTo(10);
    assertThat(Mitchell.exp2(53L)).isEqualTo(0x1p53);
  }

  @Test
  void mitchellsErrorsAreThoseKnown() {
    double worst = 0;
    for (int p = 1; p < 256; p++) {
      for (int q = 1; q < 256; q++) {
        long product = Mitchell.multiply(p, q);
        assertThat((double) product).isEqualTo(Mitchell.multiply((double) p, (double) q));
        double error = 1 - product / (double) (p * q);
        assertThat(error).isNotNegative();
        worst = Math.max(worst, error);
        double ratio = Mitchell.divide(p, q) / ((double) p / q);
        assertThat(ratio).isBetween(1 - 1e-15, 1.125 + 1e-15);
      }
    }
    assertThat(worst).isCloseTo(1 / 9.0, within(1e-16));
    double at = 1 / Math.log(2);
    assertThat(Math.log(at) / Math.log(2) - Mitchell.log2(at))
        .isCloseTo(0.0860713320559342, within(3e-16));
    // The mean over uniform fractions, by the midpoint rule.
    double sum = 0;
    for (int i = 0; i < 500; i++) {
      for (int j = 0; j < 500; j++) {
        double p = 1 + (i + 0.5) / 500;
        double q = 1 + (j + 0.5) / 500;
        sum += 1 - Mitchell.multiply(p, q) / (p * q);
      }
    }
    assertThat(sum / 250_000).isCloseTo(0.038488, within(2e-6));
    // Over uniform logarithms likewise.
    double logarithmic = 0;
    for (int i = 0; i < 500; i++) {
      for (int j = 0; j < 500; j++) {
        double p = Math.pow(2, (i + 0.5) / 500);
        double q = Math.pow(2, (j + 0.5) / 500);
        logarithmic += 1 - Mitchell.multiply(p, q) / (p * q);
      }
    }
    assertThat(logarithmic / 250_000).isCloseTo(0.038203, within(2e-6));
  }

  @Test
  void mitchellAtTheEdgesOfItsTypes() {
    double tiny = Double.MIN_VALUE;
    assertThat(Mitchell.multiply(tiny, 1.0)).isEqualTo(tiny);
    assertThat(Mitchell.multiply(3 * tiny, 4.0)).isEqualTo(12 * tiny);
    assertThat(Mitchell.multiply(tiny, tiny)).isZero();
    assertThat(Mitchell.multiply(-1e300, 1e300)).isEqualTo(-INFINITY);
    assertThat(Mitchell.divide(1e300, 1e-300)).isEqualTo(INFINITY);
    assertThat(Mitchell.divide(tiny, tiny)).isOne();
    assertThat(Mitchell.multiply(0.0, INFINITY)).isNaN();
    assertThat(Mitchell.multiply(-0.0, 2.0)).isEqualTo(-0.0);
    assertThat(Mitchell.divide(1.0, 0.0)).isEqualTo(INFINITY);
    assertThat(Mitchell.multiply(Double.NaN, 1)).isNaN();
    assertThat(Mitchell.multiply(Float.MAX_VALUE, 2f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Mitchell.multiply(Float.MIN_VALUE, 2f)).isEqualTo(2 * Float.MIN_VALUE);
    assertThat(Mitchell.log2(tiny)).isEqualTo(-1074);
    assertThat(Mitchell.log2(0.0)).isEqualTo(-INFINITY);
    assertThat(Mitchell.log2(-1.0)).isNaN();
    assertThat(Mitchell.log2(INFINITY)).isEqualTo(INFINITY);
    assertThat(Mitchell.log2(0L)).isEqualTo(-INFINITY);
    assertThat(Mitchell.log2(-5L)).isNaN();
    assertThat(Mitchell.log2(Long.MAX_VALUE)).isEqualTo(63);
    assertThat(Mitchell.log2(3L << 61)).isEqualTo(62.5);
    assertThat(Mitchell.exp2(INFINITY)).isEqualTo(INFINITY);
    assertThat(Mitchell.exp2(-INFINITY)).isZero();
    assertThat(Mitchell.exp2(-1074.0)).isEqualTo(tiny);
    assertThat(Mitchell.exp2(Double.NaN)).isNaN();
    assertThat(Mitchell.multiply(0L, Long.MIN_VALUE)).isZero();
    assertThat(Mitchell.multiply(Long.MAX_VALUE, 1L)).isEqualTo(Long.MAX_VALUE);
    assertThat(Mitchell.multiply(1L << 31, 1L << 31)).isEqualTo(1L << 62);
    assertThatThrownBy(() -> Mitchell.multiply(1L << 32, 1L << 31))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the product does not fit into a long");
    assertThatThrownBy(() -> Mitchell.multiply(3L << 30, 3L << 30))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Mitchell.divide(1L, 0L)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Mitchell.exp2ToLong(63)).isInstanceOf(ArithmeticException.class);
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      long p = random.nextInt(1 << 24) + 1L;
      long q = random.nextInt(1 << 24) + 1L;
      assertThat((double) Mitchell.multiply(p, q))
          .isEqualTo(Mitchell.multiply((double) p, (double) q));
    }
  }

  @Test
  void ellipses() {
    assertThat(Ellipse.perimeter(5, 4)).isCloseTo(28.36166788897448, within(1e-14));
    assertThat(Ellipse.perimeter(1, 2)).isCloseTo(9.688448220547675, within(2e-15));
    assertThat(Ellipse.perimeter(10, 1)).isCloseTo(40.63974180100895, within(1e-14));
    assertThat(Ellipse.perimeter(1, 1)).isEqualTo(2 * Math.PI);
    assertThat(Ellipse.perimeter(3, 0)).isEqualTo(12);
    assertThat(Ellipse.perimeter(0, 0)).isZero();
    assertThat(Ellipse.perimeter(1, INFINITY)).isEqualTo(INFINITY);
    assertThat(Ellipse.perimeter(-1, 1)).isNaN();
    assertThat(Ellipse.perimeter(1, Double.NaN)).isNaN();
    assertThat(Ellipse.area(2, 3)).isEqualTo(6 * Math.PI);
    assertThat(Ellipse.area(-2, 3)).isNaN();
  }

  @Test
  void primes() {
    assertThat(SegmentedSieve.upTo(1000).sum()).isEqualTo(76_127);
    assertThat(SegmentedSieve.first(1000)).isEqualTo(new PrimeCount(1000, 3_682_913));
    assertThat(SegmentedSieve.upTo(2_000_000)).isEqualTo(new PrimeCount(148_933, 142_913_828_922L));
    assertThat(SegmentedSieve.first(2_000_000))
        .isEqualTo(new PrimeCount(2_000_000, 31_381_137_530_481L));
    assertThat(SegmentedSieve.upTo(32_452_843).count()).isEqualTo(2_000_000);
    assertThat(SegmentedSieve.upTo(32_452_842).count()).isEqualTo(1_999_999);
    assertThat(SegmentedSieve.upTo(1)).isEqualTo(PrimeCount.NONE);
    assertThat(SegmentedSieve.upTo(2)).isEqualTo(new PrimeCount(1, 2));
    assertThat(SegmentedSieve.upTo(3)).isEqualTo(new PrimeCount(2, 5));
    assertThat(SegmentedSieve.first(0)).isEqualTo(PrimeCount.NONE);
    assertThat(SegmentedSieve.first(1).sum()).isEqualTo(2);
    assertThat(SegmentedSieve.first(6).sum()).isEqualTo(41);
  }

  @Test
  void rangesOfPrimesAddUp() {
    SegmentedSieve sieve = new SegmentedSieve(3_000_000);
    Random random = new Random(11);
    PrimeCount sum = PrimeCount.NONE;
    long from = 0;
    while (from <= 3_000_000) {
      long to = Math.min(3_000_000, from + random.nextInt(300_000));
      sum = sum.plus(sieve.count(from, to));
      from = to + 1;
    }
    assertThat(sum).isEqualTo(SegmentedSieve.upTo(3_000_000));
    assertThat(sieve.count(-5, 10)).isEqualTo(new PrimeCount(4, 17));
    assertThat(sieve.count(8, 10)).isEqualTo(PrimeCount.NONE);
    assertThat(sieve.count(9, 8)).isEqualTo(PrimeCount.NONE);
    assertThat(sieve.count(2_999_999, 2_999_999).count()).isOne();
    assertThatThrownBy(() -> sieve.count(0, 3_000_001))
        .hasMessage("range of a sieve: expected an end up to its limit 3000000, found 3000001");
  }

  @Test
  void firstWeights() {
    InitialWeights he = new InitialWeights(Rule.HE, Law.TRUNCATED_NORMAL, 200, 150);
    double[] weights = he.matrix(5);
    // 30,000 draws: the variance within 5 of its deviations, about 3 %.
    double variance = Arrays.stream(weights).map(w -> w * w).average().orElseThrow();
    assertThat(variance).isCloseTo(2.0 / 200, within(0.03 * 2 / 200));
    assertThat(Arrays.stream(weights).map(Math::abs).max().orElseThrow())
        .isLessThanOrEqualTo(he.bound());
    double[] uniform = new InitialWeights(Rule.XAVIER, Law.UNIFORM, 200, 100).matrix(5);
    assertThat(Arrays.stream(uniform).map(w -> w * w).average().orElseThrow())
        .isCloseTo(2.0 / 300, within(0.03 * 2 / 300));
    assertThat(new InitialWeights(Rule.LECUN, Law.UNIFORM, 3, 9).bound())
        .isCloseTo(1, within(1e-15));
    double[] fewer = new InitialWeights(Rule.HE, Law.TRUNCATED_NORMAL, 200, 3).matrix(5);
    assertThat(Arrays.copyOf(weights, 600)).isEqualTo(fewer);
    assertThat(he.matrix(6)).isNotEqualTo(weights);
    // One by one as all at once, and wherever the address lies.
    assertThat(he.weight(5, 149, 199)).isEqualTo(weights[149 * 200 + 199]);
    assertThat(he.weight(5, 1, 0)).isEqualTo(weights[200]).isNotEqualTo(he.weight(5, 0, 1));
    assertThat(new InitialWeights(Rule.XAVIER, Law.UNIFORM, 200, 100).weight(5, 7, 9))
        .isEqualTo(uniform[7 * 200 + 9]);
    assertThat(InitialWeights.truncatedNormal(he.deviation(), 5, 3, 4))
        .isEqualTo(weights[3 * 200 + 4]);
    assertThat(InitialWeights.truncatedNormal(0, 5, 3, 4)).isZero();
    assertThat(InitialWeights.truncatedNormal(-1, 5, 3, 4)).isNaN();
    assertThat(InitialWeights.CUT_FACTOR)
        .isCloseTo(1 / Math.sqrt(InitialWeights.CUT_VARIANCE), within(3e-16));
    // The mass within two deviations, and what its edges take from the variance.
    double mass = GaussianSmoothing.step(2, 1) - GaussianSmoothing.step(-2, 1);
    assertThat(mass).isCloseTo(0.9544997361, within(1e-10));
    assertThat(InitialWeights.CUT_VARIANCE)
        .isCloseTo(1 - 4 * GaussianSmoothing.density(2, 1) / mass, within(1e-15))
        .isCloseTo(0.7737413035499233, within(1e-15));
  }

  @Test
  void bm25OfThreeDocuments() {
    // {cat dog cat}, {dog fish}, {bird fish fish cat} and the query {cat, fish}.
    double idf = Bm25.idf(3, 2);
    Bm25 usual = Bm25.USUAL;
    assertThat(idf * usual.saturation(2, 3, 3)).isCloseTo(0.6462549902, within(1e-10));
    assertThat(idf * usual.saturation(1, 2, 3)).isCloseTo(0.5442147286, within(1e-10));
    assertThat(idf * (usual.saturation(1, 4, 3) + usual.saturation(2, 4, 3)))
        .isCloseTo(1.0044648991, within(1e-10));
    assertThat(usual.saturation(0, 4, 3)).isZero();
    assertThatThrownBy(() -> new Bm25(-1, 0)).hasMessageContaining("k1");
    assertThatThrownBy(() -> new Bm25(1, 1.5)).hasMessageContaining("b must lie in 0 to 1");
    assertThatThrownBy(() -> Bm25.idf(3, 4)).isInstanceOf(IllegalArgumentException.class);
  }
}
