// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.Histogram;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a diagnosis says of itself, in the manifest and on its page. */
final class DiagnoseReport {
  /** Up to so many parameters are all shown, of more the worst. */
  private static final int SHOWN = 200;

  /** Of so many parameters the numbers are drawn. */
  private static final int DRAWN = 100_000;

  private static final int BINS = 40;

  /** A hundredth of R-hat weighs as much as a bulk size at the limit. */
  private static final double R_HAT_STEP = 0.01;

  private final DiagnoseConfig config;
  private final DrawsSource source;
  private final ChainCounts counts;
  private final Verdict verdict;
  private final Dataset<Row> summaries;

  DiagnoseReport(
      DiagnoseConfig config,
      DrawsSource source,
      ChainCounts counts,
      Verdict verdict,
      Dataset<Row> summaries) {
    this.config = config;
    this.source = source;
    this.counts = counts;
    this.verdict = verdict;
    this.summaries = summaries;
  }

  void describe(Run run) {
    metrics(run);
    if (!config.run().report()) {
      return;
    }
    Page page = run.report();
    headlines(page);
    summary(page);
    convergence(page);
    verdict.weights().ifPresent(weights -> weights(page, weights));
    if (config.plots() > 0) {
      List<String> worst =
          worst().limit(config.plots()).select(SummaryTable.PARAMETER).collectAsList().stream()
              .map(row -> row.getString(0))
              .toList();
      if (!worst.isEmpty()) {
        Panel.of(source, worst, counts).forEach(panel -> panel(page, panel));
      }
    }
    page.section("Run", "");
  }

  private void metrics(Run run) {
    run.metric("parameters", verdict.parameters());
    run.metric("chains", counts.size());
    run.metric("draws", counts.draws());
    verdict.worstRHat().ifPresent(worst -> run.metric("worst-r-hat", worst.value()));
    verdict.worstRHat().ifPresent(worst -> run.metric("worst-r-hat-parameter", worst.parameter()));
    verdict.leastEss().ifPresent(least -> run.metric("least-ess-bulk", least.value()));
    verdict
        .leastEss()
        .ifPresent(least -> run.metric("least-ess-bulk-parameter", least.parameter()));
    run.metric("above-r-hat", verdict.overRHat());
    run.metric("below-ess-bulk", verdict.underEss());
    run.metric("constant", verdict.constant());
    run.metric("undetermined", verdict.undetermined());
    run.metric("good-enough", verdict.complaints().isEmpty());
    verdict
        .weights()
        .ifPresent(
            weights -> {
              run.metric("k-hat", weights.shape());
              run.metric("weights-effective-size", weights.effectiveSize());
            });
  }

  private void headlines(Page page) {
    boolean good = verdict.complaints().isEmpty();
    page.headline(
        good ? "yes" : "no",
        "good enough",
        good ? "no limit is broken" : String.join("; ", verdict.complaints()));
    verdict
        .worstRHat()
        .ifPresent(
            worst ->
                page.headline(
                    Quantity.of(worst.value()),
                    "largest " + verdict.rHatName(),
                    worst.parameter() + "; limit " + Verdict.text(config.limits().rHat())));
    verdict
        .leastEss()
        .ifPresent(
            least ->
                page.headline(
                    Quantity.of(least.value()),
                    "least bulk effective size",
                    least.parameter() + "; limit " + Verdict.text(config.limits().essBulk())));
    page.headline(
        Quantity.count(verdict.parameters()),
        verdict.parameters() == 1 ? "parameter" : "parameters",
        Quantity.count(counts.size())
            + (counts.size() == 1 ? " chain of " : " chains of ")
            + Quantity.count(counts.draws())
            + " draws");
  }

  private void summary(Page page) {
    boolean all = verdict.parameters() <= SHOWN;
    page.section(
        "Summary",
        "5 %, 50 % and 95 % are quantiles, MCSE is the Monte Carlo standard error of the mean, ESS"
            + " the number of independent draws that would do as well. In bold: beyond a limit."
            + (all
                ? ""
                : " The worst "
                    + SHOWN
                    + " of "
                    + Quantity.count(verdict.parameters())
                    + " parameters; all are in the output."));
    Table table =
        Table.of(
            "parameter",
            verdict.rHatName(),
            "ESS bulk",
            "ESS tail",
            "mean",
            "MCSE",
            "sd",
            "MAD",
            "5 %",
            "50 %",
            "95 %");
    Dataset<Row> shown = all ? summaries : worst().limit(SHOWN);
    for (Row row : shown.select(columns()).collectAsList()) {
      Object[] cells = new Object[row.length()];
      cells[0] = row.getString(0);
      for (int j = 1; j < cells.length; j++) {
        cells[j] = row.isNullAt(j) ? "" : row.getDouble(j);
      }
      table = beyond(row) ? table.chosen(cells) : table.row(cells);
    }
    page.table(table);
  }

  private Column[] columns() {
    return Stream.of(
            SummaryTable.PARAMETER,
            verdict.rHatColumn(),
            SummaryTable.ESS_BULK,
            SummaryTable.ESS_TAIL,
            SummaryTable.MEAN,
            SummaryTable.MCSE_MEAN,
            SummaryTable.SD,
            SummaryTable.MAD,
            SummaryTable.Q5,
            SummaryTable.MEDIAN,
            SummaryTable.Q95)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private boolean beyond(Row row) {
    int rHat = row.fieldIndex(verdict.rHatColumn());
    int size = row.fieldIndex(SummaryTable.ESS_BULK);
    return !row.isNullAt(rHat) && row.getDouble(rHat) > config.limits().rHat()
        || !row.isNullAt(size) && row.getDouble(size) < config.limits().essBulk();
  }

  /** The parameters with diagnostics, the worst first. */
  private Dataset<Row> worst() {
    Column rHat = col(verdict.rHatColumn());
    Column badness =
        greatest(
            rHat.minus(1).divide(R_HAT_STEP),
            lit(config.limits().essBulk()).divide(col(SummaryTable.ESS_BULK)));
    return summaries
        .where(rHat.isNotNull().and(col(SummaryTable.ESS_BULK).isNotNull()))
        .orderBy(badness.desc(), col(SummaryTable.PARAMETER));
  }

  private void convergence(Page page) {
    List<Row> rows =
        summaries
            .select(verdict.rHatColumn(), SummaryTable.ESS_BULK, SummaryTable.ESS_TAIL)
            .na()
            .drop()
            .limit(DRAWN)
            .collectAsList();
    if (rows.isEmpty()) {
      return;
    }
    page.section(
        "Convergence",
        "How many parameters have which "
            + verdict.rHatName()
            + ", and how many independent draws the centre (bulk) and the ends (tail) of each"
            + " distribution rest on.");
    double[] rHats = values(rows, 0);
    page.figure(
        Histogram.of(verdict.rHatName(), rHats, Math.min(BINS, Math.max(5, rows.size() / 2)))
            .x(Axis.linear(verdict.rHatName()))
            .counting("parameters")
            .marker(config.limits().rHat(), "limit"),
        "Chains that agree have values near 1; above the limit of "
            + Verdict.text(config.limits().rHat())
            + " they do not agree.");
    page.figure(
        LineChart.of(
                "Effective sizes", Axis.log("bulk effective size"), Axis.log("tail effective size"))
            .points("parameter", values(rows, 1), values(rows, 2))
            .vertical(config.limits().essBulk(), "limit"),
        "Each dot is a parameter; left of the limit its mean is not known well enough.");
  }

  private static double[] values(List<Row> rows, int column) {
    return rows.stream().mapToDouble(row -> row.getDouble(column)).toArray();
  }

  private void weights(Page page, Weights weights) {
    page.section(
        "Importance weights",
        "k-hat is the shape of the tail of the weights: above "
            + Verdict.text(config.limits().kHat())
            + " weighted means are not to be trusted, however many draws there are.");
    page.fact(
        "k-hat",
        Double.isNaN(weights.shape()) ? "unknown" : Verdict.text(weights.shape()),
        "of the " + weights.tailLength() + " largest weights");
    page.fact(
        "effective size",
        Verdict.text(weights.effectiveSize()),
        "of the smoothed weights, of " + Quantity.count(counts.total()) + " draws");
  }

  private void panel(Page page, Panel panel) {
    page.section(
        panel.parameter(),
        counts.size() > panel.chains().length
            ? panel.chains().length + " of " + counts.size() + " chains are drawn."
            : "");
    LineChart trace =
        LineChart.of("Trace of " + panel.parameter(), Axis.linear("draw"), Axis.linear("value"));
    for (int k = 0; k < panel.chains().length; k++) {
      trace = trace.line(name(panel, k), panel.iterations(), panel.traces()[k]);
    }
    page.figure(trace, "Chains that mix look alike and wander over the same range.");
    if (panel.ranks().length == 0) {
      return;
    }
    page.figure(ranks(panel), "Flat lines near the dashed one: all chains sample the same law.");
    page.figure(correlations(panel), "The sooner a line reaches 0, the more its draws are worth.");
  }

  private LineChart ranks(Panel panel) {
    LineChart chart =
        LineChart.of(
            "Ranks of " + panel.parameter(),
            Axis.linear("rank among all draws").from(0).to(1).percent(),
            Axis.linear("draws").from(0));
    double[] middles =
        IntStream.range(0, Panel.RANK_BINS).mapToDouble(b -> (b + 0.5) / Panel.RANK_BINS).toArray();
    for (int k = 0; k < panel.chains().length; k++) {
      double[] found = Arrays.stream(panel.ranks()[k]).asDoubleStream().toArray();
      chart = chart.line(name(panel, k), middles, found);
    }
    double even = (double) counts.draws() / Panel.RANK_BINS;
    return chart.dashed("even", new double[] {0, 1}, new double[] {even, even});
  }

  private static LineChart correlations(Panel panel) {
    LineChart chart =
        LineChart.of(
            "Autocorrelation of " + panel.parameter(),
            Axis.linear("lag").from(0),
            Axis.linear("autocorrelation").to(1));
    List<double[]> drawn = new ArrayList<>();
    for (int k = 0; k < panel.chains().length; k++) {
      double[] values = panel.correlations()[k];
      double[] lags = IntStream.range(0, values.length).asDoubleStream().toArray();
      drawn.add(values);
      chart = chart.line(name(panel, k), lags, values);
    }
    return drawn.isEmpty() ? chart : chart.horizontal(0, "");
  }

  private static String name(Panel panel, int chain) {
    return "chain " + panel.chains()[chain];
  }
}
