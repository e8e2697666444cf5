// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.Chance;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The laws against published figures, and against the hashes themselves. */
class CollisionLawTest {
  private static final CollisionLaw SIGN = CollisionLaw.of(HashKind.SIGN, OptionalLong.empty(), 0);

  /** Chances of one bit, and tables for 90 % recall; 0 where the figure is not given. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 0.899, 5, 8, 12, 19, 29",
    "0.9, 0.856, 7, 14, 27, 50, 94",
    "0.8, 0.795, 14, 35, 89, 225, 563",
    "0.7, 0.747, 23, 76, 245, 790, 2541",
    "0.5, 0.667, 58, 298, 1512, 0, 0"
  })
  void tablesForNinetyPercentRecall(
      double cosine, double chance, int m8, int m12, int m16, int m20, int m24) {
    double p = SIGN.probability(1 - cosine);
    assertThat(p).isCloseTo(chance, within(5e-4));
    int[] hashes = {8, 12, 16, 20, 24};
    int[] tables = {m8, m12, m16, m20, m24};
    for (int i = 0; i < hashes.length; i++) {
      if (tables[i] > 0) {
        double key = Math.pow(p, hashes[i]);
        assertThat(Amplification.tables(key, 0.9)).isEqualTo(tables[i]);
        assertThat(Amplification.found(key, tables[i])).isGreaterThanOrEqualTo(0.9);
        assertThat(Amplification.found(key, tables[i] - 1)).isLessThan(0.9);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.369", "2, 1, 0.610", "4, 1, 0.801",
    "1, 2, 0.195", "2, 2, 0.369", "4, 2, 0.610"
  })
  void stableHashes(double width, double distance, double chance) {
    for (double unit : new double[] {1, 1e-6, 1e9}) {
      CollisionLaw law = CollisionLaw.of(HashKind.STABLE, OptionalLong.empty(), unit * width);
      assertThat(law.probability(unit * distance)).isCloseTo(chance, within(5e-4));
    }
  }

  @Test
  void exponents() {
    assertThat(Amplification.exponent(SIGN.probability(0.1), SIGN.probability(0.5)))
        .isCloseTo(0.382, within(5e-4));
    assertThat(Amplification.exponent(SIGN.probability(0.2), SIGN.probability(0.7)))
        .isCloseTo(0.444, within(5e-4));
  }

  /** Leading order at d = 128, beside 8 sign bits; the law itself lies below it. */
  @ParameterizedTest
  @CsvSource({"0.9, 0.775, 0.29", "0.8, 0.583, 0.16", "0.5, 0.198, 0.039", "0, 0.0078, 0.0039"})
  void crossPolytope(double cosine, double leading, double eightBits) {
    double square = 2 - 2 * cosine;
    double order = Math.exp(-square / (4 - square) * Math.log(128));
    assertThat(order).isCloseTo(leading, within(leading < 0.01 ? 5e-5 : 5e-4));
    assertThat(Math.pow(SIGN.probability(1 - cosine), 8))
        .isCloseTo(eightBits, within(eightBits < 0.01 ? 5e-5 : eightBits < 0.1 ? 5e-4 : 5e-3));
    CollisionLaw law = CollisionLaw.of(HashKind.POLYTOPE, OptionalLong.of(128), 0);
    assertThat(law.probability(1 - cosine)).isBetween(0.3 * order, order);
  }

  /** A quadrature that loses mass: at a right angle the Gaussian chance is 1/(2p). */
  @ParameterizedTest
  @CsvSource({"2, 0.01", "16, 1e-4", "128, 1e-4", "1024, 1e-4"})
  void orthogonalRowsMeetByChance(int p, double relative) {
    PolytopeLaw gaussian = PolytopeLaw.of(p);
    assertThat(gaussian.gaussianProbability(Math.PI / 2) * 2 * p).isCloseTo(1, within(relative));
    CollisionLaw law = CollisionLaw.of(HashKind.POLYTOPE, OptionalLong.of(p), 0);
    assertThat(law.probability(0)).isEqualTo(1);
    assertThat(law.probability(2)).isLessThan(1e-9);
    double last = 1;
    for (double distance = 0; distance <= 2; distance += 0.01) {
      assertThat(law.probability(distance)).isLessThanOrEqualTo(last);
      last = law.probability(distance);
    }
  }

  /**
   * The share of 16,384 independent hashes in which two rows agree, against the law; 1 in 10^6 for
   * a false alarm at each distance. The law for twice the distance fails.
   */
  @ParameterizedTest
  @CsvSource({
    "SIGN, 0.01", "SIGN, 0.2", "SIGN, 1", "SIGN, 1.7",
    "STABLE, 0.1", "STABLE, 1", "STABLE, 4", "STABLE, 60"
  })
  void projectedHashesFollowTheLaw(HashKind kind, double distance) {
    int d = 24;
    int functions = 16_384;
    HashSpec spec =
        new HashSpec(
            kind, 3, OptionalLong.of(d), functions / 64, 64, 0, kind == HashKind.STABLE ? 1.5 : 0);
    double share = share(spec, pair(9, d, distance, kind));
    assertThat(follows(share, CollisionLaw.of(spec).probability(distance), functions)).isTrue();
    assertThat(follows(share, CollisionLaw.of(spec).probability(2 * distance), functions))
        .isFalse();
  }

  /**
   * As above for cross-polytopes, where signs and transforms stand for a rotation and the law for a
   * Gaussian matrix: 0.01 is granted for that.
   */
  @ParameterizedTest
  @CsvSource({"64, 0.05", "64, 0.2", "64, 0.5", "50, 0.2", "128, 0.1"})
  void turnedPolytopesFollowTheLaw(int d, double distance) {
    int functions = 8192;
    HashSpec spec =
        new HashSpec(HashKind.POLYTOPE, 3, OptionalLong.of(d), functions / 64, 64, 0, 0);
    double share = share(spec, pair(9, d, distance, HashKind.POLYTOPE));
    double p = CollisionLaw.of(spec).probability(distance);
    assertThat(share)
        .isCloseTo(p, within(0.01 * p + Chance.Z * Math.sqrt(p * (1 - p) / functions)));
  }

  /**
   * Far rows decide how many candidates there are: 40 pairs each at cosine 0 and 0.3, 8,192 hashes
   * each. The Gaussian law would be a sixth too high.
   */
  @ParameterizedTest
  @CsvSource({"1", "0.7"})
  void farRowsMeetAsUnderARotation(double distance) {
    int d = 128;
    HashSpec spec = new HashSpec(HashKind.POLYTOPE, 5, OptionalLong.of(d), 128, 64, 0, 0);
    double share = 0;
    int pairs = 40;
    for (int pair = 0; pair < pairs; pair++) {
      share += share(spec, pair(10 + pair, d, distance, HashKind.POLYTOPE)) / pairs;
    }
    double p = CollisionLaw.of(spec).probability(distance);
    double error = Math.sqrt(p / (pairs * spec.functions()));
    assertThat(share).isCloseTo(p, within(0.04 * p + Chance.Z * error));
    double gaussian = PolytopeLaw.of(d).gaussianProbability(Math.acos(1 - distance));
    assertThat(share).isLessThan(gaussian - 0.04 * p);
  }

  private static boolean follows(double share, double p, int n) {
    return Chance.meanFits(share, p, Math.sqrt(p * (1 - p) / n));
  }

  /** Two rows at a distance in general position. */
  private static float[] pair(long seed, int d, double distance, HashKind kind) {
    float[] rows = Rows.gaussian(seed, 2, d);
    double[] a = new double[d];
    double[] b = new double[d];
    double aa = 0;
    double ab = 0;
    for (int j = 0; j < d; j++) {
      aa += rows[j] * rows[j];
      ab += rows[j] * rows[d + j];
    }
    double bb = 0;
    for (int j = 0; j < d; j++) {
      a[j] = rows[j] / Math.sqrt(aa);
      b[j] = rows[d + j] - ab / aa * rows[j];
      bb += b[j] * b[j];
    }
    double cosine = 1 - distance;
    double sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    for (int j = 0; j < d; j++) {
      double direction = b[j] / Math.sqrt(bb);
      rows[j] = (float) a[j];
      rows[d + j] =
          (float)
              (kind == HashKind.STABLE
                  ? a[j] + distance * direction
                  : cosine * a[j] + sine * direction);
    }
    return rows;
  }

  private static double share(HashSpec spec, float[] rows) {
    long[] signatures = new long[2 * spec.words()];
    HashFamily.of(spec).hashRows(rows, 2, signatures);
    HashSpec single = new HashSpec(spec.kind(), 0, spec.d(), 1, 1, 0, spec.width());
    int bits = single.bits();
    int agreeing = 0;
    for (int c = 0; c < spec.functions(); c++) {
      boolean isEqual = true;
      for (int bit = c * bits; bit < (c + 1) * bits; bit++) {
        long first = signatures[bit >>> 6] >>> bit;
        long second = signatures[spec.words() + (bit >>> 6)] >>> bit;
        isEqual &= ((first ^ second) & 1) == 0;
      }
      agreeing += isEqual ? 1 : 0;
    }
    return (double) agreeing / spec.functions();
  }
}
