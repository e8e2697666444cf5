// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Locale;

/** The families of random matrices R (k x d) with E[R'R] = I. */
public enum Family {
  /** Independent signs over sqrt(k): the default for dense data. */
  SIGN,
  /** A fixed number of signs in each column (SJLT): the default for open feature spaces. */
  SPARSE_SIGN,
  /** Signs, Walsh-Hadamard transform, k sampled coordinates. */
  HADAMARD,
  /** Independent N(0, 1/k): the family whose distortion follows the chi-square law exactly. */
  GAUSSIAN,
  /** k orthonormal rows, Haar distributed, times sqrt(d/k): the Beta law. */
  ORTHONORMAL,
  /**
   * Independent entries, zero but for a share of them (Li, Hastie and Church): for parity with
   * scikit-learn.
   */
  VERY_SPARSE;

  /** The name as configurations and specifications spell it, e.g. {@code sparse-sign}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The family so spelled; throws IllegalArgumentException that lists the names otherwise. */
  public static Family parse(String key) {
    for (Family family : values()) {
      if (family.key().equals(key)) {
        return family;
      }
    }
    throw new IllegalArgumentException(
        "no such family: expected sign, sparse-sign, hadamard, gaussian, orthonormal or very-sparse");
  }
}
