// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.Gemm;

/**
 * What the families with a dense R have in common beside the exact sums: products through a library
 * and products with R'. Holds panels of at most 4 MB; not thread-safe.
 */
final class DenseMatrix {
  private static final int PANEL_BYTES = 4 << 20;

  private final ProjectionSpec spec;
  private final DenseColumns columns;
  private final double scale;
  private float[] floatPanel;
  private double[] doublePanel;
  // The first feature of what a panel holds: a matrix of one panel is copied once.
  private int floatFrom = -1;
  private int doubleFrom = -1;

  DenseMatrix(ProjectionSpec spec, DenseColumns columns, double scale) {
    this.spec = spec;
    this.columns = columns;
    this.scale = scale;
  }

  /** n x d rows times R', by panels of features. */
  void multiply(float[] rows, int n, float[] out, Gemm gemm) {
    RowChecks.block(spec, rows.length, n, out.length);
    int d = RowChecks.dimension(spec);
    int k = spec.k();
    int width = panelWidth(d, Float.BYTES);
    if (floatPanel == null) {
      floatPanel = new float[width * k];
    }
    for (int from = 0; from < d; from += width) {
      int inner = Math.min(width, d - from);
      if (floatFrom != from) {
        for (int j = 0; j < inner; j++) {
          System.arraycopy(columns.floats(from + j), 0, floatPanel, j * k, k);
        }
        floatFrom = from;
      }
      float beta = from == 0 ? 0 : 1;
      gemm.sgemm(n, k, inner, (float) scale, rows, from, d, floatPanel, 0, k, beta, out, 0, k);
    }
  }

  /** The twin of {@link #multiply(float[], int, float[], Gemm)} in binary64. */
  void multiply(double[] rows, int n, double[] out, Gemm gemm) {
    RowChecks.block(spec, rows.length, n, out.length);
    int d = RowChecks.dimension(spec);
    int k = spec.k();
    int width = panelWidth(d, Double.BYTES);
    if (doublePanel == null) {
      doublePanel = new double[width * k];
    }
    for (int from = 0; from < d; from += width) {
      int inner = Math.min(width, d - from);
      if (doubleFrom != from) {
        for (int j = 0; j < inner; j++) {
          System.arraycopy(columns.doubles(from + j), 0, doublePanel, j * k, k);
        }
        doubleFrom = from;
      }
      double beta = from == 0 ? 0 : 1;
      gemm.dgemm(n, k, inner, scale, rows, from, d, doublePanel, 0, k, beta, out, 0, k);
    }
  }

  private int panelWidth(int d, int entryBytes) {
    return (int) Math.min(d, Math.max(1, PANEL_BYTES / ((long) spec.k() * entryBytes)));
  }

  /** R'y: each entry the scale times the {@link #dot} of y and a column. */
  void multiplyTransposed(float[] projected, float[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    float factor = (float) scale;
    for (int j = 0; j < row.length; j++) {
      row[j] = dot(columns.floats(j), projected) * factor;
    }
  }

  /** The twin of {@link #multiplyTransposed(float[], float[])} in binary64. */
  void multiplyTransposed(double[] projected, double[] row) {
    RowChecks.lengths(spec, row.length, projected.length);
    for (int j = 0; j < row.length; j++) {
      row[j] = dot(columns.doubles(j), projected) * scale;
    }
  }

  /**
   * Four interleaved sums over the first entries, s_i over c = i modulo 4, as (s0 + s1) + (s2 +
   * s3), and then the up to three last entries one by one.
   */
  private static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int whole = a.length & -4;
    for (int c = 0; c < whole; c += 4) {
      s0 += a[c] * b[c];
      s1 += a[c + 1] * b[c + 1];
      s2 += a[c + 2] * b[c + 2];
      s3 += a[c + 3] * b[c + 3];
    }
    float sum = (s0 + s1) + (s2 + s3);
    for (int c = whole; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  /** The twin of {@link #dot(float[], float[])} in binary64. */
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = a.length & -4;
    for (int c = 0; c < whole; c += 4) {
      s0 += a[c] * b[c];
      s1 += a[c + 1] * b[c + 1];
      s2 += a[c + 2] * b[c + 2];
      s3 += a[c + 3] * b[c + 3];
    }
    double sum = (s0 + s1) + (s2 + s3);
    for (int c = whole; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }
}
