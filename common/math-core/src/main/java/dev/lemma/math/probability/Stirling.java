// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.probability;

/**
 * What Stirling's formula leaves out of the logarithm of the Gamma function: S(z) = ln Gamma(z) -
 * (z - 1/2) ln z + z - ln(2 pi) / 2.
 *
 * <p>Binet's function. Densities of Gamma and Beta laws about their mean are written with it,
 * because the large terms of ln Gamma cancel there exactly.
 *
 * @see <a href="https://dlmf.nist.gov/5.11">NIST DLMF 5.11</a>
 */
final class Stirling {
  /** From here on eight terms of the asymptotic series leave less than 1e-17. */
  private static final double ASYMPTOTIC_FROM = 12;

  /** B(2j) / (2j (2j - 1)), j = 1, 2, ... */
  private static final double[] COEFFICIENTS = {
    1.0 / 12,
    -1.0 / 360,
    1.0 / 1260,
    -1.0 / 1680,
    1.0 / 1188,
    -691.0 / 360360,
    1.0 / 156,
    -3617.0 / 122400
  };

  private Stirling() {}

  /** S(z) for z &gt; 0, with an absolute error of about 1e-15; 0 for infinite z. */
  static double remainder(double z) {
    double shifted = 0;
    double at = z;
    while (at < ASYMPTOTIC_FROM) {
      // S(z) - S(z + 1) = (z + 1/2) ln(1 + 1/z) - 1
      shifted += (at + 0.5) * Math.log1p(1 / at) - 1;
      at++;
    }
    double inverse = 1 / at;
    double square = inverse * inverse;
    double sum = 0;
    for (int j = COEFFICIENTS.length - 1; j >= 0; j--) {
      sum = sum * square + COEFFICIENTS[j];
    }
    return shifted + inverse * sum;
  }
}
