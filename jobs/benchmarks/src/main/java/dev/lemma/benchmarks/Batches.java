// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.Projection;

/**
 * Rows that go to a kernel as a job hands them on: just written, in order, each in a reused buffer.
 * A long list of rows in memory would be timed for the way from there.
 */
final class Batches {
  private static final long ENTRIES = 5_000;

  private final SparseRow[] rows;
  private final SparseRow[] batch;
  private int next;

  /** Batches of some 5,000 entries. */
  Batches(SparseRow[] rows) {
    this.rows = rows;
    this.batch = new SparseRow[(int) (ENTRIES * rows.length / entries(rows, rows.length))];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = new SparseRow();
    }
  }

  private static long entries(SparseRow[] rows, int n) {
    long count = 0;
    for (int r = 0; r < n; r++) {
      count += rows[r].size();
    }
    return count;
  }

  /** Entries of a batch on average. */
  double entries() {
    int whole = rows.length / batch.length;
    return (double) entries(rows, whole * batch.length) / whole;
  }

  /** The next batch; after the last whole one, the first. */
  void advance() {
    for (SparseRow row : batch) {
      SparseRow from = rows[next++];
      row.clear();
      for (int i = 0; i < from.size(); i++) {
        row.append(from.ids()[i], from.values()[i]);
      }
    }
    if (next + batch.length > rows.length) {
      next = 0;
    }
  }

  /** Projects the batch. */
  void project(Projection projection, float[] out) {
    for (SparseRow row : batch) {
      projection.project(row, out);
    }
  }

  /** Projects the batch. */
  void project(Projection projection, double[] out) {
    for (SparseRow row : batch) {
      projection.project(row, out);
    }
  }
}
