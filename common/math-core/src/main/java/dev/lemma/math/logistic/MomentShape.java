// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.Objects;

/**
 * How large the moments of a data set are.
 *
 * @param folds F, at least 1
 * @param classes K, at least 1
 * @param features d, from 1 to {@link #MAX_FEATURES}
 * @param layout how the scatter is kept
 */
public record MomentShape(int folds, int classes, int features, ScatterLayout layout) {
  /** Largest number of features of which a packed scatter can be accumulated. */
  public static final int MAX_FEATURES = PackedSymmetric.MAX_ORDER - 2;

  // A sum over fewer rows spends its time on reading and writing the scatter.
  private static final int ROWS_PER_SUM = 128;
  private static final int MIN_BLOCK_ROWS = 512;
  private static final int MAX_BLOCK_ROWS = 65_536;
  private static final int BLOCK_DOUBLES = 1 << 22;
  private static final int LEAST_ROWS = 64;

  /** Checks the sizes. */
  public MomentShape {
    Objects.requireNonNull(layout);
    if (folds < 1 || classes < 1 || features < 1 || features > MAX_FEATURES) {
      throw new IllegalArgumentException(
          "moments need at least 1 fold, 1 class and 1 to "
              + MAX_FEATURES
              + " features, found "
              + folds
              + ", "
              + classes
              + " and "
              + features);
    }
    if ((long) folds * classes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "there are at most "
              + (Integer.MAX_VALUE - 8)
              + " cells of fold and class, found "
              + (long) folds * classes);
    }
  }

  /**
   * The shape with the scatter by class if it then has at most so many doubles, else pooled.
   *
   * @param scatterDoubles bound for F K d (d + 1) / 2
   */
  public static MomentShape within(int folds, int classes, int features, long scatterDoubles) {
    MomentShape detailed = new MomentShape(folds, classes, features, ScatterLayout.PER_CLASS);
    return detailed.scatterDoubles() <= scatterDoubles
        ? detailed
        : new MomentShape(folds, classes, features, ScatterLayout.POOLED);
  }

  /** Number of cells of fold and class, F K. */
  public int cells() {
    return folds * classes;
  }

  /** Number of scatter matrices when every cell has rows: F K, or F when pooled. */
  public int scatters() {
    return layout == ScatterLayout.PER_CLASS ? cells() : folds;
  }

  /** Doubles in all scatter matrices: {@link #scatters} d (d + 1) / 2. */
  public double scatterDoubles() {
    return (double) scatters() * PackedSymmetric.length(features);
  }

  /**
   * Rows that wait in an accumulator before they are summed, at most: 128 for each scatter, 512 to
   * 65,536, as long as they are no more than 2<sup>22</sup> numbers (32 MB), but at least 64.
   */
  public int blockRows() {
    long wanted = Math.max(MIN_BLOCK_ROWS, (long) ROWS_PER_SUM * scatters());
    long fitting = Math.min(MAX_BLOCK_ROWS, BLOCK_DOUBLES / features);
    return (int) Math.max(LEAST_ROWS, Math.min(wanted, fitting));
  }
}
