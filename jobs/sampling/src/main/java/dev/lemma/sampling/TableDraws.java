// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.lemma.kit.config.Nearest;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of a table that tell which draw a row is.
 *
 * @param rows the table
 * @param chain column of the chain; empty where there is one chain
 * @param iteration column of the iteration
 */
record TableDraws(Dataset<Row> rows, Optional<String> chain, String iteration) {
  private static final String COUNT = "draws";

  /** A wide or a long table. */
  static DrawsSource open(DiagnoseConfig config, SparkSession spark) {
    Dataset<Row> rows = Source.read(spark, config.input());
    DrawsConfig draws = config.draws();
    Optional<String> chain = role(rows, "draws.chain", draws.chain(), "chain", ".chain");
    Optional<String> iteration =
        role(rows, "draws.iteration", draws.iteration(), "iteration", ".iteration");
    if (iteration.isEmpty()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "draws.iteration",
              "nothing tells the order of the draws",
              "columns " + shown(rows),
              "a column iteration or .iteration",
              "name the column that numbers the draws of a chain"));
    }
    TableDraws table = new TableDraws(rows, chain, iteration.get());
    chain.ifPresent(name -> table.requireNumber("draws.chain", name));
    table.requireNumber("draws.iteration", iteration.get());
    return isLong(rows, draws) ? LongDraws.of(table, draws) : WideDraws.of(table, draws);
  }

  private static boolean isLong(Dataset<Row> rows, DrawsConfig draws) {
    List<String> columns = Arrays.asList(rows.columns());
    return switch (draws.layout()) {
      case LONG -> true;
      case WIDE -> false;
      case AUTO -> columns.contains(draws.parameter()) && columns.contains(draws.value());
    };
  }

  private static Optional<String> role(
      Dataset<Row> rows, String key, Optional<String> named, String... usual) {
    List<String> columns = Arrays.asList(rows.columns());
    if (named.isPresent()) {
      requireColumn(rows, key, named.get());
      return named;
    }
    return Arrays.stream(usual).filter(columns::contains).findFirst();
  }

  /** Refuses a name that the table does not have. */
  static void requireColumn(Dataset<Row> rows, String key, String name) {
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.contains(name)) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              key + " = " + name,
              "no such column",
              "columns " + shown(rows),
              "",
              Nearest.of(name, columns)
                  .map(near -> "did you mean " + near + "?")
                  .orElse("correct the name")));
    }
  }

  private static String shown(Dataset<Row> rows) {
    List<String> columns = Arrays.asList(rows.columns());
    int most = 8;
    return columns.size() <= most
        ? String.join(", ", columns)
        : String.join(", ", columns.subList(0, most)) + " and " + (columns.size() - most) + " more";
  }

  /** Refuses a column of another type. */
  void requireNumber(String key, String name) {
    StructField field = rows.schema().apply(name);
    if (!(field.dataType() instanceof NumericType)) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              key + " = " + name,
              "this type is no number",
              field.dataType().simpleString(),
              "a number",
              "cast it; for csv set input.options.inferSchema = true"));
    }
  }

  Column chainColumn() {
    return chain
        .map(name -> ColumnNames.column(name).cast(DataTypes.LongType))
        .orElse(lit(1L))
        .as("chain");
  }

  Column iterationColumn() {
    return ColumnNames.column(iteration).cast(DataTypes.LongType).as("iteration");
  }

  /** Rows of each chain among some rows of the table. */
  ChainCounts counts(Dataset<Row> some) {
    SortedMap<Long, Long> counts = new TreeMap<>();
    Dataset<Row> counted = some.select(chainColumn()).groupBy("chain").agg(count(lit(1)).as(COUNT));
    for (Row row : counted.collectAsList()) {
      if (row.isNullAt(0)) {
        throw nameless();
      }
      counts.put(row.getLong(0), row.getLong(1));
    }
    return ChainCounts.of(counts);
  }

  /** Rows without a chain or iteration belong nowhere. */
  static LemmaException nameless() {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            "input",
            "a row has no chain or no iteration",
            "remove such rows, or name the right columns by draws.chain and draws.iteration"));
  }
}
