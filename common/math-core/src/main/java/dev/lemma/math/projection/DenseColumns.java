// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * The columns of a dense R, before the scale, as arrays indexed from zero: the compiler vectorises
 * sums over such arrays, and not over stretches of a flat one.
 */
public sealed interface DenseColumns permits ColumnTable, ColumnCache {
  /**
   * The k entries of a feature's column, rounded to binary32. Read only; valid until a feature of
   * another group of four is asked for.
   */
  float[] floats(long feature);

  /** The k entries of a feature's column. Read only; valid as with {@link #floats}. */
  double[] doubles(long feature);

  /** The columns of a projection: see {@link #of(Record, OptionalLong, int, ColumnLaw)}. */
  static DenseColumns of(ProjectionSpec spec, ColumnLaw law) {
    return of(spec, spec.d(), spec.k(), law);
  }

  /**
   * The columns of a specification: a table shared in the JVM where all of them fit into an eighth
   * of the heap, else a cache of hot features.
   *
   * @param spec what the columns follow from; equal ones share
   * @param d number of columns, or empty where features are open
   * @param k entries of a column
   * @param law a pure function of the specification, safe to call from any thread
   */
  static DenseColumns of(Record spec, OptionalLong d, int k, ColumnLaw law) {
    if (d.isEmpty() || !SharedTables.fits(d.getAsLong(), k)) {
      return new ColumnCache(law, k);
    }
    return SharedTables.get(
        ColumnTable.class,
        spec,
        () ->
            new ColumnTable(
                feature -> {
                  double[] column = new double[k];
                  law.fill(feature, column);
                  return column;
                },
                (int) d.getAsLong()));
  }

  /**
   * The columns of a matrix that exists only as a whole, in a table shared in the JVM.
   *
   * @param spec what the columns follow from; equal ones share
   * @param d number of columns
   * @param column gives a column, in an array that nobody changes afterwards; from any thread
   */
  static DenseColumns whole(Record spec, int d, IntFunction<double[]> column) {
    return SharedTables.get(ColumnTable.class, spec, () -> new ColumnTable(column, d));
  }
}
