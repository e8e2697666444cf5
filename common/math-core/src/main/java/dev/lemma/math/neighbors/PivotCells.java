// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/**
 * Which of some pivots a dense row is nearest to, so that near rows mostly share a cell: the
 * Voronoi cells of the pivots.
 *
 * <p>The nearest by the Euclidean distance is that of largest x'p - p'p / 2, by the cosine that of
 * largest x'p / |p|. Sums are taken in binary32 in the order of the features, and of equal ones the
 * first pivot wins: the same cell everywhere. Where sums overflow or are NaN the row falls into
 * some cell, which is the same everywhere too.
 *
 * <p>n d multiplications for a row and n pivots, in vectors; not thread-safe.
 */
public final class PivotCells {
  private final int d;
  private final int count;
  // d x count: feature after feature.
  private final float[] columns;
  private final float[] offsets;
  private final float[] scores;

  private PivotCells(int d, float[] columns, float[] offsets) {
    this.d = d;
    this.count = offsets.length;
    this.columns = columns;
    this.offsets = offsets;
    scores = new float[count];
  }

  /**
   * The cells of some pivots.
   *
   * @param pivots n x d, row-major, n at least 1; not kept
   * @param d number of features, at least 1
   * @throws IllegalArgumentException if there is no pivot, or a part of one
   */
  public static PivotCells of(Metric metric, float[] pivots, int d) {
    if (d < 1 || pivots.length == 0 || pivots.length % d != 0) {
      throw new IllegalArgumentException(
          "pivots: expected rows of d = " + d + " values, found " + pivots.length + " values");
    }
    int count = pivots.length / d;
    float[] columns = new float[pivots.length];
    float[] offsets = new float[count];
    for (int p = 0; p < count; p++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        square += (double) pivots[p * d + j] * pivots[p * d + j];
      }
      double scale = metric == Metric.COSINE && square > 0 ? 1 / Math.sqrt(square) : 1;
      for (int j = 0; j < d; j++) {
        columns[j * count + p] = (float) (pivots[p * d + j] * scale);
      }
      offsets[p] = metric == Metric.EUCLIDEAN ? (float) (-0.5 * square) : 0;
    }
    return new PivotCells(d, columns, offsets);
  }

  /** Number of cells. */
  public int cells() {
    return count;
  }

  /**
   * The cell of a row.
   *
   * @param values holds the row's d values from a place on
   * @return a number from 0 to {@link #cells} - 1
   */
  public int cell(float[] values, int at) {
    System.arraycopy(offsets, 0, scores, 0, count);
    for (int j = 0; j < d; j++) {
      float value = values[at + j];
      int column = j * count;
      for (int p = 0; p < count; p++) {
        scores[p] += value * columns[column + p];
      }
    }
    int best = 0;
    for (int p = 1; p < count; p++) {
      if (scores[p] > scores[best]) {
        best = p;
      }
    }
    return best;
  }

  /** The scores of the last row whose cell was asked for, until the next is. */
  float[] scores() {
    return scores;
  }
}
