// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.run.Run;
import dev.lemma.logistic.ScoreConfig.ProbabilityForm;
import dev.lemma.math.linalg.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The pass of a scoring run: rows are scored, written and evaluated as they go by.
 *
 * <p>What is collected rides on Spark's observed metrics, one state a task: exact where rows go
 * straight to their result, as Spark takes what a result's task reports once, however often it was
 * run. Where a shuffle may follow and tasks may have been run again, and where the states of many
 * classes and tasks would be too much for the driver, a pass of its own collects them.
 */
final class Scoring {
  private static final String SCORES = "_lemma_scores";
  private static final String LABEL = "_lemma_class";
  private static final String WEIGHT = "_lemma_row_weight";
  private static final String INFINITE = "infinite";
  private static final String EVALUATION = "evaluation";

  /** Bytes that the state of one distribution of scores takes in a task's result, about. */
  private static final long STATE_BYTES = 64 << 10;

  /** What all tasks together may send to the driver; Spark's own limit is 1 GB by default. */
  private static final long MOST_BYTES = 256L << 20;

  private final ScoreConfig config;
  private final ScoreInput input;
  private final RowScreen screen;
  private final Broadcast<Scorer> model;
  private final Observation observation = new Observation();
  private final boolean observes;

  Scoring(ScoreConfig config, ScoreInput input, Run run) {
    this.config = config;
    this.input = input;
    this.screen = input.screen();
    this.model =
        JavaSparkContext.fromSparkContext(run.spark().sparkContext())
            .broadcast(Scorer.of(input.specification().model()));
    this.observes = config.evaluates() && fitsTheDriver(input);
  }

  /** Whether the states of all tasks are small enough to be sent to the driver one by one. */
  static boolean fitsTheDriver(ScoreInput input) {
    int k = input.specification().classes().size();
    long distributions = k == 2 ? 1 : k + 1L;
    long tasks = input.rows().rdd().getNumPartitions();
    return distributions * tasks * STATE_BYTES <= MOST_BYTES;
  }

  /** The rows to publish; to be taken through one action. */
  Dataset<Row> output() {
    Dataset<Row> scored = scored(screen.good());
    Column infinite = count(when(col(SCORES).isNull(), lit(1))).as(INFINITE);
    Dataset<Row> observed =
        observes
            ? scored.observe(observation, infinite, evaluation().as(EVALUATION))
            : scored.observe(observation, infinite);
    List<Column> columns = new ArrayList<>();
    input.kept().forEach(name -> columns.add(ColumnNames.column(name)));
    Decision decision = input.decision();
    columns.add(
        PlanCall.of(decision, "prediction", DataTypes.StringType)
            .neverNull()
            .on(col(SCORES))
            .as(ScoreInput.PREDICTION));
    columns.add(probability(decision).as(ScoreInput.PROBABILITY));
    return observed.filter(col(SCORES).isNotNull()).select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> scored(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    input.kept().forEach(name -> columns.add(ColumnNames.column(name)));
    columns.add(
        PlanCall.of(new ScoreKernel(model, input.reader()), "scores", doubles())
            .once()
            .on(input.features().value())
            .as(SCORES));
    input
        .label()
        .ifPresent(
            kind -> {
              columns.add(
                  PlanCall.of(
                          new LabelIndex(kind, input.specification().classes()),
                          "index",
                          DataTypes.IntegerType)
                      .neverNull()
                      .on(
                          struct(
                              kind.value(
                                  ColumnNames.column(input.columns().label().orElseThrow()))))
                      .as(LABEL));
              columns.add(input.weight().as(WEIGHT));
            });
    return rows.select(columns.toArray(Column[]::new));
  }

  private Column evaluation() {
    return ScoreAggregate.column(
        input.decision(),
        input.specification().classes().size(),
        col(LABEL),
        col(WEIGHT),
        col(SCORES));
  }

  private Column probability(Decision decision) {
    Column values = PlanCall.of(decision, "probabilities", doubles()).neverNull().on(col(SCORES));
    if (config.run().precision() == Precision.FLOAT) {
      values = values.cast(new ArrayType(DataTypes.FloatType, false));
    }
    if (config.probability() == ProbabilityForm.ARRAY) {
      return values;
    }
    Column[] names =
        input.specification().classes().stream()
            .map(org.apache.spark.sql.functions::lit)
            .toArray(Column[]::new);
    return map_from_arrays(array(names), values);
  }

  private static DataType doubles() {
    return new ArrayType(DataTypes.DoubleType, false);
  }

  /** The counts of {@link #output}, after its action. */
  RowCounts counts(Run run) {
    RowCounts counts =
        screen.counts().with(BadRow.RESULT_NOT_FINITE, (Long) observed().get(INFINITE));
    if (config.output().partitions().isEmpty() || !run.mayRepeatTasks()) {
      return counts;
    }
    long written = run.publication().staged().count();
    if (written == counts.accepted()) {
      return counts;
    }
    RowCounts exact = screen.recount();
    return exact.with(BadRow.RESULT_NOT_FINITE, exact.accepted() - written);
  }

  /** What was collected of labels and scores, after the action of {@link #output}. */
  Optional<ScoreState> state(Run run) {
    if (!config.evaluates()) {
      return Optional.empty();
    }
    byte[] bytes =
        observes && !(mayBeShuffled() && run.mayRepeatTasks())
            ? (byte[]) observed().get(EVALUATION)
            : (byte[]) scored(screen.readable()).agg(evaluation()).head().get(0);
    return Optional.of(ScoreState.of(bytes));
  }

  /**
   * Whether a shuffle may follow what is observed: one that was asked for, or that a table brings
   * by itself. Before a shuffle, tasks that are run again are observed again.
   */
  private boolean mayBeShuffled() {
    return config.output().partitions().isPresent() || config.output().table().isPresent();
  }

  private Map<String, Object> observed() {
    try {
      return observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for what was observed", e);
    }
  }

  /** Decides whether the result may stand, and keeps the rejected rows if they are wanted. */
  void settle(RowCounts counts, Run run) {
    screen.settle(run, config.run(), counts, this::rejected);
  }

  /** The input's rows that are not in the output, each with its reason. */
  private Dataset<Row> rejected() {
    Dataset<Row> unread = screen.rejected();
    Column[] all =
        Arrays.stream(input.rows().columns()).map(ColumnNames::column).toArray(Column[]::new);
    Column[] marked = Arrays.copyOf(all, all.length + 1);
    marked[all.length] =
        PlanCall.of(new ScoreKernel(model, input.reader()), "scores", doubles())
            .once()
            .on(input.features().value())
            .as(SCORES);
    Dataset<Row> infinite =
        screen
            .readable()
            .select(marked)
            .filter(col(SCORES).isNull())
            .drop(SCORES)
            .withColumn(
                unread.columns()[unread.columns().length - 1],
                lit(BadRow.RESULT_NOT_FINITE.reason()));
    return unread.unionByName(infinite);
  }
}
