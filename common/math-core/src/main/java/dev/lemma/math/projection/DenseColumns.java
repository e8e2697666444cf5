// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * The columns of a dense R, before the scale, as arrays indexed from zero: the compiler vectorises
 * sums over such arrays, and not over stretches of a flat one.
 */
sealed interface DenseColumns permits ColumnTable, ColumnCache {
  /**
   * The k entries of a feature's column, rounded to binary32. Read only; valid until a feature of
   * another group of four is asked for.
   */
  float[] floats(long feature);

  /** The k entries of a feature's column. Read only; valid as with {@link #floats}. */
  double[] doubles(long feature);

  /**
   * The columns of a specification: a table shared in the JVM where all of them fit into an eighth
   * of the heap, else a cache of hot features.
   *
   * @param law a pure function of the specification, safe to call from any thread
   */
  static DenseColumns of(ProjectionSpec spec, ColumnLaw law) {
    int k = spec.k();
    if (spec.d().isEmpty() || !SharedTables.fits(spec.d().getAsLong(), k)) {
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
                (int) spec.d().getAsLong()));
  }
}
