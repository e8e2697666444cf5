// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * A table with a row for each draw of each parameter.
 *
 * @param table the table
 * @param parameter column of the name
 * @param value column of the draw
 * @param names the parameters by name, those with numbers in them in the order of the numbers
 * @param logWeight the parameter that holds logarithms of weights
 */
record LongDraws(
    TableDraws table,
    String parameter,
    String value,
    List<String> names,
    Optional<String> logWeight)
    implements DrawsSource {
  private static final String NAME = "parameter";

  static LongDraws of(TableDraws table, DrawsConfig draws) {
    TableDraws.requireColumn(table.rows(), "draws.parameter", draws.parameter());
    TableDraws.requireColumn(table.rows(), "draws.value", draws.value());
    table.requireNumber("draws.value", draws.value());
    List<String> names =
        table.rows().select(nameColumn(draws.parameter())).distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    if (names.contains(null)) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "draws.parameter = " + draws.parameter(),
              "a row names no parameter",
              "remove such rows, or name the right column"));
    }
    List<String> sorted = names.stream().sorted(NaturalOrder.BY_NUMBERS).toList();
    Optional<String> weight =
        draws.logWeight().or(() -> sorted.stream().filter(LOG_WEIGHT::equals).findFirst());
    weight.ifPresent(name -> ParameterSelection.require("draws.log-weight", name, sorted));
    return new LongDraws(table, draws.parameter(), draws.value(), sorted, weight);
  }

  private static Column nameColumn(String column) {
    return ColumnNames.column(column).cast(DataTypes.StringType).as(NAME);
  }

  @Override
  public String description() {
    return "long: "
        + names.size()
        + " parameters named by column "
        + parameter
        + ", chain "
        + table.chain().map(name -> "by column " + name).orElse("one")
        + ", iteration by column "
        + table.iteration();
  }

  /** Those of one parameter; that all have as many shows when they are put in order. */
  @Override
  public ChainCounts counts() {
    Dataset<Row> named = table.rows().withColumn(NAME, nameColumn(parameter));
    Row first = named.agg(min(NAME)).head();
    return first.isNullAt(0)
        ? table.counts(table.rows())
        : table.counts(table.rows().where(nameColumn(parameter).equalTo(first.getString(0))));
  }

  @Override
  public JavaPairRDD<Integer, DrawBlock> blocks(ColumnGroups groups) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int j = 0; j < groups.names().size(); j++) {
      numbers.put(groups.names().get(j), j);
    }
    Dataset<Row> rows =
        table
            .rows()
            .select(
                table.chainColumn(),
                table.iterationColumn(),
                nameColumn(parameter),
                ColumnNames.column(value).cast(DataTypes.DoubleType).as("value"));
    if (groups.names().size() < names.size()) {
      rows = rows.where(col(NAME).isin(groups.names().toArray()));
    }
    return rows.queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsToPair(stored -> new NamedBlocks(stored, numbers, groups));
  }
}
