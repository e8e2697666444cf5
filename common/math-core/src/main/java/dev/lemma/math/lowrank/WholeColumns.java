// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.Arrays;
import java.util.Optional;

/** A tall matrix in memory, by its columns: 8 n c bytes. */
final class WholeColumns implements TallMatrix {
  private final double[][] columns;

  /**
   * @param columns at least one, each an array of n; taken as they are
   */
  WholeColumns(double[][] columns) {
    this.columns = columns;
  }

  /** The columns of a matrix in memory; not to be changed. */
  static double[][] arrays(TallMatrix matrix) {
    return ((WholeColumns) matrix).columns;
  }

  @Override
  public int columns() {
    return columns.length;
  }

  @Override
  public TallMatrix times(double[][] weights) {
    return new WholeColumns(TallColumns.multiply(columns, weights));
  }

  @Override
  public TallMatrix beside(TallMatrix other) {
    double[][] right = arrays(other);
    double[][] all = Arrays.copyOf(columns, columns.length + right.length);
    System.arraycopy(right, 0, all, columns.length, right.length);
    return new WholeColumns(all);
  }

  @Override
  public double[][] inner(TallMatrix other) {
    return TallColumns.inner(columns, arrays(other));
  }

  @Override
  public Optional<TallSvd> decompose() {
    return Triplets.of(columns)
        .map(found -> new TallSvd(found.values(), new WholeColumns(found.right()), found.core()));
  }
}
