// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.col;

import dev.lemma.math.random.RowSampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Uniform samples of a fixed number of rows without replacement, as a function of the row keys, a
 * purpose and a seed alone: the same for every partitioning, file layout and run. See {@link
 * RowSampling} for the law.
 */
public final class RowSampler {
  private static final String PRIORITY = "_lemma_priority";
  private static final String KEY = "_lemma_key";

  /** -ln of the probability that the threshold lets too few rows through. */
  private static final double SAFETY = Math.log(1e12);

  private final RowSampling sampling;

  private RowSampler(RowSampling sampling) {
    this.sampling = sampling;
  }

  /**
   * The samples of one purpose.
   *
   * @param purpose name of what the rows are for, such as {@code pairs}; what one purpose selects
   *     says nothing about what another does
   * @param seed seed of the run
   */
  public static RowSampler of(String purpose, long seed) {
    return new RowSampler(RowSampling.of(purpose, seed));
  }

  /** Priority of each row, lowest first; uniform over all values of a bigint. */
  public Column priority(Column key) {
    return PlanCall.of(new PriorityFunction(sampling.salt()), "priority", DataTypes.LongType)
        .neverNull()
        .on(key);
  }

  /**
   * The m rows of lowest priority, in order of priority, then key, then content; all rows if there
   * are fewer. Runs at once, in one pass; only sampled rows are shuffled.
   *
   * <p>Only rows whose priority lies below a threshold take part: with L = ln 10<sup>12</sup> those
   * are {@code m + L + sqrt(L² + 2 L m)} rows on average, so that with different keys fewer than m
   * pass with probability below 10<sup>-12</sup> (Chernoff's bound). If fewer do, which many equal
   * keys can bring about, a second pass finds the threshold from priorities alone and a third takes
   * the rows. The m rows come together in one task and then on the driver, whatever the number of
   * partitions: select the columns that are needed first.
   *
   * @param rows what to draw from
   * @param key their row key, see {@link RowKeys#column}
   * @param n number of rows
   * @param m number of rows to draw, at least 1
   */
  public List<Row> sample(Dataset<Row> rows, Column key, long n, int m) {
    if (m < 1 || n < 0) {
      throw new IllegalArgumentException(
          "a sample needs m >= 1 of n >= 0 rows, found m = " + m + " and n = " + n);
    }
    List<Row> drawn = lowest(rows, key, threshold(n, m), m);
    if (drawn.size() < Math.min(n, m)) {
      drawn = lowest(rows, key, highestOf(rows, key, m), m);
    }
    return drawn;
  }

  /**
   * Row i of a sample with row i + h, where h is half their number: disjoint, and uniform among all
   * pairs of rows with different keys. Rows with equal keys are neighbours in a sample, so that a
   * row meets its own copy only where one key fills half of it. A last row without a partner is
   * left out.
   */
  public static List<RowPair> disjointPairs(List<Row> sample) {
    int half = sample.size() / 2;
    List<RowPair> pairs = new ArrayList<>(half);
    for (int i = 0; i < half; i++) {
      pairs.add(new RowPair(sample.get(i), sample.get(i + half)));
    }
    return pairs;
  }

  /** The highest shifted priority that the first pass lets through. */
  static long threshold(long n, int m) {
    double expected = m + SAFETY + Math.sqrt(SAFETY * SAFETY + 2 * SAFETY * m);
    // The cast saturates, so a share of 1 or more lets every row through.
    return (long) (expected / n * 0x1p64 - 0x1p63);
  }

  /** The m-th lowest shifted priority: 8 bytes for each of m rows of each partition. */
  private long highestOf(Dataset<Row> rows, Column key, int m) {
    List<Row> lowest =
        rows.select(priority(key).as(PRIORITY))
            .orderBy(col(PRIORITY))
            .limit(m)
            .coalesce(1)
            .collectAsList();
    return lowest.isEmpty() ? Long.MAX_VALUE : lowest.get(lowest.size() - 1).getLong(0);
  }

  private List<Row> lowest(Dataset<Row> rows, Column key, long threshold, int m) {
    List<Column> order = new ArrayList<>();
    order.add(col(PRIORITY));
    order.addAll(Arrays.asList(RowOrder.byKey(col(KEY), RowOrder.content(rows.schema()))));
    return rows.withColumn(KEY, key)
        .withColumn(PRIORITY, priority(col(KEY)))
        .filter(col(PRIORITY).leq(threshold))
        .orderBy(order.toArray(Column[]::new))
        .limit(m)
        .drop(KEY, PRIORITY)
        // Without this each partition would send its m lowest rows to the driver.
        .coalesce(1)
        .collectAsList();
  }
}
