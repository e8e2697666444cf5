// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * All d columns, each made when first asked for and then kept. Thread-safe: two threads that miss
 * the same column make the same bits, and either array may stay.
 *
 * <p>Memory when all columns were asked for: about d (4k + 20) bytes in binary32 and d (8k + 20) in
 * binary64.
 */
final class ColumnTable implements DenseColumns {
  private final IntFunction<double[]> maker;
  private final AtomicReferenceArray<float[]> floats;
  private final AtomicReferenceArray<double[]> doubles;

  /**
   * An empty table.
   *
   * @param maker gives the k entries of a column, in an array that nobody changes afterwards; from
   *     any thread
   * @param d number of columns
   */
  ColumnTable(IntFunction<double[]> maker, int d) {
    this.maker = maker;
    this.floats = new AtomicReferenceArray<>(d);
    this.doubles = new AtomicReferenceArray<>(d);
  }

  @Override
  public float[] floats(long feature) {
    int j = (int) feature;
    float[] column = floats.getAcquire(j);
    if (column == null) {
      column = rounded(maker.apply(j));
      floats.setRelease(j, column);
    }
    return column;
  }

  @Override
  public double[] doubles(long feature) {
    int j = (int) feature;
    double[] column = doubles.getAcquire(j);
    if (column == null) {
      column = maker.apply(j);
      doubles.setRelease(j, column);
    }
    return column;
  }

  private static float[] rounded(double[] exact) {
    float[] column = new float[exact.length];
    for (int c = 0; c < column.length; c++) {
      column[c] = (float) exact[c];
    }
    return column;
  }
}
