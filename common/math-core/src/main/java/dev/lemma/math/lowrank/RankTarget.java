// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

/** How many singular triplets are wanted. */
public sealed interface RankTarget permits RankTarget.Fixed, RankTarget.Tolerance {
  /** The smallest tolerance that squares of singular values can tell from rounding noise. */
  double LEAST_TOLERANCE = 1e-7;

  /** Most triplets that are returned. */
  int most();

  /**
   * So many, or as many as there are.
   *
   * @param most k, at least 1
   */
  record Fixed(int most) implements RankTarget {
    /** Checks k. */
    public Fixed {
      requirePositive(most);
    }
  }

  /**
   * As few as leave at most this share of the Frobenius norm of A.
   *
   * @param tolerance of ||A - A_k||_F / ||A||_F, from 1e-7 to below 1
   * @param most most triplets, at least 1
   */
  record Tolerance(double tolerance, int most) implements RankTarget {
    /** Checks both. */
    public Tolerance {
      requirePositive(most);
      if (!(tolerance >= LEAST_TOLERANCE && tolerance < 1)) {
        throw new IllegalArgumentException(
            "tolerance must lie in " + LEAST_TOLERANCE + " to below 1, found " + tolerance);
      }
    }
  }

  private static void requirePositive(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("rank must be at least 1, found " + most);
    }
  }
}
