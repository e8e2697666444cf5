// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.RankingCurve;
import dev.lemma.math.logistic.ReliabilityTable;
import dev.lemma.math.logistic.ScoreGroups;
import dev.lemma.math.logistic.Threshold;
import dev.lemma.math.logistic.ThresholdTable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The curves that a second pass gave, on the page of a fit. */
final class FitCurves {
  /** Classes of which a ROC curve is drawn. */
  private static final int CURVES = 5;

  private static final int POINTS = 300;

  private final List<String> classes;
  private final HeldOutScores scores;

  FitCurves(List<String> classes, HeldOutScores scores) {
    this.classes = classes;
    this.scores = scores;
  }

  /** Predicted and observed shares. */
  void reliability(Page page) {
    ReliabilityTable table = ReliabilityTable.ofEqualWeight(scores.confidence(), FitTables.PARTS);
    boolean isBinary = classes.size() == 2;
    double reach = ScoreReport.reach(table);
    page.section(
        "Reliability",
        "Rows, each scored by the chosen candidate as it is without its fold, in parts of equal"
            + " weight by their probability of "
            + (isBinary ? "class " + classes.get(1) : "the predicted class")
            + ". Probabilities that can be believed lie on the diagonal. Mean distance from it: "
            + ScoreReport.number(table.calibrationError())
            + ".");
    page.figure(
        LineChart.of(
                "Predicted and observed share",
                Axis.linear("predicted").from(0).to(reach).percent(),
                Axis.linear("observed").from(0).to(reach).percent())
            .dashed("as predicted", new double[] {0, reach}, new double[] {0, reach})
            .points(
                "observed",
                table.parts().stream().mapToDouble(ReliabilityTable.Part::predicted).toArray(),
                table.parts().stream().mapToDouble(ReliabilityTable.Part::observed).toArray()),
        isBinary
            ? "Above the diagonal the class is more frequent than was predicted, below it less."
            : "Above the diagonal the model is too timid, below it too sure.");
  }

  /** ROC curves, and their area. */
  void ranking(Page page, Run run) {
    LineChart roc =
        LineChart.of(
                "ROC on rows left out",
                Axis.linear("share of the other rows taken").from(0).to(1).percent(),
                Axis.linear("share of the class taken").from(0).to(1).percent())
            .dashed("chance", new double[] {0, 1}, new double[] {0, 1});
    int drawn = 0;
    double sum = 0;
    int ranked = 0;
    for (int i = 0; i < scores.rankings().size(); i++) {
      ScoreGroups groups = scores.rankings().get(i);
      double auc = RankingCurve.of(groups).auc();
      if (Double.isNaN(auc)) {
        continue;
      }
      sum += auc;
      ranked++;
      if (drawn < CURVES) {
        drawn++;
        List<Threshold> points = ThresholdTable.of(groups).spread(POINTS);
        roc =
            roc.line(
                classes.get(scores.rankings().size() == 1 ? 1 : i),
                values(points, Threshold::falsePositiveRate),
                values(points, Threshold::recall));
      }
    }
    if (ranked > 0) {
      run.metric("held-out-auc", sum / ranked);
      page.headline(
          Quantity.of(sum / ranked),
          "AUC on rows left out",
          ranked == 1 ? "0.5 is chance" : "mean of each class against the others");
      page.figure(
          roc,
          "The area below the line is the chance that a row of the class stands above one that is"
              + " not.");
    }
  }

  private static double[] values(List<Threshold> points, ToDoubleFunction<Threshold> what) {
    return points.stream().mapToDouble(what).toArray();
  }
}
