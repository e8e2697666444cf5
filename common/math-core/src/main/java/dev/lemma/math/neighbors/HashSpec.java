// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * All that determines the hash functions of a search: L tables, each with a key of m hashes and e
 * more by which the keys of crowded buckets can be lengthened. Two equal specifications are the
 * same functions on every machine.
 *
 * @param kind the family
 * @param seed key of the generator
 * @param d input dimension, or empty for an open space of 64-bit feature ids (not for polytope)
 * @param tables L, 1 to 4,096
 * @param hashes m, 1 to 64
 * @param extra e, 0 to 64
 * @param width w of the stable family, in units of the data, positive; 0 for all others
 */
public record HashSpec(
    HashKind kind, long seed, OptionalLong d, int tables, int hashes, int extra, double width) {
  /** Version of the mapping from specification to hashes; frozen test vectors hold it in place. */
  public static final int VERSION = 1;

  /** The largest input dimension of the polytope family. */
  public static final int LARGEST_POLYTOPE = 1 << 16;

  private static final int STABLE_BITS = 8;
  private static final int MOST_TABLES = 4096;
  private static final int MOST_HASHES = 64;
  private static final long MOST_PROBES = 1023;

  /** Checks each component against the family. */
  public HashSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(d, "d");
    range("tables", tables, 1, MOST_TABLES);
    range("hashes", hashes, 1, MOST_HASHES);
    range("extra hashes", extra, 0, MOST_HASHES);
    if (d.isPresent() && d.getAsLong() < 1) {
      throw new IllegalArgumentException("d must be at least 1, found " + d.getAsLong());
    }
    if (kind == HashKind.STABLE) {
      if (!(width > 0 && width < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "width of a stable hash: expected a positive finite number, found " + width);
      }
    } else if (width != 0) {
      throw new IllegalArgumentException("width belongs to stable hashes alone");
    }
    if (kind == HashKind.POLYTOPE) {
      long dimension =
          d.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "polytope hashes need a known input dimension d; use sign hashes"));
      range("d of polytope hashes", dimension, 2, LARGEST_POLYTOPE);
    }
  }

  /** Bits of one hash: 1 of sign, 8 of stable, log2(2p) of polytope. */
  public int bits() {
    return switch (kind) {
      case SIGN -> 1;
      case STABLE -> STABLE_BITS;
      case POLYTOPE -> Integer.numberOfTrailingZeros(padded()) + 1;
    };
  }

  /** Longs of a signature: L (m + e) hashes without gaps. */
  public int words() {
    return (tables * (hashes + extra) * bits() + Long.SIZE - 1) / Long.SIZE;
  }

  /** How many further buckets of a table can be probed: at most 1,023. */
  public int mostProbes() {
    double choices =
        switch (kind) {
          case SIGN -> 2;
          case STABLE -> 3;
          case POLYTOPE -> 1 + alternatives();
        };
    return (int) Math.min(MOST_PROBES, Math.pow(choices, hashes) - 1);
  }

  /** The dimension in which polytope hashes rotate: d rounded up to a power of two. */
  int padded() {
    int dimension = (int) d.getAsLong();
    return Integer.highestOneBit(dimension - 1) << 1;
  }

  /** How many next best vertices of each polytope hash take part in probing. */
  int alternatives() {
    return Math.max(1, Math.min(padded() - 1, ProbeSets.MOST_CHANGES / hashes));
  }

  /** L (m + e). */
  int functions() {
    return tables * (hashes + extra);
  }

  private static void range(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": expected " + least + " to " + most + ", found " + value);
    }
  }
}
