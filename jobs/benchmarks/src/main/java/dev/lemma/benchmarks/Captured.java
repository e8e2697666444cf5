// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What orthonormal directions leave of a matrix, by the definition: the same for both sides. */
final class Captured {
  private Captured() {}

  /**
   * The sum over all rows x of ||x - mean||^2 - ||V'(x - mean)||^2.
   *
   * @param rows with vectors in their first column
   * @param directions V, n x k
   * @param means n numbers
   */
  static double error(Dataset<Row> rows, DenseMatrix directions, double[] means) {
    int n = directions.numRows();
    int k = directions.numCols();
    double[][] byRow = new double[n][k];
    double[] offset = new double[k];
    double norm = 0;
    for (int j = 0; j < n; j++) {
      norm += means[j] * means[j];
      for (int r = 0; r < k; r++) {
        byRow[j][r] = directions.apply(j, r);
        offset[r] += means[j] * byRow[j][r];
      }
    }
    double squaredMean = norm;
    return rows.toJavaRDD()
        .mapToDouble(
            row -> {
              Vector x = (Vector) row.get(0);
              double[] y = new double[k];
              double rest = squaredMean;
              for (int r = 0; r < k; r++) {
                y[r] = -offset[r];
              }
              boolean sparse = x instanceof SparseVector;
              double[] values = sparse ? ((SparseVector) x).values() : x.toArray();
              for (int e = 0; e < values.length; e++) {
                int j = sparse ? ((SparseVector) x).indices()[e] : e;
                rest += values[e] * (values[e] - 2 * means[j]);
                for (int r = 0; r < k; r++) {
                  y[r] += values[e] * byRow[j][r];
                }
              }
              for (double value : y) {
                rest -= value * value;
              }
              return rest;
            })
        .sum();
  }
}
