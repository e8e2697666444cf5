// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.GramSchmidt;
import dev.lemma.math.linalg.PlainGemm;
import dev.lemma.math.linalg.SparseRow;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** A matrix in memory, passed over as a job would. */
final class MemoryRows implements RowPasses {
  /** How rows are handed to the kernel. */
  enum Way {
    DENSE,
    SPARSE,
    MIXED,
    BLAS
  }

  private final double[][] rows;
  private final Way way;
  int passes;

  MemoryRows(double[][] rows, Way way) {
    this.rows = rows;
    this.way = way;
  }

  @Override
  public PowerSums run(PassPlan plan) {
    passes++;
    PowerKernel kernel =
        way == Way.BLAS ? PowerKernel.blas(plan, new PlainGemm()) : PowerKernel.loops(plan);
    SparseRow sparse = new SparseRow();
    for (int i = 0; i < rows.length; i++) {
      if (way == Way.SPARSE || way != Way.DENSE && i % 3 == 0) {
        sparse.clear();
        for (int j = 0; j < rows[i].length; j++) {
          if (rows[i][j] != 0) {
            sparse.append(j, rows[i][j]);
          }
        }
        kernel.add(sparse);
      } else {
        kernel.add(rows[i]);
      }
    }
    return kernel.finish();
  }

  /** m x n standard Gaussians. */
  static double[][] gaussians(int m, int n, long seed) {
    GaussianBasis law = GaussianBasis.of(seed, 1L << 40, n);
    double[][] rows = new double[m][];
    for (int i = 0; i < m; i++) {
      rows[i] = law.row(i);
    }
    return rows;
  }

  /** Counts: most are zero. */
  static double[][] counts(int m, int n, long seed) {
    double[][] rows = gaussians(m, n, seed);
    for (double[] row : rows) {
      for (int j = 0; j < n; j++) {
        row[j] = Math.max(0, Math.floor(row[j] * 2 - 1));
      }
    }
    return rows;
  }

  /** A matrix U diag(s) V' with random U (m x r) and V (n x r). */
  static double[][] ofSpectrum(int m, int n, double[] s, long seed) {
    double[][] u = GramSchmidt.basisInPlace(gaussians(s.length, m, seed));
    double[][] v = GramSchmidt.basisInPlace(gaussians(s.length, n, seed + 1));
    double[][] rows = new double[m][n];
    for (int r = 0; r < s.length; r++) {
      for (int i = 0; i < m; i++) {
        RowSweeps.addOne(rows[i], s[r] * u[r][i], v[r]);
      }
    }
    return rows;
  }

  static double[][] centered(double[][] rows, boolean scaled) {
    int n = rows[0].length;
    double[][] result = new double[rows.length][n];
    for (int j = 0; j < n; j++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[j] / rows.length;
      }
      double square = 0;
      for (double[] row : rows) {
        square += (row[j] - mean) * (row[j] - mean);
      }
      double factor = scaled && square > 1e-20 ? Math.sqrt((rows.length - 1) / square) : 1;
      for (int i = 0; i < rows.length; i++) {
        result[i][j] = factor * (rows[i][j] - mean);
      }
    }
    return result;
  }

  /** All singular values by EJML, descending. */
  static double[] oracle(double[][] rows) {
    var svd = DecompositionFactory_DDRM.svd(rows.length, rows[0].length, false, false, true);
    svd.decompose(new DMatrixRMaj(rows));
    double[] values = svd.getSingularValues().clone();
    java.util.Arrays.sort(values);
    for (int i = 0; i < values.length / 2; i++) {
      double swap = values[i];
      values[i] = values[values.length - 1 - i];
      values[values.length - 1 - i] = swap;
    }
    return values;
  }

  /** The largest singular value of what the triplets leave of the matrix. */
  static double spectralError(double[][] rows, SvdFactors factors) {
    double[][] rest = new double[rows.length][];
    double[] u = new double[factors.figures().rank()];
    for (int i = 0; i < rows.length; i++) {
      rest[i] = rows[i].clone();
      factors.left(rows[i], u);
      for (int r = 0; r < u.length; r++) {
        RowSweeps.addOne(rest[i], -factors.figures().values()[r] * u[r], factors.right()[r]);
      }
    }
    return norm(rest);
  }

  /** The largest singular value, by the power method. */
  static double norm(double[][] rows) {
    double[] v = gaussians(1, rows[0].length, 99)[0];
    double value = 0;
    for (int step = 0; step < 100; step++) {
      double[] next = new double[v.length];
      TallColumns.scale(v, 1 / TallColumns.norm(v));
      for (double[] row : rows) {
        RowSweeps.addOne(next, TallColumns.dot(row, v), row);
      }
      value = Math.sqrt(TallColumns.norm(next));
      v = next;
    }
    return value;
  }

  /** The largest entry of |U'U - I|. */
  static double leftDeparture(double[][] rows, SvdFactors factors) {
    double[][] u = new double[factors.figures().rank()][rows.length];
    double[] row = new double[factors.figures().rank()];
    for (int i = 0; i < rows.length; i++) {
      factors.left(rows[i], row);
      for (int r = 0; r < row.length; r++) {
        u[r][i] = row[r];
      }
    }
    return TallColumns.departure(TallColumns.inner(u, u));
  }
}
