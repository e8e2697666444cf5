// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * The map z from rows to k features, with E[z(x)'z(y)] = k(x, y).
 *
 * <p><b>Fourier features</b> (Gaussian, Laplacian, Matern): with m = k / 2 frequencies w, feature i
 * is cos(w_i'x) / sqrt(m) and feature m + i is sin(w_i'x) / sqrt(m), so that |z(x)| = 1 and the
 * estimate is the mean of cos(w'(x - y)). Two features a frequency have a smaller error than the
 * one cos(w'x + b) with a random offset, at as many features and half the products.
 *
 * <p><b>Positive features</b> (softmax): feature i is exp(w_i'x - |x|<sup>2</sup> / 2) / sqrt(2 m)
 * and feature m + i the same with -w_i, rows being divided by the bandwidth: all positive, unlike
 * the trigonometric estimate, and with a small error where the kernel is small.
 *
 * <p><b>Bits.</b> Features depend on specification, row and type of arithmetic alone: the same for
 * a dense and a sparse row, alone and in a block, interpreted and compiled, on every machine. In
 * {@code float} all arithmetic is in binary32, but exponents and norms of positive features in
 * binary64.
 *
 * <p><b>Special values.</b> What is not finite, phases beyond 2<sup>22</sup> turns in {@code float}
 * (2<sup>51</sup> in {@code double}), exponentials that overflow and rows so long that all of their
 * positive features would be 0 make features that are not finite; callers screen for them. The row
 * of zeros maps to cosines of 1 and sines of 0.
 *
 * <p>Holds buffers; belongs to one thread. Cost: that of the {@link FrequencyDesign}, and some
 * nanoseconds a feature.
 */
public final class FeatureMap {
  private static final double TURN = 2 * Math.PI;

  private final FeatureSpec spec;
  private final Frequencies frequencies;
  private final boolean positive;
  private final double bandwidth;
  private final FloatWaves floatWaves = new FloatWaves();
  private final DoubleWaves doubleWaves = new DoubleWaves();
  private final SparseRow nonZeros = new SparseRow();
  private final float[] floatProducts;
  private final double[] doubleProducts;

  private FeatureMap(FeatureSpec spec) {
    this.spec = spec;
    this.positive = spec.kernel() instanceof KernelFunction.Softmax;
    this.bandwidth = spec.kernel().bandwidth();
    this.frequencies = Frequencies.of(spec, positive ? 1 / bandwidth : 1 / (TURN * bandwidth));
    this.floatProducts = new float[spec.count()];
    this.doubleProducts = new double[spec.count()];
  }

  /**
   * The map of a specification. Cheap: frequencies are made when they are first needed, and shared
   * in the JVM.
   *
   * @throws IllegalArgumentException if the frequencies do not fit into the heap
   */
  public static FeatureMap of(FeatureSpec spec) {
    return new FeatureMap(spec);
  }

  /** What this map was made from. */
  public FeatureSpec spec() {
    return spec;
  }

  /**
   * The features of a sparse row.
   *
   * @param row ids strictly ascending, in [0, d)
   * @param out receives k features; exactly k long
   */
  public void map(SparseRow row, float[] out) {
    requireRow(row);
    requireLength("features", spec.k(), out.length);
    map(row, out, 0);
  }

  /** The twin of {@link #map(SparseRow, float[])} in binary64. */
  public void map(SparseRow row, double[] out) {
    requireRow(row);
    requireLength("features", spec.k(), out.length);
    map(row, out, 0);
  }

  /**
   * The features of a dense row.
   *
   * @param row exactly d entries
   * @param out receives k features; exactly k long
   */
  public void map(float[] row, float[] out) {
    requireLength("row", spec.d(), row.length);
    requireLength("features", spec.k(), out.length);
    mapRows(row, 1, out);
  }

  /** The twin of {@link #map(float[], float[])} in binary64. */
  public void map(double[] row, double[] out) {
    requireLength("row", spec.d(), row.length);
    requireLength("features", spec.k(), out.length);
    mapRows(row, 1, out);
  }

  /**
   * The features of each row of a block.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0
   * @param out receives n x k features, row-major; may be longer
   */
  public void mapRows(float[] rows, int n, float[] out) {
    requireBlock(n, rows.length, out.length);
    for (int r = 0; r < n; r++) {
      map(nonZeros(rows, r * spec.d()), out, r * spec.k());
    }
  }

  /** The twin of {@link #mapRows(float[], int, float[])} in binary64. */
  public void mapRows(double[] rows, int n, double[] out) {
    requireBlock(n, rows.length, out.length);
    for (int r = 0; r < n; r++) {
      map(nonZeros(rows, r * spec.d()), out, r * spec.k());
    }
  }

  /**
   * What the features of each row of a block are cosines, sines or exponentials of: the products of
   * its m frequencies with the row over the bandwidth, in turns (over 2 pi) for Fourier features.
   *
   * @param rows n x d entries, row-major; may be longer
   * @param n number of rows, at least 0
   * @param out receives n x k / 2 products, row-major; may be longer
   */
  public void products(float[] rows, int n, float[] out) {
    int m = spec.count();
    if (n < 0 || rows.length < (long) n * spec.d() || out.length < (long) n * m) {
      throw new IllegalArgumentException(
          "block of rows: expected n of at least 0, n x d entries and room for n x k / 2 products,"
              + " found n = "
              + n);
    }
    for (int r = 0; r < n; r++) {
      frequencies.multiply(nonZeros(rows, r * spec.d()), floatProducts);
      System.arraycopy(floatProducts, 0, out, r * m, m);
    }
  }

  private SparseRow nonZeros(float[] rows, int at) {
    nonZeros.clear();
    for (int j = 0; j < spec.d(); j++) {
      float x = rows[at + j];
      if (x != 0) {
        nonZeros.append(j, x);
      }
    }
    return nonZeros;
  }

  private SparseRow nonZeros(double[] rows, int at) {
    nonZeros.clear();
    for (int j = 0; j < spec.d(); j++) {
      double x = rows[at + j];
      if (x != 0) {
        nonZeros.append(j, x);
      }
    }
    return nonZeros;
  }

  private void map(SparseRow row, float[] out, int at) {
    frequencies.multiply(row, floatProducts);
    int m = spec.count();
    if (!positive) {
      floatWaves.map(floatProducts, (float) (1 / Math.sqrt(m)), out, at);
      return;
    }
    double norm = 0;
    for (int e = 0; e < row.size(); e++) {
      double x = (float) row.values()[e] / bandwidth;
      norm += x * x;
    }
    double scale = 1 / Math.sqrt(2.0 * m);
    float largest = 0;
    for (int i = 0; i < m; i++) {
      float plus = (float) (scale * Exponential.of(floatProducts[i] - 0.5 * norm));
      float minus = (float) (scale * Exponential.of(-floatProducts[i] - 0.5 * norm));
      largest = Math.max(largest, Math.max(plus, minus));
      out[at + i] = plus;
      out[at + m + i] = minus;
    }
    if (largest == 0) {
      Arrays.fill(out, at, at + 2 * m, Float.NaN);
    }
  }

  private void map(SparseRow row, double[] out, int at) {
    frequencies.multiply(row, doubleProducts);
    int m = spec.count();
    if (!positive) {
      doubleWaves.map(doubleProducts, 1 / Math.sqrt(m), out, at);
      return;
    }
    double norm = 0;
    for (int e = 0; e < row.size(); e++) {
      double x = row.values()[e] / bandwidth;
      norm += x * x;
    }
    double scale = 1 / Math.sqrt(2.0 * m);
    double largest = 0;
    for (int i = 0; i < m; i++) {
      double plus = scale * Exponential.of(doubleProducts[i] - 0.5 * norm);
      double minus = scale * Exponential.of(-doubleProducts[i] - 0.5 * norm);
      largest = Math.max(largest, Math.max(plus, minus));
      out[at + i] = plus;
      out[at + m + i] = minus;
    }
    if (largest == 0) {
      Arrays.fill(out, at, at + 2 * m, Double.NaN);
    }
  }

  private void requireRow(SparseRow row) {
    long before = -1;
    for (int e = 0; e < row.size(); e++) {
      long id = row.ids()[e];
      if (id <= before || id >= spec.d()) {
        throw new IllegalArgumentException(
            "sparse row: expected ids ascending from 0 to d - 1 = "
                + (spec.d() - 1)
                + ", found "
                + id
                + " at entry "
                + e);
      }
      before = id;
    }
  }

  private static void requireLength(String what, int expected, int found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          what + ": expected " + expected + " entries, found " + found);
    }
  }

  private void requireBlock(int n, int rows, int out) {
    if (n < 0 || rows < (long) n * spec.d() || out < (long) n * spec.k()) {
      throw new IllegalArgumentException(
          "block of rows: expected n of at least 0, n x d entries and room for n x k features,"
              + " found n = "
              + n
              + " with d = "
              + spec.d()
              + " and k = "
              + spec.k()
              + ", "
              + rows
              + " entries and room for "
              + out);
    }
  }
}
