// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;

/** The input contract of {@link Projection}: each fault says what, expected and found. */
final class RowChecks {
  private RowChecks() {}

  /** Input dimension of a dense row. */
  static int dimension(ProjectionSpec spec) {
    long d =
        spec.d()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "dense row: expected a projection with a known input dimension d, found one"
                            + " over the open space of 64-bit ids; hand in a sparse row"));
    if (d > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "dense row: expected an input dimension d below 2^31, found " + d);
    }
    return (int) d;
  }

  /** One dense row of exactly d entries and its k outputs. */
  static void lengths(ProjectionSpec spec, int rowLength, int outLength) {
    int d = dimension(spec);
    if (rowLength != d) {
      throw new IllegalArgumentException(
          "dense row: expected d = " + d + " entries, found " + rowLength);
    }
    output(spec, outLength);
  }

  /** k outputs. */
  static void output(ProjectionSpec spec, int outLength) {
    if (outLength != spec.k()) {
      throw new IllegalArgumentException(
          "projected row: expected k = " + spec.k() + " entries, found " + outLength);
    }
  }

  /** A block of n rows and its outputs. */
  static void block(ProjectionSpec spec, int rowsLength, int n, int outLength) {
    long d = dimension(spec);
    if (n < 0) {
      throw new IllegalArgumentException("block of rows: expected n of at least 0, found " + n);
    }
    if (rowsLength < n * d) {
      throw new IllegalArgumentException(
          "block of rows: expected at least n x d = " + n * d + " entries, found " + rowsLength);
    }
    if (outLength < (long) n * spec.k()) {
      throw new IllegalArgumentException(
          "projected block: expected at least n x k = "
              + (long) n * spec.k()
              + " entries, found "
              + outLength);
    }
  }

  /** The ids of a sparse row and its k outputs. */
  static void sparse(ProjectionSpec spec, SparseRow row, int outLength) {
    output(spec, outLength);
    int size = row.size();
    long[] ids = row.ids();
    for (int i = 1; i < size; i++) {
      if (ids[i - 1] >= ids[i]) {
        throw new IllegalArgumentException(
            "sparse row: expected ids in strictly ascending order, found "
                + ids[i]
                + " after "
                + ids[i - 1]
                + " at entry "
                + i);
      }
    }
    if (size > 0 && spec.d().isPresent()) {
      long d = spec.d().getAsLong();
      // Ascending: the ends bound the rest.
      long stray = ids[0] < 0 ? ids[0] : ids[size - 1];
      if (stray < 0 || stray >= d) {
        throw new IllegalArgumentException(
            "sparse row: expected ids from 0 to d - 1 = " + (d - 1) + ", found " + stray);
      }
    }
  }

  /** q4 of a unit vector. */
  static void q4(double q4) {
    if (!(q4 >= 0 && q4 <= 1)) {
      throw new IllegalArgumentException(
          "q4, the sum of fourth powers of a unit vector: expected 0 to 1, found " + q4);
    }
  }
}
