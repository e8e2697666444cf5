// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.BadRowLimit;
import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Keeps the bad rows of an input apart from the good ones and counts both on the way, in the same
 * pass that uses the good ones.
 *
 * <p>Use: take {@link #good} through one action that sees every row (a write), then call {@link
 * #settle}, then write {@link #rejected} if the rows are to be kept. The counts ride on Spark's
 * observed metrics, told only for the first action: exact where the good rows go straight to their
 * result, while a shuffle behind them may count tasks that were run again twice ({@link #recount}).
 */
public final class RowScreen {
  /** Name of the column with the reason among the rejected rows. */
  public static final String REASON = "bad_row_reason";

  private static final String MARK = "_lemma_bad_row";
  private static final String ROWS = "rows";
  private static final String LENGTH = "length";
  private static final int NAMED = 5;

  private final Dataset<Row> rows;
  private final Features features;
  private final List<String> columns;
  private final Column reason;
  private final Optional<String> id;
  private final Observation observation = new Observation();
  private Dataset<Row> good;

  private RowScreen(
      Dataset<Row> rows,
      Features features,
      List<String> columns,
      Column reason,
      Optional<String> id) {
    this.rows = rows;
    this.features = features;
    this.columns = List.copyOf(columns);
    this.reason = reason;
    this.id = id;
  }

  /**
   * A screen before the rows of an input; nothing runs yet.
   *
   * @param rows the input
   * @param features where its features are
   * @param reader what decides which rows are good
   * @param id the id column if there is one: messages name bad rows by it
   */
  public static RowScreen of(
      Dataset<Row> rows, Features features, RowReader reader, Optional<String> id) {
    return new RowScreen(rows, features, features.columns(), reason(features, reader), id);
  }

  /**
   * A screen for rows that need more than sound features, such as a label.
   *
   * @param rows the input
   * @param features where its features are
   * @param columns the columns that a row can be bad in; messages name them, and without an id the
   *     row key is made of them
   * @param reason why each row is bad ({@link BadRow#reason}), null where it is good
   * @param id the id column if there is one
   */
  public static RowScreen of(
      Dataset<Row> rows,
      Features features,
      List<String> columns,
      Column reason,
      Optional<String> id) {
    return new RowScreen(rows, features, columns, reason, id);
  }

  /**
   * Why each row is bad ({@link BadRow#reason}), null where it is good; thread-safe and free of
   * side effects.
   */
  public static Column reason(Features features, RowReader reader) {
    return PlanCall.of(new BadRowFunction(reader), "reason", DataTypes.StringType)
        .on(features.value());
  }

  /** The good rows, with the columns of the input. */
  public Dataset<Row> good() {
    if (good == null) {
      // Who counts for himself spares Spark the analysis.
      good = observed();
    }
    return good;
  }

  /** The good rows again, uncounted. */
  public Dataset<Row> readable() {
    return rows.filter(reason.isNull());
  }

  /** The bad rows as they came, with their reason in column {@value #REASON}; reads the input. */
  public Dataset<Row> rejected() {
    String name = REASON;
    while (Arrays.asList(rows.columns()).contains(name)) {
      name = "_" + name;
    }
    return rows.withColumn(name, reason).filter(col(name).isNotNull());
  }

  /**
   * The counts of the first action over {@link #good}. Waits for that action: call it after.
   *
   * @throws IllegalStateException if the wait is interrupted
   */
  public RowCounts counts() {
    Map<String, Object> observed;
    try {
      observed = observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the count of bad rows", e);
    }
    Map<BadRow, Long> bad = new EnumMap<>(BadRow.class);
    for (BadRow each : BadRow.values()) {
      if (each != BadRow.NONE) {
        bad.put(each, (Long) observed.get(each.reason()));
      }
    }
    return new RowCounts((Long) observed.get(ROWS), bad);
  }

  /** The counts by a pass of their own: exact also where tasks of a shuffle were run again. */
  public RowCounts recount() {
    Map<BadRow, Long> bad = new EnumMap<>(BadRow.class);
    long total = 0;
    for (Row row : rows.select(reason.as(REASON)).groupBy(REASON).count().collectAsList()) {
      total += row.getLong(1);
      if (!row.isNullAt(0)) {
        bad.put(BadRow.ofReason(row.getString(0)), row.getLong(1));
      }
    }
    return new RowCounts(total, bad);
  }

  /** The lengths of the rows of another length than d, if there are any; reads the input. */
  public Optional<RowLengths> wrongLengths() {
    Row found =
        rows.filter(reason.equalTo(BadRow.WRONG_LENGTH.reason()))
            .select(features.length().as(LENGTH))
            .agg(min(LENGTH), max(LENGTH))
            .head();
    return found.isNullAt(0)
        ? Optional.empty()
        : Optional.of(new RowLengths(found.getInt(0), found.getInt(1)));
  }

  /** As {@link #settle(RowCounts, BadRows, Optional)} with the counts of {@link #counts}. */
  public RowCounts settle(BadRows policy, Optional<BadRowLimit> limit) {
    return settle(counts(), policy, limit);
  }

  /**
   * Decides, after the pass over {@link #good}, whether its result may stand.
   *
   * @param counts what was counted
   * @param policy what the configuration says of bad rows
   * @param limit most bad rows tolerated when they are left out, or empty for no limit
   * @return the counts
   * @throws LemmaException with {@link ExitCode#INPUT} if there are bad rows and the policy is to
   *     fail, or more than the limit; it tells how many, why, which lengths are wrong, and the
   *     first few by id, without an id by row key
   */
  public RowCounts settle(RowCounts counts, BadRows policy, Optional<BadRowLimit> limit) {
    long bad = counts.rejected();
    boolean tooMany =
        switch (policy) {
          case FAIL -> bad > 0;
          case SKIP, QUARANTINE -> limit.isPresent() && limit.get().isExceeded(bad, counts.rows());
        };
    if (tooMany) {
      throw failure(counts, policy, limit);
    }
    return counts;
  }

  /** As {@link #settle(Run, RunConfig, RowCounts, Supplier)} with the rows of {@link #rejected}. */
  public void settle(Run run, RunConfig config, RowCounts counts) {
    settle(run, config, counts, this::rejected);
  }

  /**
   * Settles the bad rows of a run as its configuration says: keeps them beside the manifest where
   * they are wanted, decides whether the result may stand, and warns of those that are left out. To
   * be called between phases.
   *
   * @param run the run
   * @param config its settings
   * @param counts what was counted
   * @param rejected the bad rows with their reasons, asked for only where they are kept
   * @throws LemmaException as {@link #settle(RowCounts, BadRows, Optional)}
   */
  public void settle(Run run, RunConfig config, RowCounts counts, Supplier<Dataset<Row>> rejected) {
    settle(run, config, counts, rejected, "");
  }

  /**
   * As {@link #settle(Run, RunConfig, RowCounts)} for a further input of a run.
   *
   * @param input its key: rejected rows are kept apart from those of the first, and the warning
   *     names it
   */
  public void settle(Run run, RunConfig config, RowCounts counts, String input) {
    settle(run, config, counts, this::rejected, input);
  }

  private void settle(
      Run run, RunConfig config, RowCounts counts, Supplier<Dataset<Row>> rejected, String input) {
    if (config.onBadRow() == BadRows.QUARANTINE && counts.rejected() > 0) {
      run.phase(
          input.isEmpty() ? "keep rejected rows" : "keep rejected rows of " + input,
          () ->
              run.publication()
                  .writeToRun(input.isEmpty() ? "rejected" : "rejected-" + input, rejected.get()));
    }
    settle(counts, config.onBadRow(), config.badRowLimit());
    if (counts.rejected() > 0) {
      run.warn(
          Quantity.count(counts.rejected())
              + (counts.rejected() == 1 ? " row" : " rows")
              + (input.isEmpty() ? "" : " of " + input)
              + (counts.rejected() == 1 ? " was" : " were")
              + " left out: "
              + counts.reasons());
    }
  }

  private Dataset<Row> observed() {
    List<Column> sums = new ArrayList<>();
    for (BadRow bad : BadRow.values()) {
      if (bad != BadRow.NONE) {
        sums.add(count(when(col(MARK).equalTo(bad.reason()), lit(1))).as(bad.reason()));
      }
    }
    return rows.withColumn(MARK, reason)
        .observe(observation, count(lit(1)).as(ROWS), sums.toArray(Column[]::new))
        .filter(col(MARK).isNull())
        .drop(MARK);
  }

  private LemmaException failure(RowCounts counts, BadRows policy, Optional<BadRowLimit> limit) {
    String names = firstNames();
    String what =
        counts.rejected()
            + " of "
            + counts.rows()
            + " rows cannot be used ("
            + counts.reasons()
            + ")"
            + lengths(counts)
            + (names.isEmpty()
                ? ""
                : "; first by " + id.map(name -> "id: ").orElse("row key: ") + names);
    Problem problem =
        switch (policy) {
          case FAIL ->
              Problem.of(
                  String.join(", ", columns),
                  what,
                  "repair them, or set on-bad-row = skip or quarantine");
          case SKIP, QUARANTINE ->
              new Problem(
                  String.join(", ", columns),
                  what,
                  "",
                  "at most " + limit.orElseThrow() + " (bad-row-limit)",
                  "repair the input, or raise bad-row-limit");
        };
    return new LemmaException(ExitCode.INPUT, problem);
  }

  private String lengths(RowCounts counts) {
    return counts.bad().containsKey(BadRow.WRONG_LENGTH)
        ? wrongLengths()
            .map(
                found ->
                    "; wrong length " + found + " where d = " + features.dimension().orElseThrow())
            .orElse("")
        : "";
  }

  /** The first few bad rows in the order of their keys, the same for every partitioning. */
  private String firstNames() {
    Column key = RowKeys.column(rows, id, columns);
    Column name =
        id.map(column -> coalesce(ColumnNames.column(column).cast("string"), lit("null")))
            .orElse(lit(""));
    List<Row> first =
        rows.filter(reason.isNotNull())
            .select(key.as("key"), name.as("name"))
            .orderBy(RowOrder.byKey(col("key"), List.of()))
            .limit(NAMED)
            .collectAsList();
    return String.join(
        ", ",
        first.stream()
            .map(
                row ->
                    id.isPresent() ? row.getString(1) : RowKeys.hex(RowKeys.of(row.getStruct(0))))
            .toList());
  }
}
