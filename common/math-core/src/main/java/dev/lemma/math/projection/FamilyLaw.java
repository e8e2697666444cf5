// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.OptionalLong;

/**
 * The law that belongs to a family of matrices, and whether it is the family's own.
 *
 * <p>Gaussian entries follow the chi-square law and orthonormal rows the Beta law exactly. Signs
 * have the variance 2 (1 - q4) / k with q4 = sum of u_j^4 of the unit vector, never more than the
 * chi-square law's 2 / k, and meet the Dasgupta-Gupta bound ({@link ClassicBounds#dasguptaGupta}),
 * but their tails are not chi-square; the other families' depend on the vector more strongly. For
 * all of these the chi-square law is a reference.
 *
 * @param law chi-square or Beta
 * @param status guarantee for Gaussian and orthonormal, reference otherwise
 */
public record FamilyLaw(TailLaw law, LawStatus status) {
  /**
   * The law of a family at a dimension.
   *
   * @param k rows of the matrix, at least 1
   * @param d input dimension; the orthonormal family needs it, the others ignore it
   */
  public static FamilyLaw of(Family family, long k, OptionalLong d) {
    return switch (family) {
      case GAUSSIAN -> new FamilyLaw(new ChiSquareLaw(k), LawStatus.GUARANTEE);
      case ORTHONORMAL ->
          new FamilyLaw(
              new BetaLaw(
                  k,
                  d.orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "the law of orthonormal rows needs the input dimension d"))),
              LawStatus.GUARANTEE);
      case SIGN, SPARSE_SIGN, HADAMARD, VERY_SPARSE ->
          new FamilyLaw(new ChiSquareLaw(k), LawStatus.REFERENCE);
    };
  }

  /** The law of a specified matrix. */
  public static FamilyLaw of(ProjectionSpec spec) {
    return of(spec.family(), spec.k(), spec.d());
  }
}
