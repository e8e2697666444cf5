// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.SparseRow;
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
    if (row.isSparse()) {
      SparseRow sparse = row.sparse();
      for (int e = 0; e < sparse.size(); e++) {
        Loadings.addScaled(sparse.values()[e], with.basis[(int) sparse.ids()[e]], sums);
      }
    } else {
      double[] dense = row.doubles();
      for (int j = 0; j < with.basis.length; j++) {
        if (dense[j] != 0) {
          Loadings.addScaled(dense[j], with.basis[j], sums);
        }
      }
    }
    if (scores != sums) {
      Arrays.fill(scores, 0);
      for (int i = 0; i < sums.length; i++) {
        Loadings.addScaled(sums[i], with.transform[i], scores);
      }
    }
    return asVector
        ? VECTOR.serialize(new DenseVector(scores))
        : UnsafeArrayData.fromPrimitiveArray(scores);
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
