// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.run.Run;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * Good rows whose result is not finite: where bad rows are left out, they are too, and are counted
 * on the way.
 *
 * <p>Use: pass the rows with their new column through {@link #finite}, write them, then ask for
 * {@link #counts}.
 */
public final class ScreenedResult {
  private static final String INFINITE = "infinite";

  private final RowScreen screen;
  private final BadRows policy;
  private final Observation infinite = new Observation();

  /**
   * Rows behind a screen.
   *
   * @param policy what the configuration says of bad rows
   */
  public ScreenedResult(RowScreen screen, BadRows policy) {
    this.screen = screen;
    this.policy = policy;
  }

  /**
   * The rows to publish.
   *
   * @param rows the screen's good rows with the result
   * @param result its column, null where it is not finite
   */
  public Dataset<Row> finite(Dataset<Row> rows, String result) {
    return policy == BadRows.FAIL
        ? rows
        : rows.observe(infinite, count(when(col(result).isNull(), lit(1))).as(INFINITE))
            .filter(col(result).isNotNull());
  }

  /** The counts of the rows that were written; exact also where tasks were run again. */
  public RowCounts counts(OutputConfig output, Run run) {
    RowCounts counts = screen.counts();
    if (policy != BadRows.FAIL) {
      counts = counts.with(BadRow.RESULT_NOT_FINITE, observed());
    }
    if (output.partitions().isEmpty() || !run.mayRepeatTasks()) {
      return counts;
    }
    // Before a shuffle, tasks that are run again are observed again.
    long written = run.publication().staged().count();
    if (written == counts.accepted()) {
      return counts;
    }
    RowCounts exact = screen.recount();
    return exact.with(BadRow.RESULT_NOT_FINITE, exact.accepted() - written);
  }

  private long observed() {
    try {
      return (Long) infinite.getAsJava().get(INFINITE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the count of bad rows", e);
    }
  }

  /**
   * The input's rows that are not in the output, each with its reason.
   *
   * @param readable the screen's readable rows, all columns, with the result
   * @param result its column, null where it is not finite
   */
  public Dataset<Row> rejected(Dataset<Row> readable, String result) {
    Dataset<Row> unread = screen.rejected();
    Dataset<Row> notFinite =
        readable
            .filter(col(result).isNull())
            .drop(result)
            .withColumn(
                unread.columns()[unread.columns().length - 1],
                lit(BadRow.RESULT_NOT_FINITE.reason()));
    return unread.unionByName(notFinite);
  }
}
