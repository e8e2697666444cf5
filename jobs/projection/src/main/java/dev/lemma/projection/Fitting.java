// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.FamilyAdvice;
import dev.lemma.math.projection.Guarantee;
import dev.lemma.math.projection.JlBounds;
import dev.lemma.math.projection.ProjectionSpec;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Settles the random matrix for data of d features: the family, the smallest k that keeps the
 * guarantee, and what happens where k reaches d.
 *
 * @param matrix the matrix
 * @param note what the user should know of the choice, or empty
 */
record Fitting(ProjectionSpec matrix, String note) {
  /**
   * Most arithmetic, d k^2 multiplications, that {@code auto} spends in each JVM on orthonormal
   * rows: some seconds.
   */
  private static final double ORTHONORMAL_LIMIT = 2e10;

  /**
   * What is wanted of the matrix.
   *
   * @param guarantee makes the guarantee out of the number of rows
   * @param eps tolerated relative change
   * @param delta probability that the guarantee fails
   * @param scale whether eps speaks of squared distances
   * @param k given dimension, or empty for the smallest that keeps the guarantee
   * @param family given family, or null for the choice by d
   * @param nonzeros signs per feature of sparse-sign
   * @param density of very-sparse, 0 for 1/sqrt(d)
   * @param seed key of the entries
   */
  record Wish(
      RowsToGuarantee guarantee,
      double eps,
      double delta,
      DistanceScale scale,
      OptionalInt k,
      FamilyChoice family,
      int nonzeros,
      double density,
      long seed) {
    /** The wish of a configuration. */
    static Wish of(TargetConfig target, long seed) {
      return new Wish(
          target::guarantee,
          target.eps(),
          target.delta(),
          target.distance(),
          target.k().given(),
          target.family(),
          target.nonzeros(),
          target.density(),
          seed);
    }
  }

  /** A guarantee whose number of rows is counted only where it matters. */
  interface RowsToGuarantee {
    Guarantee of(LongSupplier rows);
  }

  /**
   * The matrix for the wish.
   *
   * @param d number of features, or empty for an open space of texts
   * @param rows counts the data
   * @param vocabulary counts the distinct features of texts
   * @throws LemmaException (code 3) if k reaches d and no orthonormal map was asked for or can take
   *     its place
   */
  static Fitting of(Wish wish, OptionalLong d, LongSupplier rows, LongSupplier vocabulary) {
    Family family = family(wish.family(), d);
    if (d.isEmpty() && (family == Family.HADAMARD || family == Family.ORTHONORMAL)) {
      throw refused(
          "family",
          family.key() + " needs a fixed number of features, and texts have none",
          family.key(),
          "sparse-sign, sign, gaussian or very-sparse",
          "set family = auto");
    }
    if (wish.k().isPresent()) {
      int k = wish.k().getAsInt();
      if (d.isPresent() && k >= d.getAsLong() && family != Family.ORTHONORMAL) {
        throw tooLarge(k, d.getAsLong(), "k was given");
      }
      if (d.isPresent() && k > d.getAsLong()) {
        throw refused(
            "k",
            "more orthonormal rows than features",
            "k = " + k,
            "at most d = " + d.getAsLong(),
            "lower k");
      }
      return of(matrix(wish, family, k, d, vocabulary));
    }
    Guarantee guarantee = wish.guarantee().of(rows);
    if (family == Family.ORTHONORMAL) {
      long k = haar(wish, guarantee, d.getAsLong());
      return of(matrix(wish, family, (int) k, d, vocabulary));
    }
    long k = JlBounds.dimension(guarantee, wish.eps(), wish.delta(), wish.scale());
    if (d.isPresent() && k >= d.getAsLong()) {
      return orthonormalInstead(wish, guarantee, k, d.getAsLong());
    }
    if (k > Integer.MAX_VALUE) {
      throw refused(
          "eps", "the guarantee asks for too many dimensions", "k = " + k, "", "raise eps");
    }
    return of(matrix(wish, family, (int) k, d, vocabulary));
  }

  /** The matrix as it was wished for, with the warning that very-sparse deserves. */
  private static Fitting of(ProjectionSpec matrix) {
    if (matrix.family() != Family.VERY_SPARSE) {
      return new Fitting(matrix, "");
    }
    double lost = Math.pow(1 - matrix.density(), matrix.k());
    return new Fitting(
        matrix,
        "very-sparse is there for parity with other tools: at density "
            + String.format(Locale.ROOT, "%.3g", matrix.density())
            + " and k = "
            + matrix.k()
            + " it drops "
            + ProjectReport.percent(lost)
            + " of all features, and distances that rest on few features spread wider than under"
            + " any other family; sparse-sign does neither, with 4 additions a feature");
  }

  /** Where the law asks for k >= d, orthonormal rows keep the same guarantee with fewer than d. */
  private static Fitting orthonormalInstead(Wish wish, Guarantee guarantee, long k, long d) {
    long haar = haar(wish, guarantee, d);
    if (wish.family() != FamilyChoice.AUTO || (double) d * haar * haar > ORTHONORMAL_LIMIT) {
      throw tooLarge(k, d, "the guarantee asks for it");
    }
    ProjectionSpec matrix =
        new ProjectionSpec(Family.ORTHONORMAL, wish.seed(), (int) haar, OptionalLong.of(d), 0, 0);
    return new Fitting(
        matrix,
        "independent entries would need k = "
            + k
            + " of d = "
            + d
            + " dimensions; orthonormal rows keep the same guarantee with k = "
            + haar
            + ": random projection saves little on data this narrow");
  }

  private static long haar(Wish wish, Guarantee guarantee, long d) {
    return JlBounds.haarDimension(guarantee, wish.eps(), wish.delta(), wish.scale(), d);
  }

  static Family family(FamilyChoice choice, OptionalLong d) {
    return switch (choice) {
      case AUTO -> FamilyAdvice.automatic(d);
      case SIGN -> Family.SIGN;
      case SPARSE_SIGN -> Family.SPARSE_SIGN;
      case HADAMARD -> Family.HADAMARD;
      case GAUSSIAN -> Family.GAUSSIAN;
      case ORTHONORMAL -> Family.ORTHONORMAL;
      case VERY_SPARSE -> Family.VERY_SPARSE;
    };
  }

  private static ProjectionSpec matrix(
      Wish wish, Family family, int k, OptionalLong d, LongSupplier vocabulary) {
    int nonzeros = family == Family.SPARSE_SIGN ? Math.min(wish.nonzeros(), k) : 0;
    double density = 0;
    if (family == Family.VERY_SPARSE) {
      density =
          wish.density() > 0
              ? wish.density()
              : 1 / Math.sqrt(Math.max(1, d.isPresent() ? d.getAsLong() : vocabulary.getAsLong()));
    }
    return new ProjectionSpec(family, wish.seed(), k, d, nonzeros, density);
  }

  private static LemmaException tooLarge(long k, long d, String why) {
    return refused(
        "k",
        "the projection would not reduce the dimension (" + why + ")",
        "k = " + k + " for d = " + d + " features",
        "k below d",
        "lower k, raise eps, use guarantee = share, or set family = orthonormal, which keeps the"
            + " guarantee with at most d dimensions");
  }

  private static LemmaException refused(
      String where, String what, String found, String expected, String remedy) {
    return new LemmaException(ExitCode.INPUT, new Problem(where, what, found, expected, remedy));
  }
}
