// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * What a scoring run reads, opened and checked against its model.
 *
 * @param rows the input
 * @param features where its features are
 * @param columns which column plays which part
 * @param label how labels are read, where there are any
 * @param model the model as it is stored
 * @param specification the model with the priors of this run
 * @param kept columns that travel to the output
 */
record ScoreInput(
    Dataset<Row> rows,
    Features features,
    ColumnsConfig columns,
    Optional<LabelKind> label,
    AnalyticLogisticRegressionModel model,
    ModelSpecification specification,
    List<String> kept) {
  static final String PREDICTION = "prediction";
  static final String PROBABILITY = "probability";

  /** Names that a message lists. */
  private static final int LISTED = 8;

  /** Names that a column has where nobody named its features. */
  private static final String UNNAMED = "(?s).*\\[\\d+\\]";

  static ScoreInput open(ScoreConfig config, Run run) {
    Dataset<Row> rows = Source.read(run.spark(), config.input());
    AnalyticLogisticRegressionModel model = load(config.model());
    ModelSpecification specification = withPriors(model.specification(), config.priors());
    ColumnsConfig columns = columns(config.columns(), rows, model);
    checkWidth(config, columns, rows, specification);
    Features features =
        FeatureColumns.resolve(
            rows, columns, OptionalLong.of(specification.features().size()), Optional.empty());
    checkNames(config, FeatureNames.of(features, rows.schema()), specification.features());
    return new ScoreInput(
        rows,
        features,
        columns,
        columns.label().map(name -> kind(rows, name)),
        model,
        specification,
        kept(config, rows));
  }

  /** Where an output has its model. */
  static String modelPath(String output) {
    return new Path(new Path(output, "_lemma"), "model").toString();
  }

  private static AnalyticLogisticRegressionModel load(String model) {
    try {
      return AnalyticLogisticRegressionModel.load(modelPath(model));
    } catch (LemmaException e) {
      throw e;
    } catch (Exception e) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "model",
              "no logistic model can be read there",
              model,
              "the output.path of an earlier run of logistic-fit",
              "check the path"),
          e);
    }
  }

  private static ModelSpecification withPriors(
      ModelSpecification stored, Map<String, Double> priors) {
    if (priors.isEmpty()) {
      return stored;
    }
    List<Problem> problems = new ArrayList<>();
    double[] shares = new double[stored.classes().size()];
    for (String name : priors.keySet().stream().sorted().toList()) {
      if (!stored.classes().contains(name)) {
        problems.add(
            new Problem(
                "priors." + name,
                "the model has no such class",
                name,
                classes(stored),
                "correct the name"));
      }
    }
    for (int k = 0; k < shares.length; k++) {
      Double share = priors.get(stored.classes().get(k));
      if (share == null) {
        problems.add(
            Problem.of(
                "priors", "class " + stored.classes().get(k) + " has no share", "give it one"));
      } else {
        shares[k] = share;
      }
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    try {
      return stored.withPriors(shares);
    } catch (IllegalArgumentException e) {
      throw new LemmaException(
          ExitCode.INPUT, Problem.of("priors", e.getMessage(), "correct the shares"), e);
    }
  }

  static String classes(ModelSpecification specification) {
    return "one of " + listed(specification.classes());
  }

  /**
   * Where no features are named: the columns that the model names, else the one it was fitted on.
   */
  private static ColumnsConfig columns(
      ColumnsConfig given, Dataset<Row> rows, AnalyticLogisticRegressionModel model) {
    if (!given.features().isEmpty()) {
      return given;
    }
    List<String> names = model.specification().features();
    List<String> there = Arrays.asList(rows.columns());
    Optional<String> known =
        model.isSet(model.featuresCol())
            ? Optional.of(model.getFeaturesCol())
            : FeatureNames.column(names);
    String column = known.filter(there::contains).orElseGet(model::getFeaturesCol);
    boolean isColumn = there.contains(column);
    boolean isAny = names.stream().anyMatch(there::contains);
    if (!isColumn && !isAny) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "columns.features",
              "the input has none of the columns that the model was fitted on",
              listed(there),
              listed(known.map(List::of).orElse(names)),
              "check input, or name the columns of the features"));
    }
    // Where some of them are there, those that are not are to be told, and no column of all.
    boolean numeric = there.containsAll(names) || !isColumn;
    return new ColumnsConfig(
        given.id(), numeric ? names : List.of(column), given.label(), given.weight(), given.keep());
  }

  private static String listed(List<String> names) {
    int shown = Math.min(names.size(), LISTED);
    return String.join(", ", names.subList(0, shown))
        + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
  }

  private static void checkWidth(
      ScoreConfig config,
      ColumnsConfig columns,
      Dataset<Row> rows,
      ModelSpecification specification) {
    int found = columns.features().size();
    if (found == 1) {
      Optional<StructField> field =
          new ColumnNames(rows)
              .find("columns.features", columns.features().get(0), new ArrayList<>());
      found = field.map(ScoreInput::width).orElse(-1);
    }
    int d = specification.features().size();
    if (found >= 0 && found != d) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "columns.features",
              "the model at " + config.model() + " is for another number of features",
              Integer.toString(found),
              Integer.toString(d),
              "name the columns that the model was fitted on"
                  + (config.input().format().equalsIgnoreCase("libsvm")
                      ? ", and set numFeatures in input.options"
                      : "")));
    }
  }

  /** The number of features that a column is known to have, or -1. */
  private static int width(StructField field) {
    if (field.dataType() instanceof NumericType) {
      return 1;
    }
    return field.dataType() instanceof VectorUDT
        ? AttributeGroup.fromStructField(field).size()
        : -1;
  }

  /** Features that have names on both sides must have the same in the same order. */
  private static void checkNames(ScoreConfig config, List<String> found, List<String> expected) {
    if (found.equals(expected)
        || found.stream().allMatch(name -> name.matches(UNNAMED))
        || expected.stream().allMatch(name -> name.matches(UNNAMED))) {
      return;
    }
    int at = 0;
    while (found.get(at).equals(expected.get(at))) {
      at++;
    }
    throw new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "columns.features",
            "the model at " + config.model() + " is for other features, or for another order",
            "feature " + at + " is " + found.get(at),
            expected.get(at),
            "name the features in the order of the model, or leave columns.features out"));
  }

  private static LabelKind kind(Dataset<Row> rows, String name) {
    StructField field =
        new ColumnNames(rows).find("columns.label", name, new ArrayList<>()).orElseThrow();
    return LabelKind.of(field.dataType())
        .orElseThrow(
            () ->
                new LemmaException(
                    ExitCode.INPUT,
                    new Problem(
                        "columns.label = " + name,
                        "this type makes no class",
                        field.dataType().simpleString(),
                        "a number, text, boolean, date or timestamp",
                        "choose another column, or leave columns.label out")));
  }

  private static List<String> kept(ScoreConfig config, Dataset<Row> rows) {
    Set<String> kept = new LinkedHashSet<>();
    config.columns().id().ifPresent(kept::add);
    config
        .columns()
        .keep()
        .ifPresentOrElse(
            kept::addAll,
            () -> {
              config.columns().label().ifPresent(kept::add);
              config.columns().weight().ifPresent(kept::add);
            });
    kept.addAll(config.output().partitionBy());
    List<Problem> problems = new ArrayList<>();
    ColumnNames names = new ColumnNames(rows);
    config
        .output()
        .partitionBy()
        .forEach(name -> names.find("output.partition-by", name, problems));
    for (String name : List.of(PREDICTION, PROBABILITY)) {
      if (kept.stream().anyMatch(name::equalsIgnoreCase)) {
        problems.add(
            Problem.of(
                "columns.keep",
                "column " + name + " is the name of a result",
                "rename the column of the input, or do not keep it"));
      }
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return List.copyOf(kept);
  }

  RowReader reader() {
    return RowReader.of(features, Precision.DOUBLE);
  }

  /** Names and keeps the rows that cannot be scored: by their features or their weight. */
  RowScreen screen() {
    Column reason = RowScreen.reason(features, reader());
    List<String> used = new ArrayList<>(features.columns());
    if (columns.weight().isPresent()) {
      used.add(columns.weight().get());
      Column weight = weight();
      reason =
          coalesce(
              reason,
              when(
                  weight.isNull().or(abs(weight).gt(Double.MAX_VALUE)),
                  lit(BadRow.NO_WEIGHT.reason())),
              when(weight.lt(0), lit(BadRow.NEGATIVE_WEIGHT.reason())));
    }
    return RowScreen.of(rows, features, used, reason, columns.id());
  }

  /** The weight of a row, 1 without a column. */
  Column weight() {
    return columns
        .weight()
        .map(name -> ColumnNames.column(name).cast(DataTypes.DoubleType))
        .orElseGet(() -> lit(1.0));
  }

  /** What is predicted, with the thresholds that are stored with the model. */
  Decision decision() {
    return new Decision(
        specification.classes(),
        model.isSet(model.thresholds()) ? Optional.of(model.getThresholds()) : Optional.empty());
  }
}
