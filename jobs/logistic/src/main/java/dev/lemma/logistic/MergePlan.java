// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Nearest;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which statistics are added, taken away and compared with, and how much each still weighs. Known
 * from the values of the key columns alone.
 *
 * @param table the statistics to choose from
 * @param base what the window is added to
 * @param keys the key columns of the result
 * @param added the roles of the window's statistics
 * @param subtracted the roles of those taken away
 * @param reference the roles of those compared with
 */
record MergePlan(
    StatisticsTable table,
    Optional<StatisticsTable> base,
    StructType keys,
    Map<Row, Role> added,
    Map<Row, Role> subtracted,
    Map<Row, Role> reference) {
  private static final double SECONDS_A_DAY = 86_400;
  private static final int SHOWN = 3;

  /**
   * Part of one value of the key columns in a sum. A plain value, shipped to the tasks.
   *
   * @param keys the result's key columns of it, null where it has none
   * @param index place in the order of adding
   * @param factor on its weights
   */
  record Role(Row keys, long index, double factor) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Opens the tables and settles the roles; reads the small columns alone.
   *
   * @throws LemmaException with {@link ExitCode#INPUT} when a table cannot be read or added to the
   *     other, a condition does not hold together, or nothing is chosen
   */
  static MergePlan of(MergeConfig config, SparkSession spark) {
    StatisticsTable table = open(spark, "statistics", config.statistics());
    Optional<StatisticsTable> base = config.base().map(path -> open(spark, "base", path));
    StructType keys = kept(table, config.keys());
    base.ifPresent(earlier -> requireFitting(table, earlier, keys));
    List<Row> values = table.keyValues();
    List<Row> window = chosen(spark, table, values, "window", config.window());
    List<Row> away =
        config.subtract().isEmpty()
            ? List.of()
            : chosen(spark, table, values, "subtract", config.subtract());
    if (base.isEmpty()) {
      requireAdded(window, away);
    }
    List<Row> against =
        config.reference().isEmpty()
            ? List.of()
            : chosen(spark, table, values, "reference", config.reference());
    Ages ages = Ages.of(config, table, window);
    return new MergePlan(
        table,
        base,
        keys,
        roles(window, table, keys, ages),
        roles(away, table, keys, ages),
        roles(against, table, keys, Ages.NONE));
  }

  /** Opens the table at a path. */
  static StatisticsTable open(SparkSession spark, String key, String path) {
    InputConfig input =
        new InputConfig("parquet", Optional.of(path), Optional.empty(), Optional.empty(), Map.of());
    String where = key + " = " + path;
    try {
      return StatisticsTable.open(Source.read(spark, input), where);
    } catch (LemmaException e) {
      // What is told of an input names its key, which is another one here.
      List<Problem> problems =
          e.problems().stream()
              .map(
                  problem ->
                      problem.where().equals(Source.name(input))
                          ? Problem.of(
                              where,
                              problem.what(),
                              "give the output.path of logistic-stats or logistic-merge")
                          : problem)
              .toList();
      LemmaException told = new LemmaException(e.code(), problems);
      told.initCause(e);
      throw told;
    }
  }

  private static void requireFitting(StatisticsTable table, StatisticsTable base, StructType keys) {
    List<Problem> problems = table.header().differences(base.header(), base.where());
    Set<String> found = Set.of(base.keys().fieldNames());
    if (problems.isEmpty() && !found.equals(Set.of(keys.fieldNames()))) {
      problems =
          List.of(
              new Problem(
                  base.where(),
                  "the key columns are not those of the result",
                  names(base.keys()),
                  names(keys),
                  "set keys to those of base"));
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
  }

  private static String names(StructType keys) {
    return keys.isEmpty() ? "none" : String.join(", ", keys.fieldNames());
  }

  /** Without an earlier result nothing was added but the window. */
  private static void requireAdded(List<Row> window, List<Row> away) {
    Set<Row> added = new HashSet<>(window);
    List<Row> never = away.stream().filter(value -> !added.contains(value)).toList();
    if (!never.isEmpty()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "subtract",
              "what was never added cannot be taken away",
              shown(never),
              "values of the keys that window adds",
              "set base to the earlier result that holds them, or correct it"));
    }
  }

  private static StructType kept(StatisticsTable table, List<String> wanted) {
    List<String> there = Arrays.asList(table.keys().fieldNames());
    List<StructField> fields = new ArrayList<>();
    for (String name : wanted) {
      if (!there.contains(name)) {
        throw noKey("keys", name, there);
      }
      fields.add(table.keys().apply(name));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static LemmaException noKey(String where, String name, List<String> there) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            where,
            "no such key column in the statistics",
            name,
            there.isEmpty() ? "none: they have no key columns" : String.join(", ", there),
            Nearest.of(name, there).map(near -> "did you mean " + near + "?").orElse("")));
  }

  private static List<Row> chosen(
      SparkSession spark,
      StatisticsTable table,
      List<Row> values,
      String key,
      Optional<String> condition) {
    if (condition.isEmpty()) {
      return values;
    }
    List<Row> chosen;
    try {
      chosen =
          spark
              .createDataFrame(
                  table.keys().isEmpty() ? List.of(RowFactory.create()) : values, table.keys())
              .filter(functions.expr(condition.get()))
              .collectAsList();
    } catch (Exception e) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              key,
              "this is no condition on the key columns",
              condition.get(),
              table.keys().isEmpty()
                  ? "nothing: the statistics have no key columns"
                  : "SQL over " + table.keys().simpleString(),
              "correct it, or leave " + key + " out"),
          e);
    }
    if (chosen.isEmpty()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              key,
              "no statistics meet the condition",
              condition.get(),
              "some of " + values.size() + " values of the keys: " + shown(values),
              "correct it"));
    }
    Set<Row> those = new HashSet<>(chosen);
    return table.keys().isEmpty() ? values : values.stream().filter(those::contains).toList();
  }

  private static String shown(List<Row> values) {
    if (values.size() <= SHOWN) {
      return String.join("; ", values.stream().map(row -> row.mkString(", ")).toList());
    }
    return values.get(0).mkString(", ") + " to " + values.get(values.size() - 1).mkString(", ");
  }

  private static Map<Row, Role> roles(
      List<Row> values, StatisticsTable table, StructType keys, Ages ages) {
    Map<Row, Role> roles = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Row value = values.get(i);
      Row kept = null;
      if (!keys.isEmpty()) {
        Object[] cells = new Object[keys.size()];
        Arrays.setAll(cells, c -> value.get(table.keys().fieldIndex(keys.apply(c).name())));
        kept = RowFactory.create(cells);
      }
      // Index 0 is that of the base.
      roles.put(value, new Role(kept, i + 1L, ages.factor(value)));
    }
    return roles;
  }

  /** How much statistics of an age still weigh. */
  private record Ages(int column, double newest, double decay) {
    static final Ages NONE = new Ages(-1, 0, 1);

    static Ages of(MergeConfig config, StatisticsTable table, List<Row> window) {
      if (config.decayBy().isEmpty()) {
        return NONE;
      }
      String name = config.decayBy().get();
      List<String> there = Arrays.asList(table.keys().fieldNames());
      if (!there.contains(name)) {
        throw noKey("decay-by", name, there);
      }
      int column = table.keys().fieldIndex(name);
      double newest =
          window.stream()
              .map(row -> time(row.get(column)))
              .map(time -> time.orElseThrow(() -> noAge(name, table.keys().apply(column))))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      return new Ages(column, newest, config.decay());
    }

    double factor(Row value) {
      if (column < 0) {
        return 1;
      }
      double age = newest - time(value.get(column)).orElse(newest);
      // What is subtracted may be newer than the window's newest only by mistake; it has no age.
      return age <= 0 ? 1 : Math.pow(decay, age);
    }

    private static Optional<Double> time(Object value) {
      if (value instanceof Number number) {
        return Optional.of(number.doubleValue());
      }
      if (value instanceof java.sql.Date date) {
        return Optional.of((double) date.toLocalDate().toEpochDay());
      }
      if (value instanceof LocalDate date) {
        return Optional.of((double) date.toEpochDay());
      }
      if (value instanceof java.sql.Timestamp timestamp) {
        return Optional.of(timestamp.getTime() / 1000.0 / SECONDS_A_DAY);
      }
      if (value instanceof Instant instant) {
        return Optional.of(instant.getEpochSecond() / SECONDS_A_DAY);
      }
      if (value instanceof LocalDateTime time) {
        return Optional.of(time.toEpochSecond(ZoneOffset.UTC) / SECONDS_A_DAY);
      }
      return Optional.empty();
    }

    private static LemmaException noAge(String name, StructField field) {
      return new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "decay-by = " + name,
              "this column tells no age",
              field.dataType().simpleString() + ", or null",
              "a date, timestamp or number in every row",
              "choose another key column"));
    }
  }
}
