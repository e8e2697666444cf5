// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.GramKernel;
import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * {@link PowerKernel#loops}. Four terms are added in one sweep over a row of W or of A'Y, one after
 * the other, which gives the bits of four sweeps. Rows of W and A'Y are arrays of their own, for
 * the compiler of JDK 17 vectorises loops whose arrays are indexed from zero.
 */
final class LoopPower implements PowerKernel {
  private static final int BATCH = 4;

  private final PassPlan plan;
  private final boolean sumsProduct;
  private final double[][] basis;
  private final double[] negatedShift;
  private final GramKernel gramKernel;
  private final double[][] batch;
  private final double[][] batchY;
  private final double[] product;
  private int batched;
  private int loaded;
  private PowerSums sums;
  private RowNorms norms;

  LoopPower(PassPlan plan) {
    this.plan = plan;
    this.sumsProduct = plan.products() == PassPlan.Products.BOTH;
    this.basis = new double[plan.dimension()][];
    this.negatedShift = new double[plan.basis().columns()];
    for (int c = 0; c < negatedShift.length; c++) {
      negatedShift[c] = 0 - plan.shift()[c];
    }
    this.gramKernel = GramKernel.loops(plan.width());
    this.batch = new double[sumsProduct ? BATCH : 0][plan.dimension()];
    this.batchY = new double[BATCH][plan.width()];
    this.product = new double[plan.basis().columns()];
    begin();
  }

  private void begin() {
    sums = PowerSums.empty(plan);
    norms = new RowNorms(plan, sums.columnSums(), sums.columnSquares());
  }

  /** Row j of W, kept once it was made. */
  double[] basis(int j) {
    double[] row = basis[j];
    if (row == null) {
      row = plan.basis().row(j);
      basis[j] = row;
    }
    return row;
  }

  @Override
  public void add(double[] row) {
    norms.add(row);
    double[] y = batchY[batched];
    double[] p = startProduct(y);
    int j = 0;
    for (; j + 4 <= row.length; j += 4) {
      double a = row[j];
      double b = row[j + 1];
      double c = row[j + 2];
      double d = row[j + 3];
      if (a != 0 || b != 0 || c != 0 || d != 0) {
        RowSweeps.addFour(p, a, basis(j), b, basis(j + 1), c, basis(j + 2), d, basis(j + 3));
      }
    }
    for (; j < row.length; j++) {
      if (row[j] != 0) {
        RowSweeps.addOne(p, row[j], basis(j));
      }
    }
    takeY(p, y);
    if (sumsProduct) {
      System.arraycopy(row, 0, batch[batched], 0, row.length);
      if (++batched == BATCH) {
        addBatch();
      }
    }
  }

  @Override
  public void add(SparseRow row) {
    // Rows enter A'Y in their order.
    addBatch();
    norms.add(row);
    double[] y = batchY[0];
    double[] p = startProduct(y);
    long[] ids = row.ids();
    double[] values = row.values();
    int size = row.size();
    int e = 0;
    for (; e + 4 <= size; e += 4) {
      RowSweeps.addFour(
          p,
          values[e],
          basis((int) ids[e]),
          values[e + 1],
          basis((int) ids[e + 1]),
          values[e + 2],
          basis((int) ids[e + 2]),
          values[e + 3],
          basis((int) ids[e + 3]));
    }
    for (; e < size; e++) {
      RowSweeps.addOne(p, values[e], basis((int) ids[e]));
    }
    takeY(p, y);
    if (sumsProduct) {
      spread(row, y);
    }
  }

  /** Adds a' y to A'Y: four rows of that in one sweep over y, which gives the bits of four. */
  private void spread(SparseRow row, double[] y) {
    long[] ids = row.ids();
    double[] values = row.values();
    int size = row.size();
    int e = 0;
    for (; e + 4 <= size; e += 4) {
      RowSweeps.spreadFour(
          y,
          values[e],
          productRow((int) ids[e]),
          values[e + 1],
          productRow((int) ids[e + 1]),
          values[e + 2],
          productRow((int) ids[e + 2]),
          values[e + 3],
          productRow((int) ids[e + 3]));
    }
    for (; e < size; e++) {
      RowSweeps.addOne(productRow((int) ids[e]), values[e], y);
    }
  }

  /** Where a W - s is formed: in y itself unless it is to be transformed. */
  private double[] startProduct(double[] y) {
    double[] p = plan.transform().length == 0 ? y : product;
    System.arraycopy(negatedShift, 0, p, 0, negatedShift.length);
    return p;
  }

  /** Finishes y and adds it to the sums of Y and of its Gram matrix. */
  private void takeY(double[] p, double[] y) {
    if (p != y) {
      Arrays.fill(y, 0);
      for (int i = 0; i < p.length; i++) {
        RowSweeps.addOne(y, p[i], plan.transform()[i]);
      }
    }
    RowSweeps.addOne(sums.sums(), 1, y);
    gramKernel.load(loaded, y);
    if (++loaded == gramKernel.capacity()) {
      addGram();
    }
  }

  private void addGram() {
    gramKernel.addTo(sums.gram(), loaded);
    loaded = 0;
  }

  private double[] productRow(int j) {
    double[] row = sums.product()[j];
    if (row == null) {
      row = new double[plan.width()];
      sums.product()[j] = row;
    }
    return row;
  }

  /** Adds the batched dense rows to A'Y. */
  private void addBatch() {
    if (batched == 0) {
      return;
    }
    if (batched == BATCH) {
      double[] a = batch[0];
      double[] b = batch[1];
      double[] c = batch[2];
      double[] d = batch[3];
      for (int j = 0; j < a.length; j++) {
        if (a[j] != 0 || b[j] != 0 || c[j] != 0 || d[j] != 0) {
          RowSweeps.addFour(
              productRow(j), a[j], batchY[0], b[j], batchY[1], c[j], batchY[2], d[j], batchY[3]);
        }
      }
    } else {
      for (int r = 0; r < batched; r++) {
        double[] row = batch[r];
        for (int j = 0; j < row.length; j++) {
          if (row[j] != 0) {
            RowSweeps.addOne(productRow(j), row[j], batchY[r]);
          }
        }
      }
    }
    batched = 0;
  }

  @Override
  public PowerSums finish() {
    addBatch();
    addGram();
    norms.drainInto(sums);
    PowerSums finished = sums;
    begin();
    return finished;
  }
}
