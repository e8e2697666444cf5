// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * Scores one row inside Spark's plan. Ships a reader and the handle of the broadcast model. One
 * object serves one task.
 */
public final class ScoreKernel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Scorer> model;
  private final RowReader reader;
  private transient FeatureBuffer row;
  private transient double[] scores;

  ScoreKernel(Broadcast<Scorer> model, RowReader reader) {
    this.model = model;
    this.reader = reader;
  }

  /**
   * The K scores, or null for a row that cannot be read or whose scores are not numbers.
   *
   * @param value internal form of the features: an unwrapped vector or an array
   */
  public synchronized Object scores(Object value) {
    // Tasks have an object each; the lock is for Spark's planner, which may evaluate on several
    // threads.
    Scorer scorer = model.value();
    if (row == null) {
      row = new FeatureBuffer();
      scores = new double[scorer.classes()];
    }
    if (reader.read(value, row) != BadRow.NONE) {
      return null;
    }
    if (row.isSparse()) {
      scorer.scores(row.sparse(), scores);
    } else {
      scorer.scores(row.doubles(), scores);
    }
    return isFinite() ? UnsafeArrayData.fromPrimitiveArray(scores) : null;
  }

  /** Minus infinity is the score of a class without rows; two classes then have both. */
  private boolean isFinite() {
    for (double score : scores) {
      if (Double.isNaN(score) || score == Double.POSITIVE_INFINITY && scores.length > 2) {
        return false;
      }
    }
    return true;
  }
}
