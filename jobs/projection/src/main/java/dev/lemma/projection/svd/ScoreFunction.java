// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.lowrank.RowSweeps;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * The scores of one row inside Spark's plan. The terms of a row are added in the order of its
 * features and zeros are skipped: a row's scores depend on nothing but the row. Public because
 * generated code calls it.
 */
public final class ScoreFunction implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final VectorUDT VECTOR = new VectorUDT();

  private final RowReader reader;
  private final Broadcast<Loadings> loadings;
  private final boolean asVector;
  private final boolean stops;
  private transient FeatureBuffer row;
  private transient double[] sums;
  private transient double[] scores;

  /**
   * @param stops whether a bad row ends the task; else its scores are null
   */
  ScoreFunction(RowReader reader, Broadcast<Loadings> loadings, boolean asVector, boolean stops) {
    this.reader = reader;
    this.loadings = loadings;
    this.asVector = asVector;
    this.stops = stops;
  }

  /**
   * The scores in Spark's internal form; null for a bad row that does not end the task.
   *
   * @param value internal form of the features: an unwrapped vector or an array
   * @throws LemmaException (code 3) for a bad row, if such rows are to stop the task
   */
  public synchronized Object score(Object value) {
    // Tasks have an object each; the lock is for Spark's planner, which may evaluate on several
    // threads.
    Loadings with = loadings.value();
    if (row == null) {
      row = new FeatureBuffer();
      sums = new double[with.shift.length];
      scores = with.transform.length == 0 ? sums : new double[with.width()];
    }
    BadRow bad = reader.read(value, row);
    if (bad != BadRow.NONE) {
      if (stops) {
        throw refused(bad);
      }
      return null;
    }
    for (int c = 0; c < sums.length; c++) {
      sums[c] = 0 - with.shift[c];
    }
    addRow(with.basis);
    if (scores != sums) {
      Arrays.fill(scores, 0);
      for (int i = 0; i < sums.length; i++) {
        RowSweeps.addOne(scores, sums[i], with.transform[i]);
      }
    }
    return asVector
        ? VECTOR.serialize(new DenseVector(scores))
        : UnsafeArrayData.fromPrimitiveArray(scores);
  }

  private void addRow(double[][] basis) {
    if (row.isSparse()) {
      SparseRow sparse = row.sparse();
      long[] ids = sparse.ids();
      double[] values = sparse.values();
      int e = 0;
      for (; e + 4 <= sparse.size(); e += 4) {
        RowSweeps.addFour(
            sums,
            values[e],
            basis[(int) ids[e]],
            values[e + 1],
            basis[(int) ids[e + 1]],
            values[e + 2],
            basis[(int) ids[e + 2]],
            values[e + 3],
            basis[(int) ids[e + 3]]);
      }
      for (; e < sparse.size(); e++) {
        RowSweeps.addOne(sums, values[e], basis[(int) ids[e]]);
      }
      return;
    }
    double[] dense = row.doubles();
    int j = 0;
    for (; j + 4 <= basis.length; j += 4) {
      double a = dense[j];
      double b = dense[j + 1];
      double c = dense[j + 2];
      double d = dense[j + 3];
      if (a != 0 || b != 0 || c != 0 || d != 0) {
        RowSweeps.addFour(sums, a, basis[j], b, basis[j + 1], c, basis[j + 2], d, basis[j + 3]);
      }
    }
    for (; j < basis.length; j++) {
      if (dense[j] != 0) {
        RowSweeps.addOne(sums, dense[j], basis[j]);
      }
    }
  }

  /** Why a row has no scores. */
  static LemmaException refused(BadRow bad) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            "",
            "a row has no scores (" + bad.reason() + ")",
            "set handleInvalid to skip or keep, or repair the data"));
  }
}
