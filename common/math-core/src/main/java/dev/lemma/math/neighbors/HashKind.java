// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Locale;

/** The families of hash functions. */
public enum HashKind {
  /** The sign of a product with a Gaussian direction (Charikar). */
  SIGN(Metric.COSINE),
  /** A product with a Gaussian direction, cut into intervals at a random offset (Datar et al.). */
  STABLE(Metric.EUCLIDEAN),
  /** The vertex of the cross-polytope next to the rotated row (Andoni et al.); d must be known. */
  POLYTOPE(Metric.COSINE);

  private final Metric metric;

  HashKind(Metric metric) {
    this.metric = metric;
  }

  /** The distance on which the chance of a collision depends. */
  public Metric metric() {
    return metric;
  }

  /** The name as configurations and specifications spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind so spelled; throws IllegalArgumentException that lists the names otherwise. */
  public static HashKind parse(String key) {
    for (HashKind kind : values()) {
      if (kind.key().equals(key)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "no such family of hashes: expected sign, stable or polytope");
  }
}
