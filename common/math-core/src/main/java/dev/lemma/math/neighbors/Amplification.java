// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/**
 * What several hashes do together: m of them in a key must all agree (AND), one of L tables
 * suffices (OR). With chance p of one agreeing, two rows meet with chance 1 - (1 - p<sup>m</sup>)
 * <sup>L</sup>.
 */
public final class Amplification {
  private Amplification() {}

  /**
   * The chance that two rows meet.
   *
   * @param key chance in [0, 1] that they meet in one table
   * @param tables L, at least 0
   */
  public static double found(double key, int tables) {
    return key >= 1 ? (tables > 0 ? 1 : 0) : -StrictMath.expm1(tables * StrictMath.log1p(-key));
  }

  /**
   * The least number of tables in which two rows meet at least once with a probability: ceil(ln(1 -
   * recall) / ln(1 - key)).
   *
   * @param key chance in [0, 1] that they meet in one table
   * @param recall in (0, 1)
   * @return at least 1; infinite where the chance is 0
   */
  public static double tables(double key, double recall) {
    if (!(recall > 0 && recall < 1)) {
      throw new IllegalArgumentException(
          "recall: expected a number between 0 and 1, found " + recall);
    }
    return key >= 1
        ? 1
        : Math.max(1, Math.ceil(StrictMath.log1p(-recall) / StrictMath.log1p(-key)));
  }

  /**
   * The exponent rho = ln near / ln far: with keys as long as it takes for n far rows to leave a
   * constant number, n<sup>rho</sup> tables find the near ones.
   *
   * @param near chance that two near rows agree in one hash
   * @param far the chance of two far ones, lower
   */
  public static double exponent(double near, double far) {
    return StrictMath.log(near) / StrictMath.log(far);
  }
}
