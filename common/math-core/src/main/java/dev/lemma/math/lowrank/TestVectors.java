// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * What Gaussian vectors f without their part in W tell of what W misses. With v the right vector of
 * the largest singular value s of A (I - WW'), v'f is a standard Gaussian g, and
 *
 * <pre>
 *   |A f| >= s |g|,     |(I - WW') A'A f| >= s^2 |g|.
 * </pre>
 *
 * Eight vectors have a |g| above {@value #LEAST} but for a probability of 10<sup>-4</sup>, so the
 * longest of each gives a bound of s. The second one, which a power step has at no cost, sums the
 * fourth powers of all missed singular values where the first sums squares.
 *
 * @param lengths the longest |A f|; infinite where there was no test
 * @param squares the longest |(I - WW') A'A f|; infinite where it was not found
 */
record TestVectors(double lengths, double squares) {
  /** How many vectors. */
  static final int COUNT = 8;

  /** P(|g| < q)^8 = 10^-4. */
  private static final double LEAST = 0.4072;

  /** No test was made. */
  static final TestVectors NONE =
      new TestVectors(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * The lengths of A f.
   *
   * @param gram Y'Y, the test vectors behind the columns of W
   * @param width columns of W
   */
  static TestVectors of(PackedSymmetric gram, int width) {
    double longest = 0;
    for (int t = width; t < gram.order(); t++) {
      longest = Math.max(longest, Math.sqrt(Math.max(0, gram.get(t, t))));
    }
    return new TestVectors(longest, Double.POSITIVE_INFINITY);
  }

  /**
   * With the lengths of A'A f beyond W.
   *
   * @param w W
   * @param product A'Y, the test vectors behind the columns of W
   */
  TestVectors with(TallMatrix w, TallMatrix product) {
    int width = w.columns();
    double[][] select = new double[product.columns()][product.columns() - width];
    for (int t = 0; t < select[0].length; t++) {
      select[width + t][t] = 1;
    }
    TallMatrix tests = product.times(select);
    TallMatrix beyond = w.beside(tests).times(SmallRows.deflation(w.inner(tests)));
    double longest = 0;
    double[][] gram = beyond.inner(beyond);
    for (int t = 0; t < gram.length; t++) {
      longest = Math.max(longest, Math.sqrt(gram[t][t]));
    }
    return new TestVectors(lengths, longest);
  }

  /** At least the spectral norm of A (I - WW'), with probability 1 - 10<sup>-4</sup>. */
  double bound() {
    return Math.min(lengths / LEAST, Math.sqrt(squares / LEAST));
  }
}
