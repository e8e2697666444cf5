// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * A projection that adds up columns of R, one feature after the other, and multiplies by a scale at
 * the end. A dense row goes through its non-zero entries, which makes it the same sum as its sparse
 * form.
 */
sealed interface SummedProjection extends Projection
    permits SignProjection, SparseSignProjection, DenseProjection, VerySparseProjection {

  /** Adds R u, not yet scaled, to k sums; the row keeps its contract. */
  void add(SparseRow row, float[] sums);

  /** The twin of {@link #add(SparseRow, float[])} in binary64. */
  void add(SparseRow row, double[] sums);

  /** What the sums are multiplied by. */
  double scale();

  /** This instance's working memory. */
  RowBuffers buffers();

  @Override
  default void project(SparseRow row, float[] out) {
    RowChecks.sparse(spec(), row, out.length);
    Arrays.fill(out, 0);
    add(row, out);
    scaleInPlace(out, (float) scale());
  }

  @Override
  default void project(SparseRow row, double[] out) {
    RowChecks.sparse(spec(), row, out.length);
    Arrays.fill(out, 0);
    add(row, out);
    scaleInPlace(out, scale());
  }

  @Override
  default void projectRows(float[] rows, int n, float[] out) {
    RowChecks.block(spec(), rows.length, n, out.length);
    int d = RowChecks.dimension(spec());
    for (int r = 0; r < n; r++) {
      sumAndScale(buffers().nonZeros(rows, r * d, d), out, r * spec().k());
    }
  }

  @Override
  default void projectRows(double[] rows, int n, double[] out) {
    RowChecks.block(spec(), rows.length, n, out.length);
    int d = RowChecks.dimension(spec());
    for (int r = 0; r < n; r++) {
      sumAndScale(buffers().nonZeros(rows, r * d, d), out, r * spec().k());
    }
  }

  private void sumAndScale(SparseRow row, float[] out, int at) {
    float[] sums = buffers().zeroFloats();
    add(row, sums);
    scaleInPlace(sums, (float) scale());
    System.arraycopy(sums, 0, out, at, sums.length);
  }

  private void sumAndScale(SparseRow row, double[] out, int at) {
    double[] sums = buffers().zeroDoubles();
    add(row, sums);
    scaleInPlace(sums, scale());
    System.arraycopy(sums, 0, out, at, sums.length);
  }

  /** Indexed from zero, so that the loop is vectorised. */
  static void scaleInPlace(float[] sums, float scale) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] *= scale;
    }
  }

  /** Indexed from zero, so that the loop is vectorised. */
  static void scaleInPlace(double[] sums, double scale) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] *= scale;
    }
  }
}
