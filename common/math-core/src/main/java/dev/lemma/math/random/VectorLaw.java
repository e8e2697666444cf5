// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

/** A distribution of vectors of d numbers that can be drawn from and whose density is known. */
public interface VectorLaw {
  /** d. */
  int dimension();

  /**
   * Draws one vector.
   *
   * @param source at the address of this draw; nothing else may be drawn from it
   * @param out receives d numbers from position {@code at}
   */
  void draw(KeyedSource source, double[] out, int at);

  /**
   * The natural logarithm of the density, with its constant, at the d numbers from position {@code
   * at}.
   */
  double logDensity(double[] x, int at);
}
