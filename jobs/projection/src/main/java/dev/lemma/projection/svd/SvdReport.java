// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.SvdFactors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a decomposition says of itself, in the manifest and on its page. */
final class SvdReport {
  private static final int ROWS = 50;

  private final SvdConfig config;
  private final SvdInput input;
  private final SvdFactors factors;
  private final double leftDeparture;

  /**
   * @param leftDeparture largest entry of |U'U - I| as written, NaN where U was not written
   */
  SvdReport(SvdConfig config, SvdInput input, SvdFactors factors, double leftDeparture) {
    this.config = config;
    this.input = input;
    this.factors = factors;
    this.leftDeparture = leftDeparture;
  }

  void tell(Run run) {
    metrics(run);
    Page page = run.report();
    double[] shares = factors.explainedShares();
    double explained = 0;
    for (double share : shares) {
      explained += share;
    }
    page.headline(
        Quantity.count(factors.rank()),
        factors.rank() == 1 ? "singular value" : "singular values",
        why());
    page.headline(
        Quantity.percent(Math.min(1, explained)),
        config.center() ? "of the variance explained" : "of the sum of squares explained",
        "relative Frobenius error " + Quantity.of(factors.relativeError()).text());
    page.headline(
        Quantity.count(factors.reads()),
        factors.reads() == 1 ? "read of the rows" : "reads of the rows",
        Quantity.count(factors.rows()).text()
            + " rows, "
            + Quantity.count(factors.dimension()).text()
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
    return switch (factors.stop()) {
      case RANK_REACHED -> "as asked for";
      case RANK_EXHAUSTED -> "the matrix has no more above the noise";
      case TOLERANCE_REACHED -> "the fewest within the tolerance";
      case RANK_CAP -> "max-rank ended the search";
    };
  }

  private void metrics(Run run) {
    run.metric("rank", factors.rank());
    run.metric("dimension", factors.dimension());
    run.metric("matrix-rows", factors.rows());
    run.metric("reads", factors.reads());
    run.metric("columns-of-w", factors.columns());
    run.metric("stop", SvdFacts.key(factors.stop()));
    run.metric("singular-values", list(factors.values()));
    run.metric("upper-ends", list(factors.upper()));
    run.metric("residuals", list(factors.residuals()));
    run.metric("explained-shares", list(factors.explainedShares()));
    run.metric("squared-norm", factors.squaredNorm());
    run.metric("relative-error", factors.relativeError());
    run.metric("next-value", factors.next());
    if (!Double.isNaN(factors.spectralBound())) {
      run.metric("missed-spectral-bound", factors.spectralBound());
    }
    Map<String, Object> orthonormality = new LinkedHashMap<>();
    orthonormality.put("right", factors.orthonormality());
    if (!Double.isNaN(leftDeparture)) {
      orthonormality.put("left", leftDeparture);
    }
    run.metric("orthonormality", orthonormality);
    run.metric("cut-off", factors.cut());
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
    return factors.rank() > 0 && !Double.isNaN(factors.upper()[0]);
  }

  private String prose() {
    return "Each value is the best within the space that was found, so it is at most the true one."
        + (hasErrors()
            ? " Unless a larger one was missed, the true value lies between it and the upper end of its"
                + " error bar: Ritz value and residual of the last read."
            : " One read tells no residual: raise reads to have error bars.");
  }

  private LineChart spectrum() {
    int k = factors.rank();
    double[] index = new double[k];
    for (int r = 0; r < k; r++) {
      index[r] = r + 1;
    }
    LineChart chart =
        LineChart.of("Singular values", Axis.linear("number"), Axis.log("singular value"));
    chart =
        k > 1
            ? chart.line("value", index, factors.values())
            : chart.points("value", index, factors.values());
    if (hasErrors()) {
      chart = chart.points("upper end of the error bar", index, factors.upper());
    }
    return chart;
  }

  private String caption() {
    return hasErrors()
        ? "Line: values, each a bound from below; dots: the upper ends of their error bars. Where a"
            + " dot lies on the line, the value is settled."
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
    Table table = Table.of("number", "singular value", "upper end", "residual", "explained");
    for (int r = 0; r < Math.min(ROWS, factors.rank()); r++) {
      table =
          table.row(
              r + 1,
              Quantity.of(factors.values()[r]),
              optional(factors.upper()[r]),
              optional(factors.residuals()[r]),
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
            Quantity.of(factors.relativeError()).text(),
            "the norm of what is left over that of the matrix; below 1e-7 it is rounding noise"));
    facts.add(
        new Fact(
            "next singular value",
            Quantity.of(factors.next()).text(),
            "found beyond those returned: about the spectral error"));
    if (!Double.isNaN(factors.spectralBound())) {
      facts.add(
          new Fact(
              "bound of what was missed",
              Quantity.of(factors.spectralBound()).text(),
              "in the spectral norm, by 4 test vectors: fails with probability 1e-4"));
    }
    facts.add(
        new Fact(
            "orthonormality of V",
            Quantity.of(factors.orthonormality()).text(),
            "largest entry of |V'V - I|"));
    if (!Double.isNaN(leftDeparture)) {
      facts.add(
          new Fact(
              "orthonormality of U",
              Quantity.of(leftDeparture).text(),
              "largest entry of |U'U - I|, of U as written"));
    }
    if (factors.cut() > 0) {
      facts.add(
          new Fact(
              "cut off",
              Integer.toString(factors.cut()),
              "values too small for the mode; mode = two-sided finds what is there"));
    }
    return facts;
  }
}
