// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.NumberType;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.random.RowSampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** The rows of an input with their ranks: a function of row keys, weights and seed alone. */
final class SampleInput {
  /** Column of the rank, lowest first. */
  static final String RANK = "_lemma_rank";

  /** Column of the row key, which orders equal ranks. */
  static final String KEY = "_lemma_key";

  /** Column of the inclusion probability in the output. */
  static final String PROBABILITY = "inclusion_probability";

  private static final String PURPOSE = "sample";
  private static final String COPY = "_lemma_copy";
  private static final String WEIGHT = "_lemma_weight";

  private final SampleConfig config;
  private final Dataset<Row> rows;
  private final List<String> kept;
  private final RankFunction function;

  private SampleInput(SampleConfig config, Dataset<Row> rows, List<String> kept) {
    this.config = config;
    this.rows = rows;
    this.kept = kept;
    this.function =
        new RankFunction(
            RowSampling.of(PURPOSE, config.run().seed()).salt(),
            config.columns().weight().isPresent());
  }

  /**
   * Opens the input; reads its schema alone.
   *
   * @throws LemmaException with {@link ExitCode#INPUT} and every column that is not there or not of
   *     its type
   */
  static SampleInput open(SampleConfig config, Run run) {
    Dataset<Row> rows = Source.read(run.spark(), config.input());
    ColumnNames names = new ColumnNames(rows);
    List<Problem> problems = new ArrayList<>();
    SampleColumns columns = config.columns();
    columns.id().ifPresent(name -> names.find("columns.id", name, problems));
    columns
        .weight()
        .flatMap(name -> names.find("columns.weight", name, problems))
        .filter(field -> !(field.dataType() instanceof NumericType))
        .ifPresent(field -> problems.add(wrongType("columns.weight", field, "a number")));
    for (String name : config.strata()) {
      names
          .find("strata", name, problems)
          .filter(field -> !RowOrdering.isOrderable(field.dataType()))
          .ifPresent(field -> problems.add(wrongType("strata", field, "a type with an order")));
    }
    Set<String> kept = new LinkedHashSet<>();
    columns.id().filter(id -> columns.keep().isPresent()).ifPresent(kept::add);
    for (String name : columns.keep().orElse(Arrays.asList(rows.columns()))) {
      columns.keep().ifPresent(keep -> names.find("columns.keep", name, problems));
      kept.add(name);
    }
    if (config.probabilities() && kept.contains(PROBABILITY)) {
      problems.add(
          Problem.of(
              "probabilities",
              "the input has a column " + PROBABILITY + " already",
              "leave it out of columns.keep"));
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return new SampleInput(config, rows, List.copyOf(kept));
  }

  private static Problem wrongType(String key, StructField field, String expected) {
    return new Problem(
        key + " = " + field.name(),
        "wrong type",
        field.dataType().simpleString(),
        expected,
        "choose another column, or convert it where the input is written");
  }

  Dataset<Row> rows() {
    return rows;
  }

  List<String> kept() {
    return kept;
  }

  /** Tells rows without a weight, and keeps them apart; empty where rows need no weight. */
  Optional<RowScreen> screen() {
    return config
        .columns()
        .weight()
        .map(
            name ->
                RowScreen.of(
                    rows,
                    new Features.NumericColumns(List.of(name), NumberType.DOUBLE),
                    List.of(name),
                    reason(name),
                    config.columns().id()));
  }

  private static Column reason(String name) {
    Column weight = ColumnNames.column(name).cast(DataTypes.DoubleType);
    return coalesce(
        // NaN is above every number.
        when(weight.isNull().or(abs(weight).gt(Double.MAX_VALUE)), lit(BadRow.NO_WEIGHT.reason())),
        when(weight.lt(0), lit(BadRow.NEGATIVE_WEIGHT.reason())));
  }

  /**
   * The rows that can be drawn, with {@link #RANK} and {@link #KEY}. Rows of weight 0 cannot. Where
   * there is no id, equal rows are numbered, at the price of a shuffle.
   */
  Dataset<Row> ranked() {
    Optional<String> weight = config.columns().weight();
    Optional<String> id = config.columns().id();
    Dataset<Row> drawable =
        weight.isPresent()
            ? rows.filter(reason(weight.get()).isNull().and(ColumnNames.column(weight.get()).gt(0)))
            : rows;
    Dataset<Row> keyed =
        drawable
            .withColumn(KEY, RowKeys.column(rows, id, Arrays.asList(rows.columns())))
            .withColumn(
                WEIGHT,
                weight
                    .map(name -> ColumnNames.column(name).cast(DataTypes.DoubleType))
                    .map(value -> coalesce(value, lit(0.0)))
                    .orElse(lit(1.0)));
    Dataset<Row> numbered =
        keyed.withColumn(
            COPY,
            id.isPresent()
                ? lit(0L)
                : row_number()
                    .over(Window.partitionBy(KEY).orderBy(KEY))
                    .minus(1)
                    .cast(DataTypes.LongType));
    return numbered.withColumn(
        RANK,
        PlanCall.of(function, "rank", DataTypes.LongType)
            .neverNull()
            .on(col(KEY), col(COPY), col(WEIGHT)));
  }

  /** Probability that a row of the sample was taken, by the lowest rank left out. */
  Column inclusion(Column threshold) {
    return PlanCall.of(function, "inclusion", DataTypes.DoubleType)
        .neverNull()
        .on(threshold, col(WEIGHT));
  }

  /** The columns of the output. */
  List<Column> output(Column probability) {
    List<Column> columns = new ArrayList<>(kept.stream().map(ColumnNames::column).toList());
    if (config.probabilities()) {
      columns.add(probability.as(PROBABILITY));
    }
    return columns;
  }
}
