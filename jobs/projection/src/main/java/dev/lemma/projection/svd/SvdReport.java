// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.SvdFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a decomposition says of itself, in the manifest and on its page. */
final class SvdReport {
  private static final int ROWS = 50;

  private final SvdConfig config;
  private final SvdInput input;
  private final SvdFigures figures;
  private final double leftDeparture;

  /**
   * @param leftDeparture largest entry of |U'U - I| as written, NaN where U was not written
   */
  SvdReport(SvdConfig config, SvdInput input, SvdFigures figures, double leftDeparture) {
    this.config = config;
    this.input = input;
    this.figures = figures;
    this.leftDeparture = leftDeparture;
  }

  void tell(Run run) {
    metrics(run);
    Page page = run.report();
    double[] shares = figures.explainedShares();
    double explained = 0;
    for (double share : shares) {
      explained += share;
    }
    page.headline(
        Quantity.count(figures.rank()),
        figures.rank() == 1 ? "singular value" : "singular values",
        why());
    page.headline(
        Quantity.percent(Math.min(1, explained)),
        config.center() ? "of the variance explained" : "of the sum of squares explained",
        "relative Frobenius error " + Quantity.of(figures.relativeError()).text());
    page.headline(
        Quantity.count(figures.reads()),
        figures.reads() == 1 ? "read of the rows" : "reads of the rows",
        Quantity.count(figures.rows()).text()
            + " rows, "
            + Quantity.count(figures.dimension()).text()
            + " columns; one more for the scores");
    page.section("Singular spectrum", prose());
    page.figure(spectrum(), caption());
    page.table(table(shares));
    page.section("Explained", "");
    page.figure(explained(shares), "The share that the first triplets leave, by their number.");
    page.section("Quality", "");
    for (Fact fact : quality()) {
      page.fact(fact.name(), fact.value(), fact.why());
    }
    page.section("Run", "");
    for (Fact fact : SvdFacts.of(config, input)) {
      page.fact(fact.name(), fact.value(), fact.why());
    }
    page.fact("seed", Long.toString(config.run().seed()), "");
  }

  private String why() {
    return switch (figures.stop()) {
      case RANK_REACHED -> "as asked for";
      case RANK_EXHAUSTED -> "the matrix has no more above the noise";
      case TOLERANCE_REACHED -> "the fewest within the tolerance";
      case RANK_CAP -> "max-rank ended the search";
    };
  }

  private void metrics(Run run) {
    run.metric("rank", figures.rank());
    run.metric("dimension", figures.dimension());
    run.metric("matrix-rows", figures.rows());
    run.metric("reads", figures.reads());
    run.metric("columns-of-w", figures.columns());
    run.metric("stop", SvdFacts.key(figures.stop()));
    run.metric("singular-values", list(figures.values()));
    run.metric("upper-ends", list(figures.upper()));
    run.metric("certain-upper-ends", list(figures.certain()));
    run.metric("residuals", list(figures.residuals()));
    run.metric("explained-shares", list(figures.explainedShares()));
    run.metric("squared-norm", figures.squaredNorm());
    run.metric("relative-error", figures.relativeError());
    run.metric("next-value", figures.next());
    if (!Double.isNaN(figures.missed())) {
      run.metric("missed-spectral-bound", figures.missed());
    }
    Map<String, Object> orthonormality = new LinkedHashMap<>();
    orthonormality.put("right", figures.orthonormality());
    if (!Double.isNaN(leftDeparture)) {
      orthonormality.put("left", leftDeparture);
    }
    run.metric("orthonormality", orthonormality);
    run.metric("cut-off", figures.cut());
  }

  private static List<Object> list(double[] values) {
    List<Object> list = new ArrayList<>();
    for (double value : values) {
      if (!Double.isNaN(value)) {
        list.add(value);
      }
    }
    return list;
  }

  private boolean hasErrors() {
    return figures.rank() > 0 && !Double.isNaN(figures.upper()[0]);
  }

  private String prose() {
    return "Each value is the best within the space that was found, so it is at most the true one."
        + (hasErrors()
            ? " Unless a larger one was missed, the true value lies between it and the upper end of its"
                + " error bar. The certain end makes no such condition: it allows for all that the"
                + " last read can have missed."
            : " One read tells no residual: raise reads to have error bars.");
  }

  private LineChart spectrum() {
    int k = figures.rank();
    double[] index = new double[k];
    for (int r = 0; r < k; r++) {
      index[r] = r + 1;
    }
    LineChart chart =
        LineChart.of("Singular values", Axis.linear("number"), Axis.log("singular value"));
    chart =
        k > 1
            ? chart.line("value", index, figures.values())
            : chart.points("value", index, figures.values());
    if (hasErrors()) {
      chart =
          chart
              .points("certain end", index, figures.certain())
              .points("upper end of the error bar", index, figures.upper());
    }
    return chart;
  }

  private String caption() {
    return hasErrors()
        ? "Line: values, each a bound from below; dots: the ends of their error bars. Where dots lie"
            + " on the line, the value is settled."
        : "Each value is a bound from below.";
  }

  private LineChart explained(double[] shares) {
    double[] index = new double[shares.length + 1];
    double[] left = new double[shares.length + 1];
    left[0] = 1;
    for (int r = 0; r < shares.length; r++) {
      index[r + 1] = r + 1;
      left[r + 1] = Math.max(0, left[r] - shares[r]);
    }
    return LineChart.of(
            config.center() ? "Variance left" : "Sum of squares left",
            Axis.linear("triplets"),
            Axis.linear("share left"))
        .line("share left", index, left);
  }

  private Table table(double[] shares) {
    Table table =
        Table.of("number", "singular value", "upper end", "certain end", "residual", "explained");
    for (int r = 0; r < Math.min(ROWS, figures.rank()); r++) {
      table =
          table.row(
              r + 1,
              Quantity.of(figures.values()[r]),
              optional(figures.upper()[r]),
              optional(figures.certain()[r]),
              optional(figures.residuals()[r]),
              Quantity.percent(shares[r]));
    }
    return table;
  }

  private static Quantity optional(double value) {
    return Double.isNaN(value) ? new Quantity(value, "not measured") : Quantity.of(value);
  }

  private List<Fact> quality() {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "relative Frobenius error",
            Quantity.of(figures.relativeError()).text(),
            "the norm of what is left over that of the matrix; below 1e-7 it is rounding noise"));
    facts.add(
        new Fact(
            "next singular value",
            Quantity.of(figures.next()).text(),
            "found beyond those returned: about the spectral error"));
    if (!Double.isNaN(figures.missed())) {
      facts.add(
          new Fact(
              "bound of what was missed",
              Quantity.of(figures.missed()).text(),
              "in the spectral norm, by the norm of A or by 8 test vectors, whichever tells less; the"
                  + " second fails with probability 1e-4"));
    }
    facts.add(
        new Fact(
            "orthonormality of V",
            Quantity.of(figures.orthonormality()).text(),
            "largest entry of |V'V - I|"));
    if (!Double.isNaN(leftDeparture)) {
      facts.add(
          new Fact(
              "orthonormality of U",
              Quantity.of(leftDeparture).text(),
              "largest entry of |U'U - I|, of U as written"));
    }
    if (figures.cut() > 0) {
      facts.add(
          new Fact(
              "cut off",
              Integer.toString(figures.cut()),
              "values too small for the mode; mode = two-sided finds what is there"));
    }
    return facts;
  }
}
