// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where a job puts its results. All of it is staged beside the output and appears there at once
 * when the job has ended well, so that a failed or killed run leaves the earlier output whole.
 */
public interface Publication {
  /**
   * Stages the main table: the rows that {@code spark.read()} finds at the output. Runs the plan.
   *
   * @throws IllegalStateException if a main table is staged already
   */
  void write(Dataset<Row> main);

  /** The main table as staged, for measuring what was really written. */
  Dataset<Row> staged();

  /** Size of the main table as staged, in bytes. */
  long bytes();

  /** Stages a further Parquet table at {@code _lemma/tables/<name>}. Runs the plan. */
  void writeTable(String name, Dataset<Row> table);

  /**
   * Stages a small file at {@code _lemma/<name>}: a result in a form that is no table.
   *
   * @param name one or two parts such as {@code csv/chain-1.csv}
   */
  void writeFile(String name, byte[] content);

  /**
   * Folder, not there yet, that becomes {@code _lemma/model}: hand it to a stage's {@code save}.
   */
  String modelPath();

  /**
   * Folder for state that outlives a failed run, {@code _lemma/checkpoint} at the output itself;
   * never staged, never cleaned up by a later run.
   */
  String checkpointPath();

  /**
   * Writes a Parquet table to the run's own folder, {@code _lemma/runs/<id>/<name>}, at once and to
   * stay whatever the outcome: rejected rows, results that failed a gate.
   */
  void writeToRun(String name, Dataset<Row> table);

  /**
   * Demands that an append, or a replacement of some partitions, meets output that was made with
   * the same thing. What an output was made with is stored in its manifest.
   *
   * @param what the thing in words, such as {@code specification}
   * @param hash equal for equal things
   * @throws dev.lemma.kit.run.LemmaException with code 3 if the output's manifest holds another
   *     hash for it
   */
  void requireSame(String what, String hash);
}
