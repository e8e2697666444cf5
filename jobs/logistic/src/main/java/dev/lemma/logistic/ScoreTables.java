// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.ConfusionMatrix;
import dev.lemma.math.logistic.Evaluation;
import dev.lemma.math.logistic.RankingCurve;
import dev.lemma.math.logistic.ReliabilityTable;
import dev.lemma.math.logistic.Threshold;
import dev.lemma.math.logistic.ThresholdTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tables of an evaluation, as they lie at {@code _lemma/tables}. */
final class ScoreTables {
  /** Rows of the table of thresholds, spread along the ROC curve. */
  private static final int THRESHOLDS = 1000;

  private final ScoreConfig config;
  private final List<String> classes;
  private final Evaluation evaluation;

  ScoreTables(ScoreConfig config, ScoreInput input, Evaluation evaluation) {
    this.config = config;
    this.classes = input.specification().classes();
    this.evaluation = evaluation;
  }

  /** Whether there are rows to say anything of. */
  boolean hasRows() {
    return evaluation.weight() > 0;
  }

  /** All thresholds of a model of two classes; of class k against the others else. */
  ThresholdTable thresholds(int k) {
    return ThresholdTable.of(evaluation.rankings().get(k));
  }

  /** Predicted and observed shares, in parts of equal weight. */
  ReliabilityTable reliability() {
    return ReliabilityTable.ofEqualWeight(evaluation.confidence(), config.reliabilityBins());
  }

  void write(Run run) {
    write(run, "metrics", metrics());
    write(run, "classes", byClass());
    if (evaluation.confusion().hasCells()) {
      write(run, "confusion", confusion());
    }
    if (hasRows()) {
      write(run, "reliability", reliabilityRows());
      if (classes.size() == 2) {
        write(run, "thresholds", thresholdRows());
      }
    }
  }

  private static void write(Run run, String name, Columns columns) {
    run.publication().writeTable(name, SlicedTable.of(run.spark(), columns.rows, columns.schema));
  }

  /** The metrics by name, without those that are not known. */
  Map<String, Double> values() {
    Map<String, Double> values = new java.util.LinkedHashMap<>();
    values.put("log-loss", evaluation.logLoss());
    values.put("log-loss-error", evaluation.logLossError());
    values.put("baseline-log-loss", evaluation.baselineLogLoss());
    values.put("brier", evaluation.brier());
    values.put("accuracy", evaluation.accuracy());
    values.put("macro-recall", evaluation.confusion().macroRecall());
    values.put("macro-f1", evaluation.confusion().macroF1());
    if (!evaluation.rankings().isEmpty()) {
      values.put("auc", evaluation.macroAuc());
      values.put("average-precision", evaluation.macroAveragePrecision());
    }
    if (classes.size() == 2 && hasRows()) {
      values.put("ks", RankingCurve.of(evaluation.rankings().get(0)).ks());
    }
    if (hasRows()) {
      values.put("calibration-error", reliability().calibrationError());
    }
    values.values().removeIf(value -> value.isNaN());
    return values;
  }

  private Columns metrics() {
    Columns columns = new Columns().text("metric").number("value");
    values().forEach((name, value) -> columns.rows.add(RowFactory.create(name, value)));
    return columns;
  }

  private Columns byClass() {
    Columns columns =
        new Columns()
            .text("class")
            .number("weight")
            .number("predicted")
            .number("precision")
            .number("recall")
            .number("f1")
            .number("auc")
            .number("average_precision");
    ConfusionMatrix confusion = evaluation.confusion();
    List<RankingCurve> curves = evaluation.curves();
    for (int k = 0; k < classes.size(); k++) {
      // The one ranking of two classes is that of the second.
      int at = classes.size() == 2 ? k - 1 : k;
      boolean ranked = at >= 0 && at < curves.size();
      columns.rows.add(
          RowFactory.create(
              classes.get(k),
              confusion.actual()[k],
              confusion.predicted()[k],
              confusion.precision(k),
              confusion.recall(k),
              confusion.f1(k),
              ranked ? orNull(curves.get(at).auc()) : null,
              ranked ? orNull(curves.get(at).averagePrecision()) : null));
    }
    return columns;
  }

  private Columns confusion() {
    Columns columns = new Columns().text("actual", "predicted").number("weight");
    ConfusionMatrix confusion = evaluation.confusion();
    for (int i = 0; i < classes.size(); i++) {
      for (int j = 0; j < classes.size(); j++) {
        columns.rows.add(RowFactory.create(classes.get(i), classes.get(j), confusion.cell(i, j)));
      }
    }
    return columns;
  }

  private Columns reliabilityRows() {
    Columns columns =
        new Columns()
            .number("predicted")
            .number("observed")
            .number("weight")
            .number("effective_rows");
    for (ReliabilityTable.Part part : reliability().parts()) {
      columns.rows.add(
          RowFactory.create(
              part.predicted(), part.observed(), part.weight(), part.effectiveRows()));
    }
    return columns;
  }

  private Columns thresholdRows() {
    Columns columns =
        new Columns()
            .number("probability")
            .number("logit")
            .number("true_positives")
            .number("false_positives")
            .number("false_negatives")
            .number("true_negatives")
            .number("precision")
            .number("recall")
            .number("false_positive_rate")
            .number("accuracy")
            .number("f1")
            .number("cost");
    for (Threshold at : thresholds(0).spread(THRESHOLDS)) {
      columns.rows.add(
          RowFactory.create(
              at.probability(),
              at.logit(),
              at.truePositives(),
              at.falsePositives(),
              at.falseNegatives(),
              at.trueNegatives(),
              at.precision(),
              at.recall(),
              at.falsePositiveRate(),
              at.accuracy(),
              at.f1(),
              at.cost(config.falsePositiveCost(), config.falseNegativeCost())));
    }
    return columns;
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** A small table in the making. */
  private static final class Columns {
    private StructType schema = new StructType();
    private final List<Row> rows = new ArrayList<>();

    Columns text(String... names) {
      for (String name : names) {
        add(name, DataTypes.StringType);
      }
      return this;
    }

    Columns number(String name) {
      return add(name, DataTypes.DoubleType);
    }

    private Columns add(String name, DataType type) {
      schema = schema.add(name, type, true);
      return this;
    }
  }
}
