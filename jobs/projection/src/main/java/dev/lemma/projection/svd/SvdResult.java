// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.SvdFigures;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a decomposition found, ready to be written. */
interface SvdResult extends AutoCloseable {
  /** Singular values, and how good they are. */
  SvdFigures figures();

  /** The kept columns and the scores, or left vectors, of every readable row. */
  Dataset<Row> scores(SvdInput input, ScoreKind kind);

  /** Writes right vectors and the model. */
  void write(Run run, MatrixRows matrix);

  /** Gives back what the executors hold. */
  @Override
  void close();
}
