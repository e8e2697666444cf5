// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.ConfusionMatrix;
import dev.lemma.math.logistic.Evaluation;
import dev.lemma.math.logistic.RankingCurve;
import dev.lemma.math.logistic.ReliabilityTable;
import dev.lemma.math.logistic.Threshold;
import dev.lemma.math.logistic.ThresholdTable;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a scoring run says of itself, in the manifest and on its page. */
final class ScoreReport {
  /** Points of a curve. */
  private static final int POINTS = 300;

  /** Most classes whose confusion is shown as a square. */
  private static final int SQUARE = 12;

  /** Most classes of which a ROC curve is drawn. */
  private static final int CURVES = 5;

  private final ScoreConfig config;
  private final ScoreInput input;
  private final RowCounts counts;

  ScoreReport(ScoreConfig config, ScoreInput input, RowCounts counts) {
    this.config = config;
    this.input = input;
    this.counts = counts;
  }

  /** A number as messages show it. */
  static String number(double value) {
    return Quantity.of(value).text();
  }

  void describe(Run run) {
    List<String> classes = input.specification().classes();
    run.metric("classes", classes);
    run.metric("features", input.specification().features().size());
    Page page = run.report();
    page.headline(
        Quantity.count(counts.accepted()),
        "rows scored",
        counts.rejected() == 0 ? "none left out" : counts.rejected() + " left out");
    page.headline(
        Quantity.count(classes.size()),
        "classes",
        input.specification().features().size() + " features");
  }

  void evaluation(Run run, ScoreState state, Evaluation evaluation, ScoreTables tables) {
    run.metric("evaluated-rows", evaluation.rows());
    run.metric("unlabelled-rows", state.unlabelled());
    run.metric("unseen-label-rows", state.unseen());
    run.metric("impossible-rows", evaluation.impossible());
    tables.values().forEach(run::metric);
    if (!tables.hasRows()) {
      run.warn("no row has a label that the model knows: there is nothing to evaluate");
      return;
    }
    Page page = run.report();
    page.headline(
        Quantity.of(evaluation.logLoss()),
        "mean log-loss",
        "shares of the classes alone: " + number(evaluation.baselineLogLoss()));
    if (!evaluation.rankings().isEmpty()) {
      page.headline(
          Quantity.of(evaluation.macroAuc()),
          "AUC",
          classes() == 2 ? "0.5 is chance" : "mean of each class against the others");
    }
    page.headline(Quantity.percent(evaluation.accuracy()), "predicted rightly", "");
    reliability(page, tables);
    curves(page, evaluation, tables);
    confusion(page, evaluation.confusion());
    page.section("Metrics", "Of the rows with a label that the model knows, by their weight.");
    Table metrics = Table.of("metric", "value");
    for (Map.Entry<String, Double> each : tables.values().entrySet()) {
      metrics = metrics.row(each.getKey(), each.getValue());
    }
    page.table(metrics);
  }

  /** How far the axes of a reliability curve go: of a rare class not to 1. */
  static double reach(ReliabilityTable table) {
    double most = 0;
    for (ReliabilityTable.Part part : table.parts()) {
      most = Math.max(most, Math.max(part.predicted(), part.observed()));
    }
    double reach = 1;
    for (double shorter : new double[] {0.5, 0.2, 0.1, 0.05, 0.02, 0.01}) {
      reach = most <= shorter ? shorter : reach;
    }
    return reach;
  }

  private int classes() {
    return input.specification().classes().size();
  }

  private String name(int k) {
    return input.specification().classes().get(k);
  }

  private void reliability(Page page, ScoreTables tables) {
    ReliabilityTable table = tables.reliability();
    double[] predicted =
        table.parts().stream().mapToDouble(ReliabilityTable.Part::predicted).toArray();
    double[] observed =
        table.parts().stream().mapToDouble(ReliabilityTable.Part::observed).toArray();
    double reach = reach(table);
    String of = classes() == 2 ? "class " + name(1) : "the predicted class";
    page.section(
        "Reliability",
        "Rows in parts of equal weight, by the probability of "
            + of
            + ". Probabilities that can be believed lie on the diagonal. Mean distance from it: "
            + number(table.calibrationError())
            + ".");
    page.figure(
        LineChart.of(
                "Predicted and observed share of " + of,
                Axis.linear("predicted").from(0).to(reach).percent(),
                Axis.linear("observed").from(0).to(reach).percent())
            .dashed("as predicted", new double[] {0, reach}, new double[] {0, reach})
            .points("observed", predicted, observed),
        "Above the diagonal the class is more frequent than was predicted, below it less.");
  }

  private void curves(Page page, Evaluation evaluation, ScoreTables tables) {
    if (evaluation.rankings().isEmpty()) {
      return;
    }
    LineChart roc =
        LineChart.of(
                "ROC",
                Axis.linear("share of the other rows taken").from(0).to(1).percent(),
                Axis.linear("share of the class taken").from(0).to(1).percent())
            .dashed("chance", new double[] {0, 1}, new double[] {0, 1});
    LineChart recall =
        LineChart.of(
            "Precision and recall",
            Axis.linear("recall").from(0).to(1).percent(),
            Axis.linear("precision").from(0).to(1).percent());
    List<RankingCurve> all = evaluation.curves();
    int drawn = 0;
    for (int i = 0; i < all.size() && drawn < CURVES; i++) {
      if (Double.isNaN(all.get(i).auc())) {
        continue;
      }
      drawn++;
      List<Threshold> points = tables.thresholds(i).spread(POINTS);
      String name = name(all.size() == 1 ? 1 : i);
      roc =
          roc.line(
              name,
              values(points, Threshold::falsePositiveRate),
              values(points, Threshold::recall));
      List<Threshold> taking = points.stream().filter(at -> at.recall() > 0).toList();
      recall =
          recall.line(
              name, values(taking, Threshold::recall), values(taking, Threshold::precision));
    }
    page.section(
        "Ranking",
        classes() == 2
            ? "What becomes of both classes as the threshold falls."
            : "Each class against all others"
                + (drawn < all.size() ? ", the first " + drawn + " with rows" : "")
                + ".");
    if (drawn > 0) {
      page.figure(
          roc,
          "The area below the line is the chance that a row of the class stands above one that is not.");
      page.figure(recall, "Precision is the share of the class among what is taken.");
    }
    if (classes() == 2) {
      thresholds(page, tables.thresholds(0));
    }
  }

  private void thresholds(Page page, ThresholdTable table) {
    Table shown =
        Table.of("threshold", "probability", "precision", "recall", "F1", "accuracy", "mean cost");
    shown = row(shown, "one half", table.at(0));
    shown = row(shown, "best F1", table.bestF1());
    shown = row(shown, "best Youden", table.bestYouden());
    shown =
        row(
            shown,
            "cheapest",
            table.cheapest(config.falsePositiveCost(), config.falseNegativeCost()));
    page.section(
        "Thresholds",
        "Rows at or above the threshold are taken for class "
            + name(1)
            + ". A row of the other class that is taken costs "
            + number(config.falsePositiveCost())
            + ", one of this class that is not "
            + number(config.falseNegativeCost())
            + ".");
    page.table(shown);
  }

  private Table row(Table table, String name, Threshold at) {
    return table.row(
        name,
        at.probability(),
        at.precision(),
        at.recall(),
        at.f1(),
        at.accuracy(),
        at.cost(config.falsePositiveCost(), config.falseNegativeCost()));
  }

  private void confusion(Page page, ConfusionMatrix confusion) {
    int k = classes();
    page.section("Confusion", "Weight of the rows by what they are and what was predicted.");
    if (k > SQUARE || !confusion.hasCells()) {
      Table table = Table.of("class", "weight", "predicted", "precision", "recall", "F1");
      for (int c = 0; c < k; c++) {
        table =
            table.row(
                name(c),
                confusion.actual()[c],
                confusion.predicted()[c],
                confusion.precision(c),
                confusion.recall(c),
                confusion.f1(c));
      }
      page.table(table);
      return;
    }
    String[] columns = new String[k + 2];
    columns[0] = "actual";
    columns[k + 1] = "recall";
    for (int c = 0; c < k; c++) {
      columns[c + 1] = "as " + name(c);
    }
    Table table = Table.of(columns);
    for (int i = 0; i < k; i++) {
      Object[] cells = new Object[k + 2];
      cells[0] = name(i);
      for (int j = 0; j < k; j++) {
        cells[j + 1] = confusion.cell(i, j);
      }
      cells[k + 1] = confusion.recall(i);
      table = table.row(cells);
    }
    page.table(table);
  }

  void run(Run run) {
    StatsFacts.show(run, ScoreFacts.of(config, input));
  }

  private static double[] values(List<Threshold> points, ToDoubleFunction<Threshold> what) {
    return points.stream().mapToDouble(what).toArray();
  }
}
