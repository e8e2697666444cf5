// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * {@link PowerKernel#blas}: X W, X'Y and Y'Y of a batch X of dense rows are products of the
 * library.
 */
final class BlasPower implements PowerKernel {
  private static final int BATCH_NUMBERS = 1 << 18;
  private static final int MOST_ROWS = 512;
  private static final int LEAST_ROWS = 16;

  private final PassPlan plan;
  private final Gemm gemm;
  private final LoopPower sparse;
  private final int n;
  private final int l;
  private final int width;
  private final int capacity;
  private double[] basis;
  private double[] transform;
  private double[] rows;
  private double[] projected;
  private double[] transformed;
  private double[] product;
  private double[] gram;
  private PowerSums sums;
  private RowNorms norms;
  private int batched;

  BlasPower(PassPlan plan, Gemm gemm) {
    this.plan = plan;
    this.gemm = gemm;
    this.sparse = new LoopPower(plan);
    this.n = plan.dimension();
    this.l = plan.basis().columns();
    this.width = plan.width();
    this.capacity = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, BATCH_NUMBERS / n));
  }

  @Override
  public void add(SparseRow row) {
    sparse.add(row);
  }

  @Override
  public void add(double[] row) {
    if (sums == null) {
      begin();
    }
    norms.add(row);
    System.arraycopy(row, 0, rows, batched * n, n);
    if (++batched == capacity) {
      addBatch();
    }
  }

  /** At the first dense row: memory that sparse ones have no use for. */
  private void begin() {
    sums = PowerSums.empty(plan);
    norms = new RowNorms(plan, sums.columnSums(), sums.columnSquares());
    gram = new double[width * width];
    product =
        new double[plan.products() == PassPlan.Products.BOTH ? Math.multiplyExact(n, width) : 0];
    if (basis == null) {
      basis = new double[Math.multiplyExact(n, l)];
      for (int j = 0; j < n; j++) {
        System.arraycopy(sparse.basis(j), 0, basis, j * l, l);
      }
      transform = new double[plan.transform().length * width];
      for (int i = 0; i < plan.transform().length; i++) {
        System.arraycopy(plan.transform()[i], 0, transform, i * width, width);
      }
      rows = new double[Math.multiplyExact(capacity, n)];
      projected = new double[capacity * l];
      transformed = transform.length == 0 ? projected : new double[capacity * width];
    }
  }

  private void addBatch() {
    int count = batched;
    if (count == 0) {
      return;
    }
    batched = 0;
    gemm.dgemm(count, l, n, 1, rows, 0, n, basis, 0, l, 0, projected, 0, l);
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < l; c++) {
        projected[r * l + c] -= plan.shift()[c];
      }
    }
    if (transform.length > 0) {
      gemm.dgemm(
          count, width, l, 1, projected, 0, l, transform, 0, width, 0, transformed, 0, width);
    }
    double[] y = transformed;
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < width; c++) {
        sums.sums()[c] += y[r * width + c];
      }
    }
    gemm.dgemmTransposed(width, width, count, 1, y, 0, width, y, 0, width, 1, gram, 0, width);
    if (product.length > 0) {
      gemm.dgemmTransposed(n, width, count, 1, rows, 0, n, y, 0, width, 1, product, 0, width);
    }
  }

  @Override
  public PowerSums finish() {
    PowerSums all = sparse.finish();
    if (sums == null) {
      return all;
    }
    addBatch();
    norms.drainInto(sums);
    int at = 0;
    for (int j = 0; j < width; j++) {
      for (int i = 0; i <= j; i++) {
        sums.gram()[at++] = gram[i * width + j];
      }
    }
    if (product.length > 0) {
      for (int j = 0; j < n; j++) {
        sums.product()[j] = Arrays.copyOfRange(product, j * width, (j + 1) * width);
      }
    }
    PowerSums dense = sums;
    sums = null;
    return dense.add(all);
  }
}
