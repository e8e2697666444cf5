// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Arrays;

/**
 * n rows of binary32 values, dense or sparse, with their squared lengths, and the exact distances
 * between rows of two blocks.
 *
 * <p><b>Distances.</b> In binary64, by eight sums: feature j goes to sum j mod 8, features in
 * ascending order, and the eight are added as ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)). A
 * feature in which a term is zero changes no sum, so that dense and sparse blocks give the same
 * bits, and so does every pair whichever way round. The Euclidean distance is the root of the
 * summed squares of differences, not of a difference of sums: it is exact to a relative d
 * 2<sup>-53</sup> however close the rows lie. The cosine distance is 1 - a'b / sqrt(a'a b'b), not
 * below 0, absolutely exact to d 2<sup>-52</sup>.
 *
 * <p>Holds the arrays that it was given, not copies: leave them alone. Then it is immutable and
 * thread-safe. NaN and infinite values are not looked for.
 */
public final class RowBlock {
  private final int size;
  private final int dimension;
  private final float[] values;
  private final int[] starts;
  private final long[] ids;
  private final double[] squares;

  private RowBlock(int size, int dimension, float[] values, int[] starts, long[] ids) {
    this.size = size;
    this.dimension = dimension;
    this.values = values;
    this.starts = starts;
    this.ids = ids;
    squares = new double[size];
    double[] sums = new double[8];
    for (int i = 0; i < size; i++) {
      Arrays.fill(sums, 0);
      for (int e = start(i); e < start(i + 1); e++) {
        int lane = (int) (isSparse() ? ids[e] : e - start(i)) & 7;
        sums[lane] += (double) values[e] * values[e];
      }
      squares[i] = total(sums);
    }
  }

  /**
   * Dense rows.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0
   * @param d number of features, at least 1
   * @throws IllegalArgumentException if there are too few entries
   */
  public static RowBlock dense(float[] rows, int n, int d) {
    if (n < 0 || d < 1 || rows.length < (long) n * d) {
      throw new IllegalArgumentException(
          "block of rows: expected at least n x d = "
              + (long) n * d
              + " entries (n at least 0, d at least 1), found "
              + rows.length);
    }
    return new RowBlock(n, d, rows, null, null);
  }

  /**
   * Sparse rows: row i has the entries {@code starts[i]} up to and without {@code starts[i + 1]}.
   *
   * @param starts n + 1 places, ascending
   * @param ids of each row strictly ascending
   * @param values one for each id
   * @throws IllegalArgumentException if that does not hold
   */
  public static RowBlock sparse(int[] starts, long[] ids, float[] values) {
    if (starts.length == 0 || starts[0] < 0) {
      throw new IllegalArgumentException("sparse rows: expected n + 1 starts of at least 0");
    }
    for (int i = 0; i + 1 < starts.length; i++) {
      if (starts[i + 1] < starts[i] || starts[i + 1] > Math.min(ids.length, values.length)) {
        throw new IllegalArgumentException(
            "sparse rows: expected ascending starts of at most "
                + Math.min(ids.length, values.length)
                + ", found "
                + starts[i + 1]
                + " behind row "
                + i);
      }
      for (int e = starts[i] + 1; e < starts[i + 1]; e++) {
        if (ids[e - 1] >= ids[e]) {
          throw new IllegalArgumentException(
              "sparse rows: expected ids in strictly ascending order, found "
                  + ids[e]
                  + " after "
                  + ids[e - 1]
                  + " in row "
                  + i);
        }
      }
    }
    return new RowBlock(starts.length - 1, 0, values, starts, ids);
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /**
   * The exact distance of two rows. O(d), or O(non-zeros).
   *
   * @param i a row of this block
   * @param other a block of the same kind and number of features
   * @param j a row of that block
   * @return at least 0, at most 2 for the cosine
   * @throws IllegalArgumentException if one block is dense and the other sparse, or dense ones
   *     differ in d
   */
  public double distance(Metric metric, int i, RowBlock other, int j) {
    checkLike(other);
    return switch (metric) {
      case COSINE -> {
        double lengths = squares[i] * other.squares[j];
        if (lengths == 0) {
          yield squares[i] == other.squares[j] ? 0 : 1;
        }
        double dot = isSparse() ? sparseDot(i, other, j) : denseDot(i, other, j);
        yield Math.max(0, 1 - dot / Math.sqrt(lengths));
      }
      case EUCLIDEAN ->
          Math.sqrt(isSparse() ? sparseSquare(i, other, j) : denseSquare(i, other, j));
    };
  }

  boolean isSparse() {
    return starts != null;
  }

  int dimension() {
    return dimension;
  }

  float[] values() {
    return values;
  }

  long id(int entry) {
    return ids[entry];
  }

  /** Where the entries of a row begin; with i = n, where the last ones end. */
  int start(int i) {
    return isSparse() ? starts[i] : i * dimension;
  }

  /** The squared length of a row. */
  double square(int i) {
    return squares[i];
  }

  void checkLike(RowBlock other) {
    if (isSparse() != other.isSparse() || dimension != other.dimension) {
      throw new IllegalArgumentException(
          "distance of rows: expected two blocks of one kind, found "
              + describe()
              + " and "
              + other.describe());
    }
  }

  private String describe() {
    return isSparse() ? "sparse rows" : "dense rows of " + dimension + " features";
  }

  private double denseDot(int i, RowBlock other, int j) {
    float[] x = values;
    float[] y = other.values;
    int a = i * dimension;
    int b = j * dimension;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = dimension & -8;
    for (int end = a + whole; a < end; a += 8, b += 8) {
      s0 += (double) x[a] * y[b];
      s1 += (double) x[a + 1] * y[b + 1];
      s2 += (double) x[a + 2] * y[b + 2];
      s3 += (double) x[a + 3] * y[b + 3];
      s4 += (double) x[a + 4] * y[b + 4];
      s5 += (double) x[a + 5] * y[b + 5];
      s6 += (double) x[a + 6] * y[b + 6];
      s7 += (double) x[a + 7] * y[b + 7];
    }
    for (int lane = 0; lane < dimension - whole; lane++) {
      double term = (double) x[a + lane] * y[b + lane];
      switch (lane) {
        case 0 -> s0 += term;
        case 1 -> s1 += term;
        case 2 -> s2 += term;
        case 3 -> s3 += term;
        case 4 -> s4 += term;
        case 5 -> s5 += term;
        default -> s6 += term;
      }
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private double denseSquare(int i, RowBlock other, int j) {
    float[] x = values;
    float[] y = other.values;
    int a = i * dimension;
    int b = j * dimension;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = dimension & -8;
    for (int end = a + whole; a < end; a += 8, b += 8) {
      s0 += square(x[a], y[b]);
      s1 += square(x[a + 1], y[b + 1]);
      s2 += square(x[a + 2], y[b + 2]);
      s3 += square(x[a + 3], y[b + 3]);
      s4 += square(x[a + 4], y[b + 4]);
      s5 += square(x[a + 5], y[b + 5]);
      s6 += square(x[a + 6], y[b + 6]);
      s7 += square(x[a + 7], y[b + 7]);
    }
    for (int lane = 0; lane < dimension - whole; lane++) {
      double term = square(x[a + lane], y[b + lane]);
      switch (lane) {
        case 0 -> s0 += term;
        case 1 -> s1 += term;
        case 2 -> s2 += term;
        case 3 -> s3 += term;
        case 4 -> s4 += term;
        case 5 -> s5 += term;
        default -> s6 += term;
      }
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static double square(float a, float b) {
    double difference = (double) a - b;
    return difference * difference;
  }

  private double sparseDot(int i, RowBlock other, int j) {
    double[] sums = new double[8];
    int a = starts[i];
    int b = other.starts[j];
    while (a < starts[i + 1] && b < other.starts[j + 1]) {
      long first = ids[a];
      long second = other.ids[b];
      if (first == second) {
        sums[(int) first & 7] += (double) values[a] * other.values[b];
      }
      a += first <= second ? 1 : 0;
      b += second <= first ? 1 : 0;
    }
    return total(sums);
  }

  private double sparseSquare(int i, RowBlock other, int j) {
    double[] sums = new double[8];
    int a = starts[i];
    int b = other.starts[j];
    int endA = starts[i + 1];
    int endB = other.starts[j + 1];
    while (a < endA || b < endB) {
      if (b == endB || a < endA && ids[a] < other.ids[b]) {
        sums[(int) ids[a] & 7] += square(values[a++], 0);
      } else if (a == endA || other.ids[b] < ids[a]) {
        sums[(int) other.ids[b] & 7] += square(0, other.values[b++]);
      } else {
        sums[(int) ids[a] & 7] += square(values[a++], other.values[b++]);
      }
    }
    return total(sums);
  }

  private static double total(double[] s) {
    return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
  }
}
